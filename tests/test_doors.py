"""Every address for staff is shut to strangers; and what takes a role is shut to a superuser without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cms.api import api
from tests.articles import publishing
from tests.people import person

pytestmark = pytest.mark.django_db
STAFF = ("admin/", "account/", "desk/")
# What has to be open so that people can sign in, and what holds no content.
OPEN = re.compile(r"^(admin/(login|password_reset|jsi18n|sprite|logout)|desk/(login|logout))")
VALUES = {"int": "1", "uuid": str(UUID(int=1)), "path": "x", "slug": "x", "str": "x"}
SIGN_IN = ("/admin/login/", "/desk/login/")


def _addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def _filled(pattern: str) -> str:
    """A pattern as an address that somebody might try."""
    with_groups = re.sub(r"\(\?P<\w+>[^)]*\)", "1", pattern)
    with_values = re.sub(r"<(?:(\w+):)?\w+>", lambda m: VALUES.get(m[1] or "str", "x"), with_groups)
    return re.sub(r"[\^$\\]|\.\*", "", with_values)


STAFF_ADDRESSES = sorted(
    {
        f"/{_filled(address)}"
        for address in _addresses(get_resolver("cms.urls").url_patterns)
        if address.startswith(STAFF) and not OPEN.match(address)
    }
)
STAFF_CALLS = sorted(
    (method.upper(), re.sub(r"\{\w+\}", lambda m: "1" if m[0] == "{pk}" else str(UUID(int=1)), path))
    for path, methods in api.get_openapi_schema()["paths"].items()
    if not path.startswith("/api/v1/public/")
    for method in methods
)
# Screens and deeds that take a role: a superuser has none by being one. Those of `EMPTY` open to whoever may
# enter the admin, and hold what waits for that person: nothing.
TAKES_A_ROLE = re.compile(
    r"/(desk|account/tokens|admin/(approval|debts|items|start|topic-of|originals|articles|staff-notices))/"
)
EMPTY = ("/admin/approval/", "/admin/articles/facts/")
SHUT_TO_SUPERUSERS = [a for a in STAFF_ADDRESSES if TAKES_A_ROLE.match(a) and a not in EMPTY]


def test_the_tables_hold_every_surface() -> None:
    assert len(STAFF_ADDRESSES) > 200
    assert {path.split("/")[3] for _method, path in STAFF_CALLS} == {"agent", "workflow"}
    assert len(SHUT_TO_SUPERUSERS) > 15


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_stand_before_every_door(client: Client, method: str) -> None:
    open_to_all = []
    for address in STAFF_ADDRESSES:
        answer = getattr(client, method)(address)
        shut = answer.status_code in (401, 403, 404, 405)
        asked_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
        if not shut and not asked_to_sign_in:
            open_to_all.append((address, answer.status_code, answer.get("Location")))
    assert open_to_all == []


@pytest.mark.parametrize("name", ["author.parks", "champion"])
def test_no_screen_breaks(client: Client, name: str) -> None:
    """Whatever is or isn't behind an address: a page, a refusal or nothing, and no error of ours."""
    client.raise_request_exception = False
    client.force_login(person(name))
    # Wagtail's page that shows an error on purpose, and its choosers' answers, which are asked for by number.
    visited = [a.replace("/chosen/x/", "/chosen/1/") for a in STAFF_ADDRESSES if a != "/admin/failwhale/"]
    assert [a for a in visited if client.get(a).status_code >= 500] == []


@pytest.mark.parametrize("name", [None, "admin"])
@pytest.mark.parametrize(("method", "path"), STAFF_CALLS)
def test_the_api_for_staff_takes_a_role(client: Client, name: str | None, method: str, path: str) -> None:
    if name:
        client.force_login(person(name))
    answer = client.generic(method, path, "{}", content_type="application/json")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_superuser_without_a_role_is_no_staff(client: Client, method: str) -> None:
    client.force_login(person("admin"))
    opened = []
    for address in SHUT_TO_SUPERUSERS:
        answer = getattr(client, method)(address)
        sent_back = answer.status_code == 302 and answer["Location"] == "/admin/"
        if answer.status_code not in (401, 403, 404, 405) and not sent_back:
            opened.append((address, answer.status_code, answer.get("Location")))
    assert opened == []


def test_nor_does_a_superuser_see_the_work_of_others(client: Client) -> None:
    """The same addresses with something behind them: they open to who has the role, and to nobody else."""
    article = publishing.write(question="What is the secret extension?")
    submission = publishing.submit_as(person("author.parks"), article)
    screens = [f"/admin/approval/{submission.pk}/", f"/admin/items/{article.item.pk}/history/"]
    calls = [f"/api/v1/workflow/submissions/{submission.pk}", "/api/v1/workflow/waiting"]

    client.force_login(person("editor.parks"))
    for address in [*screens, *calls, "/admin/approval/"]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "secret extension" in answer.content.decode(), address

    client.force_login(person("admin"))
    assert [client.get(address).status_code for address in screens] == [404, 404]
    assert [client.get(address).status_code for address in calls] == [401, 401]
    assert "secret extension" not in client.get("/admin/approval/").content.decode()
    assert "secret extension" not in client.get("/admin/").content.decode()

    client.logout()
    assert [client.get(address).status_code for address in screens] == [302, 302]
    assert [client.get(address).status_code for address in calls] == [401, 401]
