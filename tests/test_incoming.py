"""Whatever anybody sends is answered: no text and no number that a database can't hold ends in a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.people import person
from tests.themes import publishing as town

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
NOBODY = "00000000-0000-0000-0000-000000000000"
ASKED_BY_ALL = [
    *("/%00/", "/a%00b/", "/%ED%A0%80/", "/%F0%9F%98%80/", "/files/%00/x", f"/files/{'a' * 64}/%00"),
    *("/search/?q=%00", "/search/?q=a&type=%00", f"/search/?q=a&page={HUGE}", "/search/?q=%ff%fe"),
    *(f"/api/v1/public/items?{name}=%00" for name in ("type", "department", "handling_class")),
    *(f"/api/v1/public/items?page={page}" for page in (HUGE, 2**63 - 1, 3 * 10**17, -1, 0)),
    *(
        f"/api/v1/public/items/by-path?path={path}"
        for path in ("%00", "/a%00/", "%ED%A0%80", "/" + "a" * 5000)
    ),
    *(f"/api/v1/public/search?q=a&{name}={HUGE}" for name in ("limit", "offset")),
    *(f"/api/v1/public/search?q=a&{name}=%00" for name in ("type", "department", "handling_class")),
    *(f"/api/v1/public/{name}?q=%00" for name in ("search", "suggest")),
]
ASKED_BY_STAFF = [
    *(f"/api/v1/agent/updates?after={cursor}" for cursor in (f"1-{HUGE}", f"{HUGE}-1", "%00")),
    *(f"/api/v1/agent/items/{NOBODY}?at={at}" for at in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")),
    *("/api/v1/agent/items?department=%00", "/api/v1/agent/search?q=%00", "/desk/?q=%00&department=%00"),
    *(f"/api/v1/workflow/submissions/{HUGE}", f"/admin/approval/{HUGE}/", f"/admin/debts/{HUGE}/"),
]


def _answer(client: Client, method: str, address: str, body: Any = None) -> Any:
    client.raise_request_exception = False
    with transaction.atomic():  # PostgreSQL refuses all further work after an error
        answer = client.generic(
            method, address, json.dumps(body) if body else "", content_type="application/json"
        )
        transaction.set_rollback(True)
    return answer


def test_nothing_that_the_public_asks_breaks(client: Client) -> None:
    with town.a_log_with_updates():
        town.publish("service", "A permit")
        answers = {address: _answer(client, "GET", address).status_code for address in ASKED_BY_ALL}
    assert {address: status for address, status in answers.items() if status >= 500} == {}


def test_nothing_that_staff_ask_breaks(client: Client) -> None:
    client.force_login(person("champion"))
    answers = {address: _answer(client, "GET", address).status_code for address in ASKED_BY_STAFF}
    assert {address: status for address, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
def test_a_body_with_what_is_no_text_is_refused_with_a_sentence(client: Client, sign: str) -> None:
    client.force_login(person("champion"))
    with town.a_log_with_updates():
        path = f"/api/v1/workflow/items/{town.publish('service', 'A permit').pk}/staff-notice"
        body = {"text": "The line is dead.", "reason": "Callers wait."}
        assert _answer(client, "POST", path, body).status_code == 200
        for name in body:
            refused = _answer(client, "POST", path, {**body, name: f"a{sign}b"})
            assert refused.status_code == 422
            assert refused.json()["detail"].startswith("The text holds a character that can't be kept.")


def test_a_page_far_behind_the_last_is_empty(client: Client) -> None:
    with town.a_log_with_updates():
        town.publish("service", "A permit")
        answer = client.get("/api/v1/public/items", {"page": "9" * 30}).json()
    assert answer == {"count": 1, "next": None, "previous": None, "results": []}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_an_address_does_not_take_is_a_problem(client: Client, method: str) -> None:
    answer = _answer(client, method, "/api/v1/public/items")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == f"This address takes no {method}, only: GET."


def test_a_host_that_is_not_ours_is_a_problem_too(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = client.get("/api/v1/public/items", HTTP_HOST="elsewhere.example")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_what_the_public_reads_may_be_asked_for_without_its_body(client: Client) -> None:
    with town.a_log_with_updates():
        address = f"/api/v1/public/items/{town.publish('service', 'A permit').pk}"
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")
        assert client.head(address, HTTP_IF_NONE_MATCH=whole["ETag"]).status_code == 304
    assert client.head("/api/v1/public/items/xyz").status_code == 404
    client.force_login(person("agent1"))
    assert client.head("/api/v1/agent/updates/stream").status_code == 405


@pytest.mark.parametrize("body", ["{", "[[[[", "a=b"])
def test_a_body_that_is_no_json_is_refused_with_a_sentence(client: Client, body: str) -> None:
    client.force_login(person("champion"))
    answer = client.post(
        f"/api/v1/workflow/items/{NOBODY}/staff-notice", body, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "The body can't be read. Send JSON in UTF-8.",
    )
