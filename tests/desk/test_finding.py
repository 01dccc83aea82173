"""Finding without a script: a plain form, results by service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.publications.models import Item
from search import queries
from search.queries import Results
from tests.updates.publishing import article, fee, key, new_item, publish, service

pytestmark = pytest.mark.usefixtures("the_log")


def page_of(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """Have the search tell something beside what it finds; what it is asked, for each time."""

    def tell(**values: Any) -> list[dict[str, Any]]:
        asked: list[dict[str, Any]] = []
        real = queries.find

        def find(text: str, **how: Any) -> Results:
            asked.append(how)
            found = real(text, **how)
            first = {name: values[name] for name in ("pinned", "more_of_service") if name in values}
            results = [replace(one, **first) for one in found.results[:1]] + found.results[1:]
            rest = {name: value for name, value in values.items() if name not in first}
            return replace(found, results=results, **rest)

        monkeypatch.setattr(queries, "find", find)
        return asked

    return tell


@pytest.fixture
def permit() -> tuple[Item, Item]:
    page, words = new_item(), new_item("article")
    publish(page, service(page, facts=[fee(key(), "25.00")]))
    publish(words, article(words, about=page))
    return page, words


def test_a_service_and_its_article_stand_together_with_the_fee(
    agent: Client, permit: tuple[Item, Item]
) -> None:
    page, words = permit
    answer = agent.get("/desk/?q=parking+permit")
    found = answer.context["found"]
    assert [[hit.id for hit in group.hits] for group in found.groups] == [[str(page.pk), str(words.pk)]]
    assert found.groups[0].facts == ["Adult permit: £25"]
    tags = [[tag.text for tag in hit.select(".tag")] for hit in page_of(answer).select(".hit")]
    assert tags == [["public", "changed today"], ["staff", "changed today"]]
    assert f'href="/desk/items/{words.pk}/?q=parking+permit"' in answer.content.decode()


def test_an_article_alone_names_its_service(agent: Client, permit: tuple[Item, Item]) -> None:
    answer = agent.get("/desk/?q=parking+permit&type=article")
    assert [group.title for group in answer.context["found"].groups] == ["Resident parking permit"]
    assert '<p class="of-service">' in answer.content.decode()


@pytest.mark.parametrize("q", ["", " ", '"', "???", "a" * 2000, "\x00", "AND OR NOT", "%", "☃"])
def test_any_text_is_answered(agent: Client, q: str) -> None:
    assert agent.get("/desk/", {"q": q, "life_event": q}).status_code == 200


def test_nothing_found_says_what_to_try(agent: Client, settings: Any) -> None:
    html = agent.get("/desk/?q=zzzz").content.decode()
    assert "Nothing found for “zzzz”." in html
    assert "Try fewer words" in html
    assert settings.MUNICIPALITY["phone"] in html
    assert "A filter is set" not in html and "Nearest topics" not in html
    assert "A filter is set" in agent.get("/desk/?q=zzzz&type=article").content.decode()


def test_nothing_found_leads_to_the_nearest_topics(agent: Client, told: Any) -> None:
    topic = uuid4()
    told(nearest=[{"id": str(topic), "title": "Streets", "url": "/streets/"}])
    links = page_of(agent.get("/desk/?q=zzzz")).select(".nothing a")
    assert [(link.text, link["href"]) for link in links] == [("Streets", f"/desk/items/{topic}/")]


def test_what_was_searched_for_instead_is_said_and_can_be_undone(
    agent: Client, permit: tuple[Item, Item], told: Any
) -> None:
    told(corrected="parking permit")
    line = page_of(agent.get("/desk/?q=parking+prmit&type=article")).select_one(".corrected")
    assert line and " ".join(line.text.split()) == (
        "Showing results for parking permit. Search for “parking prmit” instead"
    )
    link = line.select_one("a[data-seek]")
    assert link and link["href"] == "/desk/?q=parking+prmit&type=article&as_typed=1"


def test_as_typed_asks_so_and_stays_with_the_answers(
    agent: Client, permit: tuple[Item, Item], told: Any
) -> None:
    asked = told()
    page = page_of(agent.get("/desk/?q=permit&as_typed=1"))
    assert [how["as_typed"] for how in asked] == [True]
    assert "exactly as typed" in page.select(".count")[0].text
    assert not page.select(".corrected")
    assert all("as_typed=1" in str(link["href"]) for link in page.select(".hit a"))


def test_best_bets_are_marked_and_what_is_folded_away_is_counted(
    agent: Client, permit: tuple[Item, Item], told: Any
) -> None:
    told(pinned=True, more_of_service=4)
    page = page_of(agent.get("/desk/?q=parking+permit"))
    assert len(page.select(".tag.pinned")) == 1
    more = page.select_one(".more a")
    assert more and more.text == "4 more on this service"
    assert more["href"] == f"/desk/?q=parking+permit&service={permit[0].pk}"
    only = page_of(agent.get(str(more["href"])))
    line = only.select_one(".corrected")
    assert line and line.text == "Only on Resident parking permit. Show all results"
    assert line.select("a")[0]["href"] == "/desk/?q=parking+permit"
    assert all(f"service={permit[0].pk}" in str(link["href"]) for link in only.select(".hit a"))


def options(page: BeautifulSoup) -> dict[str, list[str]]:
    return {
        str(select["name"]): [option.text for option in select.select("option")]
        for select in page.select("[data-filter] select")
    }


def test_filters_say_how_many_they_leave(agent: Client, permit: tuple[Item, Item]) -> None:
    shown = options(page_of(agent.get("/desk/?q=parking+permit")))
    assert shown["type"] == ["all", "Article (1)", "Service page (1)"]
    assert shown["audience"] == ["all", "Public (1)", "Staff (1)"]
    assert "department" not in shown  # one alone is no choice
    alone = agent.get("/desk/?q=parking+permit&type=article&typing=1", headers={"X-Desk": "filters"})
    assert options(page_of(alone))["type"] == ["all", "Article (1)", "Service page (1)"]
    assert "audience" not in options(page_of(alone))
    chosen = page_of(alone).select_one("option[selected]")
    assert chosen and chosen["value"] == "article"


def test_without_a_question_filters_name_all_there_is(agent: Client, permit: tuple[Item, Item]) -> None:
    shown = options(page_of(agent.get("/desk/")))
    assert "Article" in shown["type"] and "By phone" in shown["channel"] and "Staff" in shown["audience"]


def test_a_capped_count_is_marked(agent: Client, permit: tuple[Item, Item], told: Any) -> None:
    value = {"value": "service", "label": "service page", "count": 500, "is_exact": False}
    told(facets={"type": [value, {**value, "value": "place", "label": "place"}]}, total_is_exact=False)
    page = page_of(agent.get("/desk/?q=parking"))
    assert "Service page (500 or more)" in options(page)["type"]
    assert "more than" in page.select(".count")[0].text


def test_that_a_filter_is_set_is_said_with_the_count(agent: Client, permit: tuple[Item, Item]) -> None:
    """The filters may be folded away; the line of the count is also what a screen reader is told."""
    line = page_of(agent.get("/desk/?q=parking+permit")).select_one(".count")
    assert line and line.text == "2 results"
    line = page_of(agent.get("/desk/?q=parking+permit&type=article")).select_one(".count")
    assert line and line.text == "1 result (narrowed down)"
    line = page_of(agent.get("/desk/?q=parking+permit&type=place&as_typed=1")).select_one(".count")
    assert line and line.text == "Nothing found for “parking permit”. (exactly as typed) (narrowed down)"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, False),
        ({"total": 3}, True),
        ({"total": 5, "more_of_service": 3}, False),  # folded away, behind a link
        ({"total_is_exact": False}, True),
    ],
)
def test_what_is_beyond_the_list_is_said_at_its_end(
    agent: Client, permit: tuple[Item, Item], told: Any, values: dict[str, Any], said: bool
) -> None:
    told(**values)
    page = page_of(agent.get("/desk/?q=parking+permit"))
    assert len(page.select(".hit")) == 2
    assert ("Further results are not shown." in page.select(".results")[0].text) is said
