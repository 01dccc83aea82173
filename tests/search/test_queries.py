"""Searching what is really published: ranking, filters, facets, facts, and what is forgotten again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from cms.core import clock
from cms.publications import commands as publications
from cms.publications import recomposition
from cms.publications.models import Current, Item
from cms.publications.queries import newest_seq
from cms.publications.vocabulary import EntryKind, Lane, Status
from search.commands import differences
from search.facets import Filters
from search.queries import Results, explain, find, suggest
from search.wording import Wordbook

from .publishing import article, department, enter, fact, fee, publish, service

pytestmark = pytest.mark.usefixtures("the_log")


def titles(results: Results) -> list[str]:
    return [result.title for result in results.results]


def public(question: str, **more: Any) -> Results:
    return find(question, audience="public", **more)


def staff(question: str, **more: Any) -> Results:
    return find(question, audience="staff", **more)


def test_a_result_has_what_an_agent_reads_out() -> None:
    today = clock.today()
    office = publish(
        "place",
        "Town hall",
        facts=[
            fact(
                "hours",
                "",
                days=[{"weekday": today.isoweekday(), "opens": "09:00", "closes": "17:00"}],
                note="",
            ),
            fact("phone", "Desk", number="01632 960 100"),
        ],
    )
    channel = {"kind": "desk", "can_do": "transaction", "label": "At the desk", "address": "",
               "place": {"item": str(office.pk)}, "contact_point": None}  # fmt: skip
    permit = service(
        "Resident parking permit",
        "Parking near your home.",
        body={"channels": [channel]},
        handling_class="A",
        facts=[
            fee("Yearly", "27.50"),
            fee("Old price", "20.00", valid_to="2020-01-01"),
            fact("document", "Proof of address", note=""),
            fact("legal_basis", "Act", url=""),
        ],
    )
    answer = article("What does a permit cost?", "Look at the fee.", about=permit)

    result = staff("parking permit").results[0]
    assert (result.id, result.type, result.url) == (
        str(permit.pk),
        "service",
        f"/services/service-{permit.pk.hex}/",
    )
    assert (result.audience, result.pinned, result.department, result.handling_class, result.service) == (
        "public", False, "parks", "A", None,
    )  # fmt: skip
    assert "<mark>Parking</mark> near your home." in result.snippet
    lines = [
        {"kind": "fee", "text": "Yearly: £27.50"},
        {"kind": "phone", "text": "Desk: 01632 960 100"},
        {"kind": "hours", "text": "Open today: 9:00 to 17:00"},
        {"kind": "document", "text": "Proof of address"},
    ]
    assert result.facts == lines
    own = staff("what does it cost").results[0]
    assert (own.id, own.service, own.audience, own.url) == (str(answer.pk), str(permit.pk), "staff", None)
    assert own.facts == lines
    assert public("permit").results[0].facts == lines


def test_a_closure_says_so_today() -> None:
    today = clock.today()
    closed = fact("closure", "Staff day", valid_from=today.isoformat(), valid_to=today.isoformat())
    week = [{"weekday": day, "opens": "09:00", "closes": "17:00"} for day in range(1, 8)]
    publish("place", "Library", facts=[fact("hours", "", days=week, note=""), closed])
    assert public("library").results[0].facts == [{"kind": "hours", "text": "Closed today (Staff day)"}]


def test_all_words_first_then_some_of_them_to_the_end_of_one_page() -> None:
    both = service("Parking permit")
    for number in range(30):
        service(f"Parking place {number}")
    results = public("parking permit")
    assert results.results[0].id == str(both.pk)
    assert (results.total, results.total_is_exact, len(results.results)) == (10, False, 10)
    assert public("parking permit", offset=10).results == []
    assert public("parking unheard").total == 10
    assert public("unheard unseen").total == 0
    assert public("parking").total == 31


def test_pages_of_a_result_follow_each_other() -> None:
    for number in range(12):
        service(f"Permit {number:02}")
    service("Parking")
    everything = titles(public("permit", limit=50))
    pages = [title for start in (0, 5, 10) for title in titles(public("permit", limit=5, offset=start))]
    assert len(everything) == 12
    assert pages == everything


def test_filters_and_facets_agree() -> None:
    moving, streets = publish("life_event", "Moving house"), publish("topic", "Streets")
    event = [{"item": str(moving.pk)}]
    service("Permit one", handling_class="A", life_events=event, topics=[{"item": str(streets.pk)}])
    phone = {"kind": "phone", "label": "Call", "place": None, "contact_point": None}
    service("Permit two", body={"channels": [phone]}, handling_class="B", code="housing")
    service("Permit three", handling_class="A", code="housing", life_events=event)
    publish("place", "Permit office")

    results = public("permit")
    assert results.total == 4
    told = {
        name: [(choice["value"], choice["label"], choice["count"]) for choice in choices]
        for name, choices in results.facets.items()
    }
    assert told == {
        "department": [("housing", "Housing", 2), ("parks", "Parks", 2)],
        "type": [("service", "Service", 3), ("place", "Place", 1)],
        "topic": [(str(streets.pk), "Streets", 1)],
        "life_event": [(str(moving.pk), "Moving house", 2)],
        "audience": [("public", "public", 4)],
        "channel": [("phone", "by phone", 1)],
        "handling_class": [
            ("A", "A: anyone answers", 2),
            ("B", "B: anyone informs and explains the next step", 1),
        ],
        "language": [("en", "English", 4)],
    }
    assert all(choice["is_exact"] for choices in results.facets.values() for choice in choices)
    for name, choices in results.facets.items():
        for choice in choices:
            value = UUID(choice["value"]) if name in ("topic", "life_event") else choice["value"]
            assert public("permit", filters=Filters(**{name: value})).total == choice["count"]
    both = Filters(department="housing", handling_class="A")
    assert titles(public("permit", filters=both)) == ["Permit three"]
    assert titles(public("permit three", filters=Filters(handling_class="B"))) == ["Permit two"]
    assert public("permit", filters=Filters(type="nothing")).total == 0
    assert public("permit", typing=True).facets == {}


def test_an_article_stands_where_its_service_stands() -> None:
    streets, waste = publish("topic", "Streets"), publish("topic", "Waste")
    moving = publish("life_event", "Moving house")
    events = [{"item": str(moving.pk)}]
    permit = service("Permit", topics=[{"item": str(waste.pk)}], parent=str(streets.pk), life_events=events)
    article("Permit question", about=permit, topics=[{"item": str(waste.pk)}])
    article("Permit for no service")

    def told(facet: str) -> dict[str, int]:
        return {choice["label"]: choice["count"] for choice in staff("permit").facets[facet]}

    def kept(**filters: UUID) -> list[str]:
        return sorted(titles(staff("permit", filters=Filters(**filters))))

    both = ["Permit", "Permit question"]
    assert (told("topic"), told("life_event")) == ({"Streets": 2, "Waste": 2}, {"Moving house": 2})
    assert kept(topic=streets.pk) == kept(topic=waste.pk) == kept(life_event=moving.pk) == both
    assert kept(topic=streets.pk, life_event=moving.pk) == both
    assert titles(public("permit", filters=Filters(topic=streets.pk))) == ["Permit"]

    service("Permit", item=permit, topics=[{"item": str(streets.pk)}])
    assert (told("topic"), told("life_event")) == ({"Streets": 2, "Waste": 1}, {})
    assert (kept(topic=streets.pk), kept(topic=waste.pk)) == (both, ["Permit question"])
    enter(permit, EntryKind.WITHDRAWN, reason="Over.")
    assert (told("topic"), kept(topic=streets.pk)) == ({"Waste": 1}, [])
    assert not differences()


def test_staff_find_articles_and_notices_the_public_does_not() -> None:
    permit = service("Parking permit")
    article("Can I park on Sundays?", "Yes, parking is free.", short_answer="Free on Sundays")
    notice = {"text": "Parking machines are broken", "target": {"item": str(permit.pk)}, "signed": "Rosa"}
    publish("staff_notice", "Machines broken", body=notice)
    assert sorted(titles(staff("parking"))) == ["Can I park on Sundays?", "Machines broken", "Parking permit"]
    assert titles(public("parking")) == ["Parking permit"]
    assert public("sundays").total == public("machines broken").total == 0
    assert suggest("mach", audience="staff") == ["Machines broken"]
    assert suggest("mach", audience="public") == []


def test_what_is_withdrawn_is_forgotten_and_can_come_back() -> None:
    permit = service("Parking permit")
    enter(permit, EntryKind.WITHDRAWN, reason="Over.")
    assert public("parking").total == staff("parking").total == 0
    service("Parking permit again", item=permit)
    assert titles(public("parking")) == titles(staff("parking")) == ["Parking permit again"]


def test_a_transfer_and_a_move_are_followed() -> None:
    permit = service("Parking permit")
    department("housing")
    enter(permit, EntryKind.TRANSFERRED, department="housing")
    enter(permit, EntryKind.MOVED, slug="new-place", parent=None)
    results = public("parking", filters=Filters(department="housing"))
    assert [result.url for result in results.results] == ["/services/new-place/"]
    assert public("parking", filters=Filters(department="parks")).total == 0


def test_a_fact_that_is_over_is_not_found_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    service(
        "Parking permit",
        facts=[
            fee("Winterprice", "10.00", valid_to=clock.today().isoformat()),
            fee("Summerprice", "12.00", valid_from=tomorrow.isoformat()),
        ],
    )
    assert public("winterprice").total == 1
    assert public("parking").results[0].facts[0]["text"].startswith("Winterprice: £10")
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=1))
    monkeypatch.setattr(clock, "today", lambda moment=None: _day(moment or clock.now()))
    assert publications.run_due()["took_effect"] == 1
    assert public("winterprice").total == 0
    assert public("summerprice").results[0].facts[0]["text"].startswith("Summerprice: £12")


def _day(moment: Any) -> date:
    return clock.timezone.localtime(moment, clock.timezone.get_default_timezone()).date()


def test_hits_are_checked_against_what_is_published_before_they_are_shown() -> None:
    permit = service("Parking permit")
    service("Parking fines")
    Current.objects.filter(pk=permit.pk).update(status=Status.WITHDRAWN)
    results = public("parking")
    assert (titles(results), results.total) == (["Parking fines"], 1)
    assert suggest("parking", audience="public") == ["Parking fines"]


def test_an_item_that_turned_out_to_be_for_staff_is_not_shown_though_it_is_indexed() -> None:
    permit = service("Parking permit")
    Current.objects.filter(pk=permit.pk).update(audience="staff")
    assert public("parking").results == []


def test_a_text_that_is_redacted_is_forgotten() -> None:
    permit = service("Parking permit", "A name that had to go: Quistgaard")
    sha = Current.objects.get(pk=permit.pk).document_id
    permit_to_empty = publications.issue(
        permit,
        sha,
        kind=EntryKind.REDACTED,
        lane=Lane.LEGAL,
        grounds={"type": "test"},
        people=[],
        based_on=newest_seq(permit),
        payload={"ground": "court"},
    )
    publications.spend([permit_to_empty], by=None)
    assert public("quistgaard").total == staff("quistgaard").total == 0


def test_the_log_played_again_gives_the_same_answers() -> None:
    permit = service("Parking permit", "For residents")
    article("May I park here?", about=permit)
    enter(service("Parking gone"), EntryKind.WITHDRAWN, reason="Over.")
    before = staff("parking"), public("parking")
    recomposition.recompose()
    assert (staff("parking"), public("parking")) == before


def test_punctuation_alone_finds_nothing() -> None:
    service("Parking permit")
    for question in ("", " ", '"', "*?!", "\0", "\ud800"):
        results = public(question)
        assert (results.total, results.results, results.facets) == (0, [], {})
        assert suggest(question, audience="public") == []
    assert public("park\0ing permit\ud800").query == "park ing permit?"


def test_items_that_speak_of_what_the_public_may_not_see_say_nothing_of_it() -> None:
    secret = article("Secret", facts=[fee("Secret fee", "1.00")])
    channel = {"label": "x", "place": {"item": str(secret.pk)}}
    service("Parking", body={"channels": [channel], "service": {"item": str(secret.pk)}})
    result = public("parking").results[0]
    assert (result.facts, result.service) == ([], None)
    assert Item.objects.count() == 2


def test_a_mistyped_question_says_what_was_searched_for_instead() -> None:
    permit = service("Parking permit")
    for _number in range(3):
        service("Something else")
    results = public("Parkng permt!")
    assert (results.query, results.corrected) == ("Parkng permt!", "Parking permit!".lower())
    assert results.results[0].id == str(permit.pk)
    assert "<mark>" in public("parkng").results[0].snippet or results.results[0].snippet == ""
    as_typed = public("parkng permt", as_typed=True)
    assert (as_typed.corrected, as_typed.total) == (None, 0)
    assert results.key == "parkng permt"


def test_nothing_found_names_the_nearest_topics() -> None:
    for title in ("Waste and recycling", "Parking", "Housing"):
        publish("service", f"About {title}")
    topics = [publish("topic", title) for title in ("Housing", "Parking", "Waste and recycling")]
    results = public("xylophones recycled wastefully", filters=Filters(type="nothing"))
    assert (results.total, results.results) == (0, [])
    assert next(topic["title"] for topic in results.nearest) == "Waste and recycling"
    assert results.nearest[0]["id"] == str(topics[2].pk)
    assert results.nearest[0]["url"]
    assert public("parking").nearest == []


def test_a_result_says_that_it_changed_today() -> None:
    permit = service("Parking permit")
    assert public("parking").results[0].changed_today
    Current.objects.filter(pk=permit.pk).update(updated_at=clock.now() - timedelta(days=2))
    assert not public("parking").results[0].changed_today


def test_ten_articles_of_one_service_do_not_hide_the_rest() -> None:
    permit = service("Parking permit")
    for number in range(10):
        article(f"Parking permit question {number}", about=permit)
    other = service("Permit for events")
    results = staff("permit", limit=20)
    shown = [result.id for result in results.results]
    assert results.total == 12
    assert str(other.pk) in shown[:4]
    assert len(shown) == 4
    assert sum(result.more_of_service for result in results.results) == 8
    everything = staff("permit", filters=Filters(service=permit.pk), limit=20)
    assert len(everything.results) == 10
    pages = [r.id for start in range(0, 6, 2) for r in staff("permit", limit=2, offset=start).results]
    assert pages == shown


def test_a_result_can_explain_where_it_stands() -> None:
    permit = service("Parking permit", "Parking near your home", handling_class="A")
    other = service("Zoo", "parking and a permit")
    why = explain("parking permit", permit.pk, audience="public")
    assert (why.place, why.pinned, why.corrected) == (1, False, None)
    assert why.score == pytest.approx(sum(part.points for part in why.parts), abs=0.01)
    told = [part.text for part in why.parts]
    assert "“parking” stands in: title, text" in told
    assert "Its title or a code of its is just what was asked for" in told
    assert explain("parking permit", other.pk, audience="public").place == 2
    nowhere = explain("library", permit.pk, audience="public")
    assert (nowhere.place, nowhere.parts, nowhere.score) == (None, [], 0.0)


def test_counts_that_were_capped_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        service(f"Permit {number}", handling_class="A")
    monkeypatch.setattr("search.finding.LOOKED_AT", 3)
    monkeypatch.setattr("search.counting.COUNTED", 4)
    results = public("permit")
    assert not results.total_is_exact
    assert not any(choice["is_exact"] for choice in results.facets["handling_class"])


def test_what_was_stopped_is_not_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    service("Parking permit")
    service("Parking fines")
    book = Wordbook(stop_phrases=frozenset({"fine"}))
    monkeypatch.setattr("search.queries.wordbook", lambda *_args, **_more: book)
    assert suggest("parking", audience="public") == ["Parking permit"]


@pytest.mark.parametrize(
    ("language", "title", "typed"),
    [
        ("de", "Mülltonne", "muelltone"),
        ("nb", "Søppelkasse", "soeppelkase"),
        ("nl", "Rijbewijs", "rybwijs"),
    ],
)
def test_a_word_may_be_mistyped_and_written_in_other_letters(
    settings: Any, language: str, title: str, typed: str
) -> None:
    settings.LANGUAGE_CODE = language
    service(title, language=language)
    assert titles(public(typed)) == [title]
