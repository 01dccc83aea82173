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
        "search",
    }  # fmt: skip
    assert (answer["query"], answer["corrected"], answer["total"], answer["total_is_exact"]) == (
        "parking", None, 1, True,
    )  # fmt: skip
    assert set(answer["results"][0]) == {
        "id", "type", "title", "url", "snippet", "facts", "audience", "pinned", "updated",
        "changed_today", "department", "handling_class", "service", "more_of_service",
    }  # fmt: skip
    assert answer["results"][0]["updated"].endswith("Z")
    facets = {"department", "type", "topic", "life_event", "channel", "handling_class", "language"}
    assert set(answer["facets"]) == facets
    assert answer["facets"]["type"] == [
        {"value": "service", "label": "Service", "count": 1, "is_exact": True}
    ]
    client.force_login(person("agent1"))
    answer = client.get(f"{AGENT}/search", {"q": "parking"}).json()
    assert set(answer["facets"]) == facets | {"audience"}


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


def test_for_whom_is_a_question_of_staff_alone(client: Client) -> None:
    """A public parameter of that name does nothing at all."""
    service("Parking permit")
    article("Parking on Sundays")
    plain = client.get(f"{PUBLIC}/search", {"q": "parking"}).json()
    for value in ("staff", "public", "nonsense"):
        asked = client.get(f"{PUBLIC}/search", {"q": "parking", "audience": value}).json()
        assert {**asked, "took_ms": 0} == {**plain, "took_ms": 0}
    client.force_login(person("agent1"))
    for value, titles in (("staff", ["Parking on Sundays"]), ("public", ["Parking permit"])):
        answer = client.get(f"{AGENT}/search", {"q": "parking", "audience": value}).json()
        assert [result["title"] for result in answer["results"]] == titles


def test_filters_come_from_the_address(client: Client) -> None:
    event = publish("life_event", "Moving house")
    town, streets = publish("topic", "Getting about"), publish("topic", "Streets")
    service(
        "Parking permit",
        life_events=[{"item": str(event.pk)}],
        topics=[{"item": str(town.pk)}],
        handling_class="A",
        body={"channels": [{"kind": "phone"}]},
    )
    service("Parking fines", code="finance", handling_class="B", parent=str(streets.pk))
    for more, titles in (
        ({"department": "finance"}, ["Parking fines"]),
        ({"handling_class": "A"}, ["Parking permit"]),
        ({"life_event": str(event.pk)}, ["Parking permit"]),
        ({"topic": str(town.pk)}, ["Parking permit"]),
        ({"topic": str(streets.pk)}, ["Parking fines"]),
        ({"channel": "phone"}, ["Parking permit"]),
        ({"language": "en"}, ["Parking permit", "Parking fines"]),
        ({"language": "de"}, []),
        ({"type": "article"}, []),
        ({"limit": 1, "offset": 1}, ["Parking fines"]),
        ({"limit": -5}, []),
        ({"offset": -5, "limit": 10**9}, ["Parking permit", "Parking fines"]),
    ):
        answer = client.get(f"{PUBLIC}/search", {"q": "parking", **more}).json()
        assert [result["title"] for result in answer["results"]] == titles
    topics = client.get(f"{PUBLIC}/search", {"q": "parking"}).json()["facets"]["topic"]
    assert [(row["label"], row["count"]) for row in topics] == [("Getting about", 1), ("Streets", 1)]
    for name in ("life_event", "topic"):
        assert client.get(f"{PUBLIC}/search", {"q": "x", name: "none"}).status_code == 422


@pytest.mark.parametrize("question", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_no_question_is_an_error(client: Client, question: str) -> None:
    service("Parking permit")
    client.force_login(person("agent1"))
    text = question.encode("utf-8", "surrogatepass")
    for path in (f"{PUBLIC}/search", f"{PUBLIC}/suggest", f"{AGENT}/search", f"{AGENT}/suggest"):
        for more in ({}, {"typing": "1"}):
            assert client.get(path, {"q": text, **more}).status_code == 200


@pytest.mark.parametrize("more", [
    {"department": "\0"}, {"type": "|"}, {"handling_class": "'" * 500}, {"channel": "é" * 2_000}, {"limit": 10**30}, {"offset": 10**30},
])  # fmt: skip
def test_no_filter_is_an_error(client: Client, more: dict[str, object]) -> None:
    service("Parking permit")
    assert client.get(f"{PUBLIC}/search", {"q": "parking", **more}).status_code in (200, 422)
