"""News without a script: what is unread, old beside new, acknowledged with a button."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kb.updates.models import Receipt
from tests.updates.publishing import fee, key, new_item, publish, publish_service, service

pytestmark = pytest.mark.usefixtures("the_log")


def test_what_was_missed_stands_there_with_old_and_new(agent: Client) -> None:
    item, cost = new_item(), key()
    publish(item, service(item, facts=[fee(cost, "25.00")], summary="For two weeks."))
    publish(item, service(item, facts=[fee(cost, "27.50")], summary="For ten days."))

    answer = agent.get("/desk/")

    html = answer.content.decode()
    assert [line.sentence for line in answer.context["news"].lines] == [
        "Fee, Adult permit: £25 → £27.50 (and 1 more change)",
        "New service page: For two weeks.",
    ]
    assert (
        '<del><span class="unseen">removed: </span>two weeks</del>'
        '<ins><span class="unseen">added: </span>ten days</ins>'
    ) in html
    assert 'data-cursor="1-2" data-count="2"' in html
    assert Receipt.objects.filter(acknowledged_at=None).count() == 2


def test_the_button_acknowledges_and_leads_back(agent: Client) -> None:
    publish_service()
    answer = agent.post("/desk/updates/1-1/ack", {"back": "/desk/?q=bin#news"})
    assert answer["Location"] == "/desk/?q=bin#news"
    assert agent.get("/desk/").context["news"].count == 0
    assert "acknowledged" in agent.get("/desk/news/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_the_button_leads_nowhere_else(agent: Client, back: str) -> None:
    publish_service()
    assert agent.post("/desk/updates/1-1/ack", {"back": back})["Location"] == "/desk/"


@pytest.mark.parametrize("cursor", ["1-9", "9-1", "nonsense"])
def test_what_is_not_there_is_not_acknowledged(agent: Client, cursor: str) -> None:
    publish_service()
    assert agent.post(f"/desk/updates/{cursor}/ack").status_code == 404
    assert not Receipt.objects.exclude(acknowledged_at=None).exists()


def test_more_than_a_screenful_is_counted(agent: Client) -> None:
    for _n in range(32):
        publish_service()
    news = agent.get("/desk/").context["news"]
    assert (len(news.lines), news.count, news.more) == (30, 32, 2)
    assert "2 older ones wait beneath" in agent.get("/desk/").content.decode()


@pytest.mark.parametrize("page", ["1", "0", "-3", "x", "999999999999", "²"])
def test_any_page_of_the_news_is_answered(agent: Client, page: str) -> None:
    assert agent.get("/desk/news/", {"page": page}).status_code == 200


def test_a_long_title_has_one_line_and_all_of_it_when_it_is_opened(agent: Client) -> None:
    title = "A caller asks for help with bins for a parent who lives alone. Can they arrange it?"
    item = new_item()
    publish(item, service(item, title=title))
    soup = BeautifulSoup(agent.get("/desk/").content, "html.parser")
    row = soup.select_one("[data-update]")
    assert row is not None
    whole = row.select_one("details > .whole")
    assert whole is not None and whole.get_text() == title
