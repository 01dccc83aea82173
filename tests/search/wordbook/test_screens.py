"""The screens in the admin, through a browser without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import formats

from cms.core.models import AuditRow
from search.wordbook import preview as previewing
from search.wordbook.models import Bet, StopPhrase, Synonyms
from tests.people import person
from tests.search import publishing

from .teaching import bet, in_days, stopped, taught
from .test_preview import Question, Shelf

SYNONYMS = {
    "words": "bin\ndustbin",
    "direction": "one_way",
    "means": "waste container",
    "language": "en",
    "note": "Callers say it so.",
}


def at(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


def see(name: str, view: str, *args: Any, tail: str = "", status: int = 200) -> str:
    response = at(name).get(reverse(view, args=args) + tail)
    assert response.status_code == status, (view, response.status_code)
    return " ".join(response.content.decode().split())


def do(name: str, view: str, *args: Any, tail: str = "", **data: Any) -> Any:
    return at(name).post(reverse(view, args=args) + tail, data)


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def error_of(page: str, field: str) -> str:
    """The error that a screen reader reads with the field."""
    control = re.search(rf'<(?:input|textarea|select|div)[^>]*id="id_{field}"[^>]*>', page)
    assert control is not None, field
    described = re.search(r'aria-describedby="([^"]*)"', control[0])
    assert described is not None, control[0]
    found = [
        re.search(rf'id="{name}">.*?<p class="error-message">(.*?)</p>', page)
        for name in described[1].split()
    ]
    return next((match[1].strip() for match in found if match), "")


def rows() -> dict[str, Any]:
    return {"synonyms": taught("bin → container"), "bets": bet("bins", publishing.service("Bins")),
            "stop_phrases": stopped("how to die")}  # fmt: skip


@pytest.mark.parametrize("name", ["webmaster", "champion"])
def test_who_teaches_sees_every_screen(name: str) -> None:
    for kind, row in rows().items():
        for view, args in (
            ("index", ()),
            ("index_results", ()),
            ("add", ()),
            ("edit", (row.pk,)),
            ("delete", (row.pk,)),
        ):
            see(name, f"search_{kind}:{view}", *args)
    assert "bins → Bins" in see(name, "search_changes:index")
    for address in ("synonyms", "bets", "stop-phrases", "changes"):
        assert f"/admin/search/{address}/" in see(name, "wagtailadmin_home")


@pytest.mark.parametrize("name", ["author.parks", "editor.parks", "supervisor", "admin"])
def test_others_of_the_admin_are_refused(name: str) -> None:
    for kind, row in rows().items():
        for view, args in (
            ("index", ()),
            ("index_results", ()),
            ("add", ()),
            ("edit", (row.pk,)),
            ("delete", (row.pk,)),
        ):
            see(name, f"search_{kind}:{view}", *args, status=302)
            assert do(name, f"search_{kind}:{view}", *args, **SYNONYMS).status_code in (302, 405)
    see(name, "search_changes:index", status=302)
    assert (Synonyms.objects.count(), Bet.objects.count(), StopPhrase.objects.count()) == (1, 1, 1)
    home = see(name, "wagtailadmin_home")
    assert not re.findall(r"/admin/search/(?:synonyms|bets|stop-phrases|changes)", home)


@pytest.mark.parametrize("name", ["agent1", None])
def test_agents_and_strangers_are_sent_to_sign_in(name: str | None) -> None:
    for kind, row in rows().items():
        for view, args in (("index", ()), ("add", ()), ("edit", (row.pk,)), ("delete", (row.pk,))):
            client = at(name) if name else Client()
            for answer in (client.get(reverse(f"search_{kind}:{view}", args=args)),
                           client.post(reverse(f"search_{kind}:{view}", args=args), SYNONYMS)):  # fmt: skip
                assert answer.status_code == 302 and "/login/" in answer["Location"]
    assert (Synonyms.objects.count(), Bet.objects.count(), StopPhrase.objects.count()) == (1, 1, 1)


def test_teaching_changing_removing_synonyms() -> None:
    answer = do("webmaster", "search_synonyms:add", **SYNONYMS, review_on=in_days(90))
    assert answer.status_code == 302
    row = Synonyms.objects.get()
    assert (str(row), row.taught_by) == ("bin, dustbin → waste container", person("webmaster"))
    page = see("champion", "search_synonyms:edit", row.pk)
    assert "bin, dustbin</textarea>" in page and "Callers say it so." in page
    do(
        "champion",
        "search_synonyms:edit",
        row.pk,
        **{**SYNONYMS, "direction": "both_ways"},
        review_on=in_days(9),
    )
    row.refresh_from_db()
    assert str(row) == "bin ↔ dustbin ↔ waste container"
    changes = see("webmaster", "search_changes:index")
    assert "<del>bin, dustbin</del>" in changes and "<ins>bin, dustbin, waste container</ins>" in changes
    assert "<del>one way</del>" in changes and "<ins>both ways</ins>" in changes
    assert f"<ins>{formats.date_format(in_days(9))}</ins>" in changes
    assert "bin ↔ dustbin ↔ waste container" in see("champion", "search_synonyms:delete", row.pk)
    do("champion", "search_synonyms:delete", row.pk)
    assert not Synonyms.objects.exists()
    assert AuditRow.objects.first().deed == "synonyms removed"  # type: ignore[union-attr]
    assert "Synonyms removed" in see("webmaster", "search_changes:index")


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"words": ""}, "words", "Write at least one word that people type."),
        ({"words": ", ,"}, "words", "Write at least one word that people type."),
        ({"words": "!!"}, "words", "“!!” has no letters or digits"),
        ({"means": ""}, "means", "Write at least one word that is looked for as well."),
        ({"means": "bins"}, "means", "“bin” and “bins” are the same word already."),
        ({"words": "pram", "means": "buggy"}, "words", "This is taught already: pram → buggy."),
        ({"review_on": ""}, "review_on", "Choose the day when somebody looks at it again."),
        ({"review_on": "1 January 2020"}, "review_on", "Enter a valid date."),
        ({"review_on": "2020-01-01"}, "review_on", "Choose the day, after today"),
        ({"note": "x" * 301}, "note", "at most 300 characters"),
        ({"language": "xx"}, "language", "xx"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_errors_stand_beside_their_fields(
    values: dict[str, str], field: str, sentence: str, button: dict[str, str]
) -> None:
    taught("pram → buggy")
    page = text(
        do("webmaster", "search_synonyms:add", **{**SYNONYMS, "review_on": in_days(9), **values, **button})
    )
    assert sentence in error_of(page, field)
    assert "Nothing was taught yet." in page
    assert Synonyms.objects.count() == 1


def test_the_list_shows_what_is_due_first_and_finds() -> None:
    later, due = taught("pram → buggy", review_on=in_days(50)), taught("bin → container", note="old names")
    Synonyms.objects.filter(pk=due.pk).update(review_on=in_days(-1))
    page = see("webmaster", "search_synonyms:index")
    assert page.index(str(due)) < page.index(str(later))
    assert page.count("due for review </span>") == 1
    for query, found in (
        ("?q=contain", {due}),
        ("?q=old+names", {due}),
        ("?q=buggy", {later}),
        ("?q=%00", {due, later}),
        ("?q=nothing", set()),
        ("?review=due", {due}),
        ("?direction=both_ways", set()),
        ("?language=en", {due, later}),
        ("?language=de", set()),
    ):
        answer = at("webmaster").get(reverse("search_synonyms:index_results") + query)
        assert set(answer.context["object_list"]) == found, query


def test_a_bet_begins_with_its_item() -> None:
    page, other = publishing.service("Blue badge"), publishing.article("What to say about tips")
    found = see("webmaster", "search_bets:add", tail="?q=badge&query=badge")
    assert "Blue badge" in found and "tips" not in found
    assert f"?item={page.pk}&amp;query=badge" in found
    assert "Nothing published has “xyz” in its title." in see("webmaster", "search_bets:add", tail="?q=xyz")
    form = see("webmaster", "search_bets:add", tail=f"?item={page.pk}&query=badge")
    assert "<strong>Blue badge</strong> (Service, public)" in form and 'value="badge"' in form
    values = {
        "query": "disabled parking",
        "kind": "best",
        "position": 1,
        "language": "en",
        "last_day": in_days(9),
    }
    answer = do("webmaster", "search_bets:add", tail=f"?item={other.pk}", **values)
    assert answer.status_code == 302
    row = Bet.objects.get()
    assert (row.item, row.query, row.kind, row.taught_by) == (
        other,
        "disabled parking",
        "best",
        person("webmaster"),
    )
    do("champion", "search_bets:edit", row.pk, **{**values, "kind": "worst"})
    row.refresh_from_db()
    assert (row.item, row.kind) == (other, "worst")
    do("champion", "search_bets:delete", row.pk)
    assert not Bet.objects.exists()


@pytest.mark.parametrize(("kind", "said"), [("best", "tips → Tips"), ("worst", "tips → not Tips")])
def test_a_worst_bet_never_reads_as_the_opposite(kind: str, said: str) -> None:
    item = publishing.service("Tips")
    values = {"query": "tips", "kind": kind, "position": 1, "language": "en", "last_day": in_days(9)}
    page = text(at("webmaster").post(f"{reverse('search_bets:add')}?item={item.pk}", values, follow=True))
    assert f"From now on: {said}." in page
    assert page.count(said) > 1  # in the list too
    assert said in see("webmaster", "search_bets:delete", Bet.objects.get().pk)


@pytest.mark.parametrize("item", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_no_bet_on_an_item_that_is_not_there(item: str) -> None:
    see("webmaster", "search_bets:add", tail=f"?item={item}", status=404)
    assert do("webmaster", "search_bets:add", tail=f"?item={item}").status_code == 404


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"query": ""}, "query", "Write what people type."),
        ({"query": "bins!"}, "query", "There is a bet on this item for these words already: bin → Bins."),
        ({"last_day": in_days(-1)}, "last_day", "Choose its last day: today or later."),
        ({"position": 11}, "position", "less than or equal to 10"),
    ],
)
def test_errors_of_bets(values: dict[str, Any], field: str, sentence: str) -> None:
    page = publishing.service("Bins")
    bet("bin", page)
    told = {"query": "tips", "kind": "best", "position": 1, "language": "en", "last_day": in_days(9)}
    answer = text(do("webmaster", "search_bets:add", tail=f"?item={page.pk}", **{**told, **values}))
    assert sentence in error_of(answer, field)
    assert Bet.objects.count() == 1


def test_bets_that_are_over_say_so() -> None:
    row = bet("bins", publishing.service("Bins"))
    bet("tips", row.item)
    Bet.objects.filter(pk=row.pk).update(last_day=in_days(-1))
    page = see("webmaster", "search_bets:index")
    assert page.count("> over </span>") == 1 and page.index("bins →") < page.index("tips →")
    for query, found in (
        ("?state=over", ["bins"]),
        ("?state=running", ["tips"]),
        ("?q=Bins", ["bins", "tips"]),
    ):
        answer = at("webmaster").get(reverse("search_bets:index_results") + query)
        assert [one.query for one in answer.context["object_list"]] == found


def test_stop_phrases() -> None:
    do("webmaster", "search_stop_phrases:add", phrase="how to die", language="en", review_on=in_days(9))
    row = StopPhrase.objects.get()
    page = text(
        do("webmaster", "search_stop_phrases:add", phrase="How to die", language="en", review_on=in_days(9))
    )
    assert "“how to die” is a stop phrase already." in error_of(page, "phrase")
    do("champion", "search_stop_phrases:edit", row.pk, phrase="dying", language="en", review_on=in_days(9))
    row.refresh_from_db()
    assert row.phrase == "dying"
    do("champion", "search_stop_phrases:delete", row.pk)
    assert not StopPhrase.objects.exists()


@pytest.mark.parametrize("view", ["add", "edit"])
def test_showing_what_changes_saves_nothing(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = taught("pram → buggy")
    shelf = Shelf("Waste container", "Old bin")
    monkeypatch.setattr(previewing, "ranking", lambda: shelf)
    week = [Question("dustbin", 4, "public"), Question("pram", 1, "staff"), Question("<b>", 1, "public")]
    monkeypatch.setattr(previewing, "questions", lambda: week)
    args = (row.pk,) if view == "edit" else ()
    values = {**SYNONYMS, "review_on": in_days(9), "preview": "1"}
    page = text(do("webmaster", f"search_synonyms:{view}", *args, **values))
    assert "1 of 3 questions of the last week change." in page
    assert "Nothing is saved yet." in page and "asked 4 times, on the public site" in page
    assert "<ins>Waste container</ins>" in page and "nothing found" in page
    assert "dustbin</textarea>" in page
    assert [str(one) for one in Synonyms.objects.all()] == ["pram → buggy"]
    assert AuditRow.objects.filter(deed__startswith="synonyms").count() == 1
    assert "Show what changes" in page


def test_removing_shows_what_last_weeks_questions_would_find_then(monkeypatch: pytest.MonkeyPatch) -> None:
    row, shelf = taught("dustbin → waste container"), Shelf("Waste container")
    placed = bet("parking", shelf.items["Waste container"])
    monkeypatch.setattr(previewing, "ranking", lambda: shelf)
    week = [Question("dustbin", 4, "public"), Question("parking", 2, "staff"), Question("x", 1, "staff")]
    monkeypatch.setattr(previewing, "questions", lambda: week)
    for kind, pk, asked in (("synonyms", row.pk, "dustbin"), ("bets", placed.pk, "parking")):
        page = see("champion", f"search_{kind}:delete", pk)
        assert "1 of 3 questions of the last week change." in page
        assert (
            f'<th scope="row" role="rowheader"> {asked} <div' in page and "<del>Waste container</del>" in page
        )
        assert '<h2 id="preview-title">What changes</h2>' in page
        assert "Remove it" in page and "Nothing is saved yet" not in page
    assert (Synonyms.objects.count(), Bet.objects.count()) == (1, 1)
    assert not AuditRow.objects.filter(deed__endswith="removed").exists()


@pytest.fixture
def registering(monkeypatch: pytest.MonkeyPatch) -> None:
    for title in ("Register a death", "Register a birth"):
        publishing.service(title)
    publishing.article("Register a death abroad: secret")
    week = [Question("register", 4, "public"), Question("parking", 9, "public")]
    monkeypatch.setattr(previewing, "questions", lambda: week)


def suggested(page: str) -> tuple[str, str]:
    """What is told to be suggested now, and then."""
    body = page.partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    _head, now, then = body.split('<td role="cell">')
    return now, then


STOP = {"language": "en", "preview": "1"}
DEATH, BIRTH = "Register a death", "Register a birth"


@pytest.mark.usefixtures("registering")
def test_a_stop_phrase_shows_which_suggestions_go() -> None:
    values = {**STOP, "review_on": in_days(9), "phrase": "a Death"}
    page = text(do("webmaster", "search_stop_phrases:add", **values))
    assert "1 of 2 questions of the last week change." in page
    assert "Nothing is saved yet." in page and "secret" not in page
    now, then = suggested(page)
    assert f"<del>{DEATH}</del>" in now and f"<li>{BIRTH}</li>" in now
    assert DEATH not in then and f"<li>{BIRTH}</li>" in then
    none = text(do("webmaster", "search_stop_phrases:add", **{**values, "phrase": "wedding"}))
    assert "0 of 2 questions of the last week change." in none and "<tbody>" not in none
    assert not StopPhrase.objects.exists()


@pytest.mark.usefixtures("registering")
def test_changing_a_stop_phrase_shows_what_comes_back_and_what_goes() -> None:
    row = stopped("a death")
    values = {**STOP, "review_on": in_days(9), "phrase": "birth"}
    now, then = suggested(text(do("webmaster", "search_stop_phrases:edit", row.pk, **values)))
    assert f"<del>{BIRTH}</del>" in now and DEATH not in now
    assert f"<ins>{DEATH}</ins>" in then and BIRTH not in then
    assert StopPhrase.objects.get().phrase == "a death"


@pytest.mark.usefixtures("registering")
def test_removing_a_stop_phrase_shows_what_comes_back() -> None:
    stopped("birth")
    row = stopped("register a death")
    page = see("champion", "search_stop_phrases:delete", row.pk)
    now, then = suggested(page)
    assert "nothing suggested" in now
    assert f"<ins>{DEATH}</ins>" in then and BIRTH not in then and "secret" not in page
    assert StopPhrase.objects.count() == 2


def test_no_questions_are_known() -> None:
    page = text(do("webmaster", "search_synonyms:add", **SYNONYMS, review_on=in_days(9), preview="1"))
    assert "No question of the last week is known" in page


def test_another_language_than_the_sites() -> None:
    values = {**SYNONYMS, "language": "nl", "review_on": in_days(9), "preview": "1"}
    assert "This site answers in English." in text(do("webmaster", "search_synonyms:add", **values))


def test_other_screens_may_begin_a_rule() -> None:
    page = see("webmaster", "search_synonyms:add", tail="?words=bin&evil=1")
    assert "> bin</textarea>" in page
