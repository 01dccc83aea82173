"""The desk is for staff with any role, and loads nothing from elsewhere."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.organisation.vocabulary import WRITERS
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
    said = refused.content.decode()
    assert "ask your administrator for a new one" in said
    assert "<title>Error: Sign in" in said and 'value="agent1"' in said, "what was typed is kept"

    signed_in = client.post(
        "/desk/login/", {"username": "agent1", "password": "demo", "next": "/desk/?q=bin"}
    )
    assert signed_in["Location"] == "/desk/?q=bin"

    assert client.post("/desk/logout/")["Location"] == "/desk/login/"
    assert client.get("/desk/").status_code == 302


def test_from_one_door_to_the_other(client: Client) -> None:
    """Whoever stands at the wrong door is shown the right one; whoever works at both can cross over."""
    assert "Sign in to write and approve" in client.get("/desk/login/").content.decode()
    agents_sign_in = client.get("/admin/login/").content.decode()
    assert 'href="/desk/"' in agents_sign_in and "Sign in to Wagtail" not in agents_sign_in

    champion = someone("champion", role="champion")
    champion.groups.add(Group.objects.get(name=WRITERS))
    client.force_login(champion)
    assert 'href="/admin/"' in client.get("/desk/").content.decode()
    assert '"/desk/"' in client.get("/admin/").content.decode()
    client.force_login(someone("agent1"))
    assert 'href="/admin/"' not in client.get("/desk/").content.decode()
