"""“Why is this here?”: a question, what it finds, the reasons, and what can be taught about it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cms.core.models import AuditRow
from search.explaining import written
from tests.people import person
from tests.search import publishing

from .teaching import bet, taught


def ask(name: str = "webmaster", **asked: str) -> BeautifulSoup:
    client = Client()
    client.force_login(person(name))
    response = client.get(reverse("search_why:index"), asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(part: Any) -> str:
    return " ".join(part.get_text().split())


def rows(page: BeautifulSoup, heading: str = "why-title") -> list[Any]:
    section = page.select_one(f'section[aria-labelledby="{heading}"]')
    assert section is not None, heading
    return section.select(".oa-why-rows > li")


def test_each_result_has_its_reasons_which_add_up() -> None:
    publishing.service("Order a waste container", "For your dustbin")
    publishing.service("Parking")
    found = rows(ask(q="dustbin", audience="public"))
    assert [words(row.strong) for row in found] == ["Order a waste container"]
    reasons = [words(one) for one in found[0].select("dt")]
    assert any("“dustbin” stands in: " in reason for reason in reasons), reasons
    points = [float(one.text) for one in found[0].select("dd")]
    total = re.match(r"([\d.]+) points", words(found[0].summary))
    assert total and abs(sum(points) - float(total[1])) <= 0.05 * len(points) + 0.05


def test_the_public_asks_unless_told() -> None:
    publishing.service("Order a bin")
    publishing.article("What to say about bins")
    page = ask(q="bin")
    assert [words(row.strong) for row in rows(page)] == ["Order a bin"]
    assert [radio["value"] for radio in page.select("[name=audience][checked]")] == ["public"]


def test_a_taught_word_says_so() -> None:
    taught("dustbin → container")
    publishing.service("Order a container")
    reasons = [words(one) for one in rows(ask(q="dustbin", audience="public"))[0].select("dt")]
    assert any("taught for “dustbin”" in reason for reason in reasons), reasons


def test_a_taught_word_is_told_as_the_text_says_it() -> None:
    taught("dustbin → waste containers")
    publishing.service("Order a Waste  Container")
    reasons = [words(one) for one in rows(ask(q="dustbin", audience="public"))[0].select("dt")]
    assert any("“Waste Container”, taught for “dustbin”" in reason for reason in reasons), reasons


def test_words_that_the_text_lacks_are_told_as_they_were_taught() -> None:
    taught("dustbin → Waste containers")
    assert written(("wast", "contain"), "Order a bin", "en") == "Waste containers"


@pytest.mark.parametrize(
    ("terms", "text", "said"),
    [
        (("wast", "contain"), "A container. Wasted containers, waste container.", "Wasted containers"),
        (("drop",), "Our drop-in hours", "drop-in"),
        (("wast",), "Nothing of it", "wast"),
        (("wast",), "", "wast"),
    ],
)
def test_words_are_told_as_they_stand_in_the_text(terms: tuple[str, ...], text: str, said: str) -> None:
    assert written(terms, text, "en") == said


def test_it_answers_as_the_one_who_asks() -> None:
    publishing.service("Bins")
    publishing.article("What to say about bins")
    assert [words(row.strong) for row in rows(ask(q="bins", audience="public"))] == ["Bins"]
    staff = rows(ask("champion", q="bins", audience="staff"))
    assert {words(row.strong) for row in staff} == {"Bins", "What to say about bins"}


def test_a_best_bet_is_marked_and_what_is_missed_says_where_it_is() -> None:
    on, other = publishing.service("Blue badge"), publishing.service("Parking for badge holders")
    bet("badge", other)
    bet("badge", on, kind="worst")
    page = ask(q="badge", audience="public", missed="badge")
    found = rows(page)
    assert [words(row.strong) for row in found] == ["Parking for badge holders"]
    assert "best bet" in words(found[0])
    missed = {words(row.strong): words(row) for row in rows(page, "missed-title")}
    assert "It isn't found" in missed["Blue badge"]
    assert "It stands at place 1." in missed["Parking for badge holders"]


def test_a_synonym_or_a_bet_begins_from_it() -> None:
    page_item = publishing.service("Bins")
    page = ask(q="bins & tubs", audience="public")
    links = {words(a): a["href"] for a in page.select(".oa-why a")}
    assert links["Teach a synonym for it"] == "/admin/search/synonyms/new/?words=bins+%26+tubs"
    assert links["Place a bet on Bins"] == f"/admin/search/bets/new/?item={page_item.pk}&query=bins+%26+tubs"
    client = Client()
    client.force_login(person("webmaster"))
    for link in (links["Teach a synonym for it"], links["Place a bet on Bins"]):
        assert "bins &amp; tubs" in client.get(str(link)).content.decode()


def test_what_is_missed_keeps_to_the_audience() -> None:
    publishing.article("Secret bins")
    page = ask(q="bins", audience="public", missed="secret")
    assert "Nothing that they may see." in words(page) and "Secret bins" not in words(page)


def test_a_correction_is_told() -> None:
    publishing.service("Parking permit")
    page = ask(q="parkng permit", audience="public")
    assert "“parking permit” was searched for instead" in words(page)


@pytest.mark.parametrize("asked", [{"q": ""}, {"q": "x" * 201}, {"q": "bins", "audience": "nobody"}])
def test_what_it_cannot_answer_stands_beside_the_field(asked: dict[str, str]) -> None:
    page = ask(**{"audience": "public", **asked})
    assert page.select(".error-message") and not page.select(".oa-why")


@pytest.mark.parametrize("q", ["\0", "'\"", "%", "☃", "<b>x</b>", "AND ("])
def test_any_question_is_answered(q: str) -> None:
    page = ask(q=q, audience="public", missed=q)
    assert not page.select("b")


@pytest.mark.parametrize("name", ["author.parks", "editor.parks", "supervisor", "admin"])
def test_others_are_refused(name: str) -> None:
    client = Client()
    client.force_login(person(name))
    assert client.get(reverse("search_why:index"), {"q": "bins"}).status_code == 302
    assert "search/why" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_trying_leaves_no_trace() -> None:
    publishing.service("Bins")
    before = AuditRow.objects.count()
    ask(q="bins", audience="staff")
    assert AuditRow.objects.count() == before
