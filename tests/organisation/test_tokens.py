"""Access tokens: shown once, stored hashed, ended by their person alone."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cms.core import clock
from cms.core.canonical import sha256
from cms.core.errors import Refused
from cms.core.models import AuditRow
from cms.organisation.commands import create_token, revoke_token, use_token
from cms.organisation.models import AccessToken
from tests.people import person

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"


def test_the_hash_alone_is_stored() -> None:
    agent = person("agent1")
    token, secret = create_token(agent, " phone system ", by=agent)
    assert secret.startswith("oa_")
    assert len(secret) > 40
    row = AccessToken.objects.filter(pk=token.pk).values().get()
    assert row["hash"] == sha256(secret)
    assert row["name"] == "phone system"
    assert secret not in str(row)
    assert secret not in str(list(AuditRow.objects.values()))
    assert AuditRow.objects.get().deed == "token made"


@pytest.mark.parametrize(
    ("state", "accepted"),
    [
        ("good", True),
        ("expired", False),
        ("revoked", False),
        ("inactive person", False),
        ("mistyped", False),
    ],
)
def test_use(client: Client, state: str, accepted: bool) -> None:
    agent = person("agent1")
    token, secret = create_token(agent, "panel", by=agent)
    if state == "expired":
        AccessToken.objects.update(expires_at=clock.now())
    elif state == "revoked":
        revoke_token(token, by=agent)
    elif state == "inactive person":
        type(agent).objects.filter(pk=agent.pk).update(is_active=False)
    elif state == "mistyped":
        secret = secret[:-1]
    assert (use_token(secret) is not None) == accepted
    answer = client.get("/api/v1/agent/me", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == (200 if accepted else 401)


def test_a_token_of_a_person_without_a_role_opens_nothing(client: Client) -> None:
    admin = person("admin")
    _token, secret = create_token(admin, "panel", by=admin)
    assert use_token(secret) == admin
    assert client.get("/api/v1/agent/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_the_last_use_is_noted_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    agent = person("agent1")
    token, secret = create_token(agent, "panel", by=agent)
    start = clock.now()
    noted = {}
    for seconds in (0, 59, 61):
        monkeypatch.setattr(clock, "now", lambda seconds=seconds: start + timedelta(seconds=seconds))
        assert use_token(secret) == agent
        token.refresh_from_db()
        noted[seconds] = (token.last_used_at - start).seconds
    assert noted == {0: 0, 59: 0, 61: 61}


@pytest.mark.parametrize(
    ("by", "code"), [("agent1", None), ("agent2", "token-of-another"), ("admin", "token-of-another")]
)
def test_revoking(by: str, code: str | None) -> None:
    agent = person("agent1")
    token, secret = create_token(agent, "panel", by=agent)
    if code is None:
        revoke_token(token, by=person(by))
        revoke_token(token, by=person(by))
        assert use_token(secret) is None
        assert AuditRow.objects.filter(deed="token revoked").count() == 1
    else:
        with pytest.raises(Refused) as refused:
            revoke_token(token, by=person(by))
        assert refused.value.refusal.code == code
        assert use_token(secret) == agent


@pytest.mark.parametrize(
    ("by", "name", "days", "active", "code"),
    [
        ("agent1", "panel", 1, True, None),
        ("agent1", "panel", 366, True, None),
        (None, "panel", 90, True, None),
        ("admin", "panel", 90, True, "token-of-another"),
        ("agent1", "panel", 0, True, "token-life"),
        ("agent1", "panel", 367, True, "token-life"),
        ("agent1", "  ", 90, True, "token-name"),
        (None, "panel", 90, False, "token-of-inactive"),
    ],
)
def test_making(by: str | None, name: str, days: int, active: bool, code: str | None) -> None:
    agent = person("agent1")
    agent.is_active = active
    actor = person(by) if by else None
    if code is None:
        token, _secret = create_token(agent, name, days=days, by=actor)
        assert abs(token.expires_at - clock.now() - timedelta(days=days)) < timedelta(minutes=1)
    else:
        with pytest.raises(Refused) as refused:
            create_token(agent, name, days=days, by=actor)
        assert refused.value.refusal.code == code
        assert not AccessToken.objects.exists()


def test_the_page_shows_the_secret_once(client: Client) -> None:
    client.force_login(person("agent1"))
    assert "You have none yet" in client.get(PAGE).content.decode()
    made = client.post(PAGE, {"name": "panel", "days": "30"})
    secret = made.context["secret"]
    assert made.content.decode().count(secret) == 1
    assert "no-store" in made["Cache-Control"]
    assert use_token(secret) == person("agent1")
    again = client.get(PAGE).content.decode()
    assert secret not in again
    assert "panel" in again
    assert "never" not in again


def test_revoking_on_the_page(client: Client) -> None:
    token, secret = create_token(person("agent1"), "panel", by=person("agent1"))
    url = reverse("organisation_token_revoke", args=[token.pk])
    client.force_login(person("agent2"))
    refused = client.post(url)
    assert refused.status_code == 403
    assert "You can revoke your own tokens only." in refused.content.decode()
    assert use_token(secret) is not None
    client.force_login(person("agent1"))
    assert client.get(url).status_code == 405
    done = client.post(url, follow=True)
    assert "“panel” is revoked." in done.content.decode()
    assert use_token(secret) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "days": "30"}, "This field is required."),
        ({"name": "  ", "days": "30"}, "This field is required."),
        ({"name": "panel", "days": "367"}, "less than or equal to 366"),
        ({"name": "panel", "days": "many"}, "Enter a whole number."),
    ],
)
def test_what_the_page_refuses(client: Client, typed: dict[str, str], sentence: str) -> None:
    client.force_login(person("agent1"))
    answer = client.post(PAGE, typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"), [(None, 302), ("admin", 403), ("agent1", 200), ("author.parks", 200)]
)
def test_who_reaches_the_page(client: Client, name: str | None, status: int) -> None:
    if name:
        client.force_login(person(name))
    answer = client.get(PAGE)
    assert answer.status_code == status
    if status == 302:
        assert answer.url == f"{reverse('wagtailadmin_login')}?next={PAGE}"


def test_an_agent_signs_in_and_lands_on_the_page(client: Client) -> None:
    person("agent1")
    sign_in = f"{reverse('wagtailadmin_login')}?next={PAGE}"
    answer = client.post(sign_in, {"username": "agent1", "password": "demo", "next": PAGE}, follow=True)
    assert answer.request["PATH_INFO"] == PAGE
    assert answer.status_code == 200


def test_a_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("agent1"))
    assert client.post(PAGE, {"name": "panel", "days": "30"}).status_code == 403
    assert not AccessToken.objects.exists()


def test_the_admin_menu_leads_there(client: Client) -> None:
    client.force_login(person("author.parks"))
    home = client.get(reverse("stand_ins:index")).content.decode()
    assert PAGE in home
    assert reverse("memberships:index") not in home


def test_on_the_command_line() -> None:
    person("agent1")
    out, notes = StringIO(), StringIO()
    call_command("create_token", "agent1", "--name", "cron", "--days", "7", stdout=out, stderr=notes)
    secret = out.getvalue().strip()
    assert use_token(secret) == person("agent1")
    assert "shown this once" in notes.getvalue()
    assert "no role" not in notes.getvalue()
    assert AuditRow.objects.get().by is None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["nobody.there"], "There is no person"), (["agent1", "--days", "0"], "between 1 and 366 days")],
)
def test_what_the_command_line_refuses(arguments: list[str], sentence: str) -> None:
    person("agent1")
    with pytest.raises(CommandError, match=sentence):
        call_command("create_token", *arguments, stdout=StringIO(), stderr=StringIO())
    assert not AccessToken.objects.exists()
