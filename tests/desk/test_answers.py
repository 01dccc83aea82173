"""What an agent sees of an article, of its service, and of what is said about both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from cms.core import clock
from cms.publications import queries, registry
from cms.publications.models import Item
from cms.publications.vocabulary import EntryKind
from kb.desk.factlines import fact_line
from tests.updates.publishing import (
    article,
    enter,
    fee,
    key,
    new_item,
    publish,
    publish_service,
    service,
    staff_notice,
)

pytestmark = pytest.mark.usefixtures("the_log")
TODAY = date(2026, 11, 24)


@pytest.fixture
def permit() -> tuple[Item, Item]:
    """A service with a fee that rises tomorrow, and an article that quotes it."""
    page, words, cost = new_item(), new_item("article"), key()
    today = clock.today()
    facts = [
        fee(cost, "25.00", until=str(today)),
        fee(cost, "27.50", since=str(today + timedelta(days=1))),
    ]
    link = f'<p>See <a href="item:{words.pk}">the staff answer</a>.</p>'
    publish(page, service(page, facts=facts, summary="Park near your home.", body={"purpose": link}))
    publish(words, article(words, about=page, quotes=[{"item": str(page.pk), "key": cost}]))
    return page, words


def shown(agent: Client, item: Item, query: str = "", **headers: str) -> str:
    answer = agent.get(f"/desk/items/{item.pk}/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_article_is_read_aloud_with_its_fact_of_today_and_to_come(agent: Client, permit: Any) -> None:
    page, words = permit
    html = shown(agent, words)
    for part in (
        "Read aloud",
        "You can park once the permit shows on our map.",
        "<strong>£25</strong>",
        "£27.50",
        "Only for you",
        "Permit team, extension 204",
        "When and where to pass it on",
    ):
        assert part in html
    assert html.index("Read aloud") < html.index("£25") < html.index("Only for you")
    assert f"/desk/items/{page.pk}/?with={words.pk}" in html


def test_a_service_is_the_other_tab_and_lists_its_articles(agent: Client, permit: Any) -> None:
    page, words = permit
    second = new_item("article")
    publish(second, article(second, about=page, title="Where may I park?"))
    html = shown(agent, page, f"?with={second.pk}&q=park")
    assert "Articles on this service" in html
    assert f'href="/desk/items/{words.pk}/?q=park" data-item>What does a parking permit cost?' in html
    assert f'href="/desk/items/{second.pk}/?q=park" data-item data-other>Article' in html


def test_links_lead_within_the_desk_and_never_to_what_is_not_published(agent: Client) -> None:
    page, other, draft = new_item(), publish_service("Dog licence"), new_item()
    text = f'<p><a href="item:{other.pk}">dogs</a> and <a href="item:{draft.pk}">plans</a></p>'
    publish(page, service(page, body={"purpose": text}))
    html = shown(agent, page)
    assert f'<a href="/desk/items/{other.pk}/" data-item>dogs</a> and plans' in html


def test_a_staff_notice_stands_on_top_of_the_service_and_its_article(agent: Client, permit: Any) -> None:
    page, words = permit
    notice = new_item("staff_notice")
    publish(notice, staff_notice(notice, about=page, text="Zone K <b>is</b> shut."))
    for item in permit:
        html = shown(agent, item)
        assert "Zone K &lt;b&gt;is&lt;/b&gt; shut." in html
        assert "Rosa Lind, <time" in html
        assert html.index("Zone K &lt;b&gt;is") < html.index('<h1 lang="en">')
    enter(notice, EntryKind.WITHDRAWN, reason="Open again")
    assert 'class="notice"' not in shown(agent, words)


def test_a_withdrawn_answer_says_why_and_where_to_go(agent: Client) -> None:
    gone, other = publish_service("Beach hut"), publish_service("Harbour hut")
    enter(gone, EntryKind.WITHDRAWN, reason="Washed away", instead=str(other.pk))
    html = shown(agent, gone)
    assert "Washed away" in html
    assert f'<a href="/desk/items/{other.pk}/" data-item>Harbour hut</a>' in html
    assert "Park near your home" not in html


def test_what_was_never_published_is_not_there(agent: Client) -> None:
    for item_id in (uuid4(), new_item().pk):
        answer = agent.get(f"/desk/items/{item_id}/")
        assert answer.status_code == 404
        assert "nothing at this address" in answer.content.decode()


def test_what_people_write_is_never_markup(agent: Client) -> None:
    page = publish_service("<script>alert(1)</script>")
    for address in (f"/desk/items/{page.pk}/", "/desk/", "/desk/?q=%3Cscript%3Ealert", "/desk/news/"):
        html = agent.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def test_a_script_gets_one_pane(agent: Client, permit: Any) -> None:
    page, _words = permit
    html = shown(agent, page, **{"X-Desk": "answer"})
    assert '<h1 lang="en">Resident parking permit</h1>' in html
    assert "<html" not in html


@pytest.mark.parametrize("kind", ["article", "staff_notice"])
def test_a_preview_is_the_whole_page_that_agents_get(permit: Any, kind: str) -> None:
    page, words = permit
    notice = new_item("staff_notice")
    document = {
        "article": article(words, about=page),
        "staff_notice": staff_notice(notice, about=page, text="Zone K is shut."),
    }[kind]
    html = registry.renderer(kind)(queries.preview(document), RequestFactory().get("/"))
    assert html.startswith("<!doctype html>")
    assert {"article": "Permit team, extension 204", "staff_notice": "Zone K is shut."}[kind] in html


@pytest.mark.parametrize(
    ("versions", "values", "coming"),
    [
        ([("25.00", None, None)], ("£25",), ()),
        ([("25.00", None, "2026-12-31"), ("27.50", "2027-01-01", None)], ("£25",), ("from 1 January 2027: £27.50",)),
        ([("25.00", None, "2026-12-31")], ("£25",), ("until 31 December 2026",)),
        ([("27.50", "2027-01-01", None)], (), ("from 1 January 2027: £27.50",)),
        ([("25.00", None, "2026-11-24")], ("£25",), ("until 24 November 2026",)),
        ([("0.00", None, None)], ("free",), ()),
    ],
)  # fmt: skip
def test_facts_as_they_stand_and_as_they_will(versions: Any, values: Any, coming: Any) -> None:
    line = fact_line([fee("k", amount, since=s, until=u) for amount, s, u in versions], TODAY)
    assert line is not None
    assert (line.name, line.values, line.coming) == ("Adult permit", values, coming)


def test_a_fact_that_is_over_is_left_out() -> None:
    assert fact_line([fee("k", "25.00", until="2026-11-23")], TODAY) is None
