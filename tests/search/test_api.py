"""Search over HTTP: its shape, who gets what, and what bad input gets."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people import person

from .publishing import article, publish, service
from .test_engines import BAD_INPUT

pytestmark = [pytest.mark.usefixtures("the_log"), pytest.mark.urls("tests.search.urls")]
PUBLIC = "/api/v1/public"
AGENT = "/api/v1/agent"


def test_the_answer_has_the_shape_that_others_rely_on(client: Client) -> None:
    service("Parking permit", "Park near your home")
    answer = client.get(f"{PUBLIC}/search", {"q": "parking"}).json()
    assert set(answer) == {
        "query", "corrected", "total", "total_is_exact", "results", "facets", "nearest", "took_ms",
    }  # fmt: skip
    assert (answer["query"], answer["corrected"], answer["total"], answer["total_is_exact"]) == (
        "parking", None, 1, True,
    )  # fmt: skip
    assert set(answer["results"][0]) == {
        "id", "type", "title", "url", "snippet", "facts", "audience", "pinned", "updated",
        "changed_today", "department", "handling_class", "service", "more_of_service",
    }  # fmt: skip
    assert answer["results"][0]["updated"].endswith("Z")
    assert set(answer["facets"]) == {
        "department", "type", "topic", "life_event", "audience", "channel", "handling_class", "language",
    }  # fmt: skip


def test_staff_content_is_for_staff_whatever_is_asked(client: Client) -> None:
    service("Parking permit")
    article("Parking on Sundays")
    for more in ({}, {"audience": "staff"}, {"type": "article"}):
        assert (
            "Sundays" not in client.get(f"{PUBLIC}/search", {"q": "parking sundays", **more}).content.decode()
        )
    assert client.get(f"{PUBLIC}/suggest", {"q": "parking"}).json()["suggestions"] == ["Parking permit"]
    for path in ("search", "suggest"):
        assert client.get(f"{AGENT}/{path}", {"q": "parking"}).status_code == 401
    client.force_login(person("agent1"))
    assert client.get(f"{AGENT}/search", {"q": "parking"}).json()["total"] == 2
    assert client.get(f"{AGENT}/search", {"q": "park", "typing": "true"}).json()["facets"] == {}
    assert client.get(f"{AGENT}/suggest", {"q": "parking on"}).json()["suggestions"] == ["Parking on Sundays"]
    client.force_login(person("admin"))
    assert client.get(f"{AGENT}/search", {"q": "parking"}).status_code == 401


def test_filters_come_from_the_address(client: Client) -> None:
    event = publish("life_event", "Moving house")
    service("Parking permit", life_events=[{"item": str(event.pk)}], handling_class="A")
    service("Parking fines", code="finance", handling_class="B")
    for more, titles in (
        ({"department": "finance"}, ["Parking fines"]),
        ({"handling_class": "A"}, ["Parking permit"]),
        ({"life_event": str(event.pk)}, ["Parking permit"]),
        ({"type": "article"}, []),
        ({"limit": 1, "offset": 1}, ["Parking fines"]),
        ({"limit": -5}, []),
        ({"offset": -5, "limit": 10**9}, ["Parking permit", "Parking fines"]),
    ):
        answer = client.get(f"{PUBLIC}/search", {"q": "parking", **more}).json()
        assert [result["title"] for result in answer["results"]] == titles
    assert client.get(f"{PUBLIC}/search", {"q": "x", "life_event": "none"}).status_code == 422


@pytest.mark.parametrize("question", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_no_question_is_an_error(client: Client, question: str) -> None:
    service("Parking permit")
    client.force_login(person("agent1"))
    text = question.encode("utf-8", "surrogatepass")
    for path in (f"{PUBLIC}/search", f"{PUBLIC}/suggest", f"{AGENT}/search", f"{AGENT}/suggest"):
        for more in ({}, {"typing": "1"}):
            assert client.get(path, {"q": text, **more}).status_code == 200


@pytest.mark.parametrize("more", [
    {"department": "\0"}, {"type": "|"}, {"handling_class": "'" * 500}, {"limit": 10**30}, {"offset": 10**30},
])  # fmt: skip
def test_no_filter_is_an_error(client: Client, more: dict[str, object]) -> None:
    service("Parking permit")
    assert client.get(f"{PUBLIC}/search", {"q": "parking", **more}).status_code in (200, 422)
