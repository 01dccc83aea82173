"""Finding without a script: a plain form, results by service."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.publications.models import Item
from tests.updates.publishing import article, fee, key, new_item, publish, service

pytestmark = pytest.mark.usefixtures("the_log")


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
    assert f'href="/desk/items/{words.pk}/?q=parking+permit"' in answer.content.decode()


def test_an_article_alone_names_its_service(agent: Client, permit: tuple[Item, Item]) -> None:
    answer = agent.get("/desk/?q=parking+permit&type=article")
    assert [group.title for group in answer.context["found"].groups] == ["Resident parking permit"]
    assert '<p class="of-service">' in answer.content.decode()


@pytest.mark.parametrize("q", ["", " ", '"', "???", "a" * 2000, "\x00", "AND OR NOT", "%", "☃"])
def test_any_text_is_answered(agent: Client, q: str) -> None:
    assert agent.get("/desk/", {"q": q, "life_event": q}).status_code == 200


def test_nothing_found_says_what_to_try(agent: Client) -> None:
    html = agent.get("/desk/?q=zzzz").content.decode()
    assert "Nothing found for “zzzz”." in html
    assert "Try fewer words" in html
