"""Input that no form would send: it gets a sentence, on every database, and never an error of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import kinds
from tests.people import person
from tests.workflows import stories

pytestmark = pytest.mark.django_db
NUL = "%00"


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Any:
    kinds.register()
    with stories.staffed():
        yield


def quietly(name: str = "") -> Client:
    client = Client(raise_request_exception=False)
    if name:
        client.force_login(person(name))
    return client


@pytest.mark.parametrize(
    "address",
    [
        f"/api/v1/public/items/by-path?path=/a{NUL}/",
        f"/api/v1/public/items?department=a{NUL}",
        f"/api/v1/public/items?type=a{NUL}",
        f"/api/v1/public/items?handling_class={NUL}",
        f"/api/v1/public/search?q=bike{NUL}",
        f"/api/v1/public/search?q=bike&department={NUL}",
        f"/api/v1/public/suggest?q=bi{NUL}",
        "/api/v1/public/items?page=" + "9" * 40,
        "/api/v1/public/items?page=-" + "9" * 40,
        "/api/v1/public/search?q=bike&page=" + "9" * 40,
        "/api/v1/public/items/by-path?path=" + "/a" * 5000,
        f"/search/?q=bike{NUL}",
        "/search/?q=bike&page=" + "9" * 40,
        f"/a{NUL}/",
        f"/files/{'a' * 64}/a{NUL}",
        f"/life-events/{NUL}/",
    ],
)
def test_strangers(address: str) -> None:
    stories.published()
    assert quietly().get(address).status_code < 500


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/agent/items/{item}?at=0001-01-01T00:00:00%2B14:00",
        "/api/v1/agent/items/{item}?at=9999-12-31T23:59:59-12:00",
        "/api/v1/agent/items/{item}?at=0001-01-01T00:00:00",
        "/api/v1/agent/items/{item}?at=99999999999999999",
        "/api/v1/agent/updates?after=1-999999999999999999",
        "/api/v1/agent/updates?after=1-1%00",
        "/api/v1/agent/search?q=bike%00",
        "/api/v1/workflow/submissions/99999999999999999999999",
        "/desk/?q=bike%00",
        "/desk/?item=%00",
        "/desk/?q=bike&page=99999999999999999999999",
    ],
)
def test_agents(address: str) -> None:
    item = stories.published()
    assert quietly("agent1").get(address.replace("{item}", str(item.pk))).status_code < 500


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800"])
def test_signs_that_no_database_keeps_are_refused_by_the_api(sign: str) -> None:
    waiting = stories.submitted()
    client = quietly("editor.parks")
    body = '{"sha": "%s", "reason": "Too long. %s"}' % (waiting.sha, sign)  # noqa: UP031
    answer = client.post(
        f"/api/v1/workflow/submissions/{waiting.pk}/send-back", body, content_type="application/json"
    )
    assert answer.status_code in (400, 422), answer.content
    assert answer["Content-Type"] == "application/problem+json"
    waiting.refresh_from_db()
    assert waiting.is_open


def test_signs_that_no_database_keeps_are_refused_on_the_screens() -> None:
    waiting = stories.submitted()
    answer = quietly("editor.parks").post(
        reverse("workflows_review", args=[waiting.pk]),
        {"deed": "send_back", "seen": waiting.sha, "reason": "Too\0 long."},
    )
    assert 400 <= answer.status_code < 500
    waiting.refresh_from_db()
    assert waiting.is_open


def test_a_body_of_many_megabytes_is_refused_in_a_sentence() -> None:
    waiting = stories.submitted()
    answer = quietly("editor.parks").post(
        f"/api/v1/workflow/submissions/{waiting.pk}/send-back",
        json.dumps({"sha": waiting.sha, "reason": "x" * 6_000_000}),
        content_type="application/json",
    )
    assert answer.status_code == 413, answer.content[:200]
    assert answer["Content-Type"] == "application/problem+json"


def test_a_title_of_signs_that_grow_when_they_are_folded() -> None:
    stories.published(stories.leaflet(title="\ufdfa" * 250))


def test_a_session_alone_changes_nothing_over_the_api() -> None:
    waiting = stories.submitted()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("editor.parks"))
    url = f"/api/v1/workflow/submissions/{waiting.pk}/approve"
    for headers in ({}, {"HTTP_AUTHORIZATION": "Bearer oa_nonsense"}):
        answer = client.post(
            url, json.dumps({"sha": waiting.sha}), content_type="application/json", **headers
        )
        assert answer.status_code in (401, 403)
        assert answer["Content-Type"] == "application/problem+json"
    assert not waiting.verdicts.exists()


def test_a_token_ends_with_its_person() -> None:
    from cms.organisation.commands import create_token

    waiting = stories.submitted()
    editor = person("editor.parks")
    _row, secret = create_token(editor, "test", by=editor)
    editor.is_active = False
    editor.save()
    answer = quietly().get("/api/v1/workflow/waiting", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert answer.status_code == 401
    assert waiting.is_open


@pytest.mark.parametrize("name", ["agent1", "author.finance", "admin"])
def test_numbers_of_other_departments_lead_nowhere(name: str) -> None:
    waiting = stories.submitted()
    item = waiting.documents.get().item
    client = quietly(name)
    assert client.get(f"/api/v1/workflow/submissions/{waiting.pk}").status_code in (401, 404)
    for deed in ("approve", "send-back", "take-back", "compose-again"):
        answer = client.post(
            f"/api/v1/workflow/submissions/{waiting.pk}/{deed}",
            json.dumps({"sha": waiting.sha, "reason": "x"}),
            content_type="application/json",
        )
        assert answer.status_code in (401, 404)
    for screen in ("submit", "withdraw", "move", "history"):
        assert client.get(reverse(f"workflows_{screen}", args=[item.pk])).status_code in (302, 404)
    frame = reverse("workflows_rendered", args=[waiting.pk, item.pk])
    assert client.get(frame).status_code in (302, 404)
