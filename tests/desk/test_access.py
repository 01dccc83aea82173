"""The desk is for staff with any role, and loads nothing from elsewhere."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from tests.updates.publishing import someone

pytestmark = pytest.mark.usefixtures("the_log")
PLACES = ["/desk/", "/desk/?q=permit", f"/desk/items/{UUID(int=7)}/", "/desk/news/"]


@pytest.mark.parametrize("address", PLACES)
def test_strangers_are_asked_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/login/?next=/desk/")


@pytest.mark.parametrize("address", PLACES)
def test_who_has_no_role_gets_a_sentence(client: Client, address: str) -> None:
    client.force_login(someone("visitor", role=None))
    answer = client.get(address)
    assert answer.status_code == 403
    assert "has no role here yet: ask your administrator" in answer.content.decode()


@pytest.mark.parametrize("role", ["agent", "champion", "supervisor", "webmaster"])
def test_any_role_opens_the_desk(client: Client, role: str) -> None:
    client.force_login(someone("person", role=role))
    answer = client.get("/desk/")
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["Cache-Control"] == "private, no-store"


def test_signing_in_and_out_at_the_desk(client: Client) -> None:
    someone("agent1")
    refused = client.post("/desk/login/", {"username": "agent1", "password": "wrong"})
    assert "correct username and password" in refused.content.decode()

    signed_in = client.post(
        "/desk/login/", {"username": "agent1", "password": "demo", "next": "/desk/?q=bin"}
    )
    assert signed_in["Location"] == "/desk/?q=bin"

    assert client.post("/desk/logout/")["Location"] == "/desk/login/"
    assert client.get("/desk/").status_code == 302
