"""The list of updates and acknowledging over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.publications import commands as publications
from kb.updates.models import Receipt

from .publishing import publish_service, someone

pytestmark = [pytest.mark.usefixtures("the_log"), pytest.mark.urls("tests.updates.urls")]
LIST = "/api/v1/agent/updates"


@pytest.fixture
def agent(client: Client) -> Client:
    client.force_login(someone("agent1"))
    return client


def test_the_list_is_the_log_in_order_with_plain_words(agent: Client) -> None:
    item = publish_service("Beach hut")
    publish_service("Dog licence")

    answer = agent.get(LIST).json()

    assert {name: answer[name] for name in ("count", "next", "previous", "restart")} == {
        "count": 2,
        "next": None,
        "previous": None,
        "restart": False,
    }
    first = answer["results"][0]
    assert set(first) == {
        "cursor", "seq", "item", "type", "title", "kind", "lane", "audience", "at", "sentence",
        "changes", "quoted_by", "reason", "instead", "acknowledged",
    }  # fmt: skip
    assert (first["cursor"], first["item"], first["type"]) == ("1-1", str(item.pk), "service")
    assert [u["title"] for u in agent.get(f"{LIST}?after=1-1").json()["results"]] == ["Dog licence"]


def test_next_reads_on_to_the_end(agent: Client) -> None:
    for _n in range(51):
        publish_service()
    first = agent.get(LIST).json()
    assert (first["count"], first["next"]) == (51, f"{LIST}?after=1-50")
    assert [u["seq"] for u in agent.get(first["next"]).json()["results"]] == [51]


def test_a_cursor_of_another_epoch_begins_at_the_start_and_says_so(agent: Client) -> None:
    publish_service()
    publications.restored()
    answer = agent.get(f"{LIST}?after=1-1").json()
    assert (answer["restart"], answer["count"]) == (True, 1)


@pytest.mark.parametrize("cursor", ["x", "1", "1-1' OR 1=1", "-1-3"])
def test_what_is_no_cursor_gets_a_sentence(agent: Client, cursor: str) -> None:
    for address in (LIST, f"{LIST}/stream"):
        answer = agent.get(address, {"after": cursor})
        assert answer.status_code == 422
        assert "EPOCH-SEQ" in answer.json()["detail"]


def test_acknowledging_answers_the_same_twice(agent: Client) -> None:
    publish_service()
    first = agent.post(f"{LIST}/1-1/ack")
    second = agent.post(f"{LIST}/1-1/ack")
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert (first.json()["acknowledged"], first.json()["unread"]) == (True, 0)
    assert Receipt.objects.count() == 1
    assert agent.get(LIST).json()["results"][0]["acknowledged"] is True


@pytest.mark.parametrize(("cursor", "status"), [("1-9", 404), ("5-1", 404), ("nonsense", 422)])
def test_what_is_not_there_is_not_acknowledged(agent: Client, cursor: str, status: int) -> None:
    publish_service()
    assert agent.post(f"{LIST}/{cursor}/ack").status_code == status
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("role", [None, "nobody at all"])
def test_the_public_never_sees_any_of_it(client: Client, role: str | None) -> None:
    publish_service()
    if role is None:
        client.force_login(someone("visitor", role=None))
    assert client.get(LIST).status_code == 401
    assert client.get(f"{LIST}/stream").status_code == 401
    assert client.post(f"{LIST}/1-1/ack").status_code == 401
    assert not Receipt.objects.exists()


def test_a_session_needs_the_token_against_forgery() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(someone("agent1"))
    publish_service()
    assert client.post(f"{LIST}/1-1/ack").status_code == 403
    assert not Receipt.objects.exists()


def test_a_server_that_cannot_stream_says_so(agent: Client) -> None:
    assert agent.get(f"{LIST}/stream").status_code == 503
