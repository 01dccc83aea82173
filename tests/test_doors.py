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
    with_values = re.sub(r"<(?:(\w+):)?\w+>", lambda m: VALUES.get(m[1] or "str", "x"), pattern)
    return re.sub(r"\(\?P<\w+>[^)]*\)|[\^$]|\.\*", "", with_values)


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
# Screens and deeds that take a role: a superuser has none by being one.
TAKES_A_ROLE = [
    address
    for address in STAFF_ADDRESSES
    if re.match(r"/(desk/|account/tokens/|admin/(approval|debts|items|start|topic-of|originals|articles/"
                r"|staff-notices))", address)
]


def test_the_tables_hold_every_surface() -> None:
    assert len(STAFF_ADDRESSES) > 200
    assert {path.split("/")[3] for _method, path in STAFF_CALLS} == {"agent", "workflow"}
    assert len(TAKES_A_ROLE) > 15


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
    for address in TAKES_A_ROLE:
        answer = getattr(client, method)(address)
        if answer.status_code not in (401, 403, 404, 405):
            opened.append((address, answer.status_code, answer.get("Location")))
    assert opened == []
