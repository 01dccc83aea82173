"""Each kind of page, from documents made by hand: what it says, and that no text of it can attack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from cms.core import clock
from cms.publications import queries
from cms.publications.models import Item
from cms.publications.readings import Reading
from cms.publications.vocabulary import Lane
from themes.rendering import KINDS, render

from .publishing import (
    channel,
    closure,
    document,
    fact,
    fee,
    hours,
    new_item,
    preview,
    publish,
    ref,
    step,
    task,
)

pytestmark = pytest.mark.usefixtures("the_log")
ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{ 7|add:7 }}"
TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    with (
        mock.patch.object(clock, "now", return_value=moment),
        mock.patch.object(clock, "today", side_effect=lambda at=None: (at or moment).date()),
    ):
        yield


def page(reading: Reading | None) -> BeautifulSoup:
    assert reading is not None
    return BeautifulSoup(render(reading, RequestFactory().get("/")), "html.parser")


def published(item: Item) -> Reading | None:
    return queries.read(item.pk, "public")


def said(soup: BeautifulSoup, selector: str) -> str:
    found = soup.select_one(selector)
    return " ".join(found.get_text(" ").split()) if found else ""


def attacked(kind: str) -> dict[str, Any]:
    """Every text field of a kind filled with an attack; HTML leaves come sanitised and have none."""
    near = publish("place", ATTACK, slug="near", facts=[hours((2, "09:00", "17:00"), label=ATTACK)])
    line = publish("contact_point", ATTACK, facts=[fact("phone", ATTACK, number=ATTACK)])
    facts = {
        "service": [
            fee(ATTACK, "5", condition=ATTACK),
            fact("deadline", ATTACK, when=ATTACK, condition=ATTACK),
            fact("processing_time", ATTACK, amount=2, unit="days", condition=ATTACK),
            fact("document", ATTACK, note=ATTACK),
            fact("eligibility", ATTACK),
            fact("legal_basis", ATTACK, url="javascript:alert(1)"),
        ],
        "place": [
            hours((2, "09:00", "17:00"), label=ATTACK, note=ATTACK),
            closure(ATTACK, "2026-01-01", "2099-01-01"),
            fact("address", ATTACK, street=ATTACK, postcode=ATTACK, town=ATTACK),
            fact("phone", ATTACK, number=ATTACK),
            fact("email", ATTACK, address=ATTACK),
        ],
    }
    bodies: dict[str, dict[str, Any]] = {
        "service": {
            "steps": [step(ATTACK), step(ATTACK, type="warning"), step(ATTACK)],
            "channels": [
                channel("online", label=ATTACK, address="javascript:alert(1)"),
                channel("phone", label=ATTACK, contact_point=ref(line)),
                channel("desk", label=ATTACK, address=ATTACK, place=ref(near)),
                channel("post", label=ATTACK, address=ATTACK),
                channel("email", label=ATTACK, address=f"{ATTACK}@x"),
            ],
            "tasks": [task(ATTACK, "javascript:alert(1)"), task(ATTACK, "data:text/html,x", state="planned")],
            "related": [ref(near)],
            "downloads": [
                {"title": ATTACK, "sha256": "ab", "name": ATTACK, "content_type": "x/y", "size": 3}
            ],
            "target_groups": [ATTACK],
        },
        "home": {"welcome": ATTACK, "top_tasks": [ref(near)]},
        "place": {"photo": {"sha256": "ab", "name": ATTACK, "content_type": "i/j", "size": 3, "alt": ATTACK}},
        "notice": {"level": "warning"},
        "department": {"code": ATTACK},
    }
    kept = facts["place"] if kind == "contact_point" else facts.get(kind, [])
    return {"summary": ATTACK, "facts": kept, "body": bodies.get(kind, {}), "tags": [ATTACK]}


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_can_attack(kind: str) -> None:
    soup = page(preview(kind, ATTACK, slug="x", **attacked(kind)))
    assert [tag.get("src") for tag in soup.select("script")] == ["/static/themes/suggest.js"]
    assert not soup.select("img[onerror], [onclick], [style], style")
    for tag in soup.select("[href], [src], [action]"):
        address = tag.get("href") or tag.get("src") or tag.get("action")
        assert str(address).startswith(("/", "#", "http://127.0.0.1:8000/", "tel:", "mailto:")), address
        assert not str(address).startswith("//")
    assert "<script>alert(1)</script>" in soup.get_text()
    assert "{{ 7|add:7 }}" in soup.get_text()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_that_a_preview_is_one_and_needs_nothing_published(kind: str) -> None:
    soup = page(preview(kind, "A title", slug="x"))
    assert said(soup, ".preview") == "Preview: not published"
    assert len(soup.select("h1")) == 1
    assert soup.html
    assert soup.html["lang"] == "en"
    assert said(soup, "title") == "A title – Marhaven"


def test_a_text_that_is_shown_beside_the_log_says_where_it_stands() -> None:
    reading = queries.preview(document(new_item("notice"), "A title"), standing="Withdrawn on Sunday")
    assert said(page(reading), ".preview") == "Withdrawn on Sunday"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_published_is_no_preview(kind: str) -> None:
    item = publish(kind, "A title", slug="x")
    assert not page(published(item)).select(".preview")


def test_a_fee_shows_today_and_what_is_to_come() -> None:
    old = fee("Permit", "25.00", valid_from="2026-01-01", valid_to="2026-12-31")
    new = {**fee("Permit", "27.50", valid_from="2027-01-01"), "key": old["key"]}
    item = publish("service", "Parking permit", facts=[old, new])
    with on(TUESDAY_NOON):
        assert said(page(published(item)), ".glance dd ul") == "Permit £25 £27.50 from 1 January 2027"
    with on(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)):
        assert "£25 £27.50" in said(page(published(item)), ".glance dd ul")
    with on(datetime(2027, 1, 1, 0, 0, tzinfo=UTC)):
        assert said(page(published(item)), ".glance dd ul") == "Permit £27.50"


def test_a_fact_that_is_over_is_gone_and_one_that_ends_says_when() -> None:
    over = fee("Old", "1.00", valid_to="2026-11-23")
    ending = fee("Offer", "2.00", valid_to="2026-11-24")
    coming = fee("Later", "3.00", valid_from="2026-11-25")
    item = publish("service", "Permit", facts=[over, ending, coming])
    with on(TUESDAY_NOON):
        costs = said(page(published(item)), ".glance dd ul")
    assert costs == "Offer £2 until 24 November 2026 Later £3 from 25 November 2026"


@pytest.mark.parametrize(("many", "first"), [(6, 6), (7, 4)])
def test_a_glance_stays_one_and_the_rest_is_a_link_away(many: int, first: int) -> None:
    soup = page(preview("service", "S", facts=[fee(f"Zone {n}", "5") for n in range(many)]))
    assert len(soup.select(".glance dd li")) == first
    link = soup.select_one('.glance a[href="#all-costs"]')
    full = soup.select_one("section:has(> #all-costs)")
    if many == first:
        assert link is None and full is None
    else:
        assert link is not None and link.get_text() == "What it costs: all 7"
        assert full is not None and len(full.select("li")) == 7


def test_a_small_screen_has_one_line_for_each_question_and_the_rest_when_it_is_asked_for() -> None:
    hall = publish("place", "Hall", facts=[hours((2, "09:00", "10:00"))])
    hub = publish("place", "Hub", facts=[hours((2, "09:00", "17:00"))])
    body = {"channels": [channel("desk", place=ref(hall)), channel("desk", place=ref(hub))]}
    one = fact("processing_time", "Usually", amount=2, unit="weeks", condition="")
    facts = [fee("Adults", "5"), fee("Children", "0"), one]
    with on(TUESDAY_NOON):
        soup = page(preview("service", "S", facts=facts, body=body))
    costs, opened = soup.select(".glance-more:not([open])")
    assert said(costs, "summary") == "Adults £5 + 1 more"
    assert [said(line, "strong") for line in costs.select("li")] == ["£5", "Free"]
    assert said(opened, "summary") == "Open now, until 17:00 Hub + 1 more"
    assert len(opened.select("li")) == 2
    assert "Usually" in said(soup, ".glance dd > ul")


def test_free_is_said_in_a_word() -> None:
    assert "Free" in said(page(preview("service", "S", facts=[fee("Ticket", "0.00")])), ".glance dd ul")


def test_what_is_open_now_and_on_a_closed_day() -> None:
    facts = [hours((2, "09:00", "17:00")), closure("Strike", "2026-12-01", "2026-12-01")]
    hall = publish("place", "Town Hall", facts=facts)
    item = publish("service", "Permit", body={"channels": [channel("desk", place=ref(hall))]})
    with on(TUESDAY_NOON):
        soup = page(published(item))
        assert said(soup, ".glance dd ul") == "Town Hall Open now, until 17:00"
        assert said(soup, ".action") == "Come to us: Town Hall"
    with on(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        glance = said(page(published(item)), ".glance dd ul")
        assert glance == "Town Hall Closed today (Strike), opens on Tuesday 8 December at 9:00"


@pytest.mark.parametrize(
    ("tasks", "channels", "button", "address"),
    [
        ([task("Apply", "https://a.example/1")], [], "Apply", "https://a.example/1"),
        ([task("Soon", "https://a.example/1", state="planned"), task("Pay", "https://a.example/2", kind="pay")], [],
         "Pay", "https://a.example/2"),
        ([task("Look", "https://a.example/1", kind="find_out")],
         [channel("online", label="Do it", address="https://a.example/2")], "Do it", "https://a.example/2"),
        ([], [channel("online", label="Read", address="https://a.example/1", can_do="information"),
              channel("phone", label="Line", address="01632 960 100")],
         "Call 01632 960 100", "tel:01632960100"),
        ([task("Look", "https://a.example/1", kind="find_out")], [], "Look", "https://a.example/1"),
        ([task("Bad", "javascript:alert(1)")], [], "", ""),
        ([], [], "", ""),
    ],
)  # fmt: skip
def test_the_best_way_is_one_button(tasks: list[Any], channels: list[Any], button: str, address: str) -> None:
    soup = page(preview("service", "S", body={"tasks": tasks, "channels": channels}))
    assert [said(soup, ".action")] == [button]
    assert [tag["href"] for tag in soup.select(".action")] == ([address] if address else [])


@pytest.mark.parametrize(
    ("state", "words"),
    [("planned", "planned, not possible yet"), ("unavailable", "not available at the moment")],
)
def test_a_task_that_does_not_work_is_said_in_words_and_is_no_link(state: str, words: str) -> None:
    body = {"tasks": [task("Apply", "https://a.example/1", state=state)]}
    soup = page(preview("service", "S", body=body))
    assert said(soup, ".more") == f"Apply {words}"
    assert not soup.select(".more a")


def test_what_the_button_says_is_not_said_again() -> None:
    body = {
        "tasks": [task("Apply", "https://a.example/1")],
        "channels": [channel("online", label="Apply online", address="https://a.example/1")],
    }
    assert not page(preview("service", "S", body=body)).select(".others")


def test_steps_are_numbered_on_past_a_warning_and_the_first_warning_comes_before_the_button() -> None:
    steps = [
        step("Danger", type="warning"),
        step("One"),
        step("Two"),
        step("Mind", type="warning"),
        step("Three"),
    ]
    body = {"steps": steps, "tasks": [task("Apply", "https://a.example/1")]}
    html = render(preview("service", "S", body=body), RequestFactory().get("/"))
    assert html.index("Danger") < html.index('class="action"') < html.index("One") < html.index("Mind")
    assert [ol["start"] for ol in BeautifulSoup(html, "html.parser").select(".steps")] == ["1", "3"]


def test_links_lead_to_what_is_published_and_else_are_text() -> None:
    there, gone, staff = publish("service", "There"), new_item("service"), publish("article", "Secret")
    purpose = "".join(
        f'<p><a href="item:{item.pk}">to {n}</a></p>' for n, item in enumerate((there, gone, staff))
    )
    item = publish(
        "service", "Here", body={"purpose": purpose, "related": [ref(there), ref(gone), ref(staff)]}
    )
    soup = page(published(item))
    assert [a["href"] for a in soup.select("article .prose a")] == ["/there/", "/there/"]
    assert "to 1" in soup.get_text()
    assert "to 2" in soup.get_text()
    assert "item:" not in str(soup)
    assert "Secret" not in str(soup)


def test_checked_by_three_people_or_only_changed() -> None:
    item = publish("service", "S", facts=[fee("F", "1.00")])
    assert "Checked on" in said(page(published(item)), ".dates")
    publish("service", "S", item=item, lane=Lane.EMERGENCY, facts=[fee("F", "2.00")])
    dates = said(page(published(item)), ".dates")
    assert "Checked on" not in dates
    assert "Last changed on" in dates


def test_breadcrumbs_stand_above_the_title() -> None:
    front = publish("home", "Marhaven")
    topic = publish("topic", "Streets", parent=str(front.pk))
    item = publish("service", "Pothole", parent=str(topic.pk))
    html = render(published(item), RequestFactory().get("/"))  # type: ignore[arg-type]
    crumbs = BeautifulSoup(html, "html.parser").select(".crumbs a")
    assert [(a.text, a["href"]) for a in crumbs] == [("Home", "/"), ("Streets", "/streets/")]
    assert html.index('class="crumbs"') < html.index("<h1")


def test_lists_of_services() -> None:
    topic = publish("topic", "Streets")
    event = publish("life_event", "Moving", body={"first": "<p>Tell us.</p>"})
    hall = publish("place", "Hall")
    office = publish("department", "Parks", body={"code": "parks"})
    publish("service", "Beneath", parent=str(topic.pk), topics=[ref(topic)])
    publish("service", "Named", topics=[ref(topic)], life_events=[ref(event)])
    publish("service", "Served", code="waste", body={"channels": [channel("desk", place=ref(hall))]})
    names = {
        item: [a.text for a in page(published(item)).select(".cards a")]
        for item in (topic, event, hall, office)
    }
    assert names == {
        topic: ["Beneath", "Named"],
        event: ["Named"],
        hall: ["Served"],
        office: ["Beneath", "Named"],
    }


def test_home_shows_five_tasks_and_notices_only_when_there_are_any() -> None:
    tasks = [publish("service", f"Task {n}") for n in range(6)]
    front = publish("home", "Marhaven", body={"welcome": "Hello.", "top_tasks": [ref(t) for t in tasks]})
    soup = page(published(front))
    assert len(soup.select(".tasks a:not(.all)")) == 5
    assert not soup.select(".notices")
    assert said(soup, "title") == "Marhaven"
    publish("notice", "Bridge shut", body={"text": "<p>Until noon.</p>", "level": "warning"})
    publish("notice", "Over", expires_at=datetime(2026, 1, 1, tzinfo=UTC))
    html = render(published(front), RequestFactory().get("/"))  # type: ignore[arg-type]
    assert html.index("Bridge shut") < html.index("<h1")
    assert "Over" not in html


def test_a_place_has_its_week_its_closures_and_its_address() -> None:
    facts = [
        hours((1, "09:00", "12:30"), (1, "13:30", "16:30"), note="Ring first."),
        closure("Christmas", "2026-12-25", "2026-12-28"),
        closure("Easter", "2026-04-03", "2026-04-06"),
        fact("address", "", street="1 Quay", postcode="MH1 1AA", town="Marhaven"),
        fact("phone", "", number="01632 960 100"),
    ]
    item = publish("place", "Hall", facts=facts, body={"accessibility": "<p>No steps.</p>"})
    with on(TUESDAY_NOON):
        soup = page(published(item))
    assert said(soup, ".week tr") == "Monday 9:00 to 12:30, 13:30 to 16:30"
    assert said(soup, ".week .is-today") == "Tuesday today Closed"
    assert said(soup, ".closures") == "25 December 2026 to 28 December 2026 Christmas"
    assert said(soup, ".contacts") == "1 Quay, MH1 1AA, Marhaven 01632 960 100"
    assert "No steps." in soup.get_text()


def test_downloads_are_pinned_files() -> None:
    file = {
        "title": "Map",
        "sha256": "ab12",
        "name": "map 1.pdf",
        "content_type": "application/pdf",
        "size": 2048,
    }
    soup = page(preview("service", "S", body={"downloads": [file]}))
    assert soup.select_one('a[href="/files/ab12/map%201.pdf"]')


def test_a_page_as_it_stood_at_a_moment_can_be_shown() -> None:
    item = publish("service", "Then", facts=[fee("F", "1.00")])
    moment = clock.now()
    publish("service", "Now", item=item)
    assert said(page(queries.read_at(item.pk, moment, "public")), "h1") == "Then"


def test_a_document_alone_is_enough_for_a_preview() -> None:
    item = publish("service", "Published")
    draft = queries.preview(document(item, "Draft", slug="draft"))
    assert said(page(draft), "h1") == "Draft"
