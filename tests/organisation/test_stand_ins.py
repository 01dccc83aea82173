"""Stand-ins: people appoint their own; nobody makes themselves one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cms.core import clock
from cms.core.errors import Refused
from cms.organisation import queries
from cms.organisation.commands import appoint_stand_in, end_membership, end_stand_in, grant_membership
from cms.organisation.models import StandIn
from cms.organisation.vocabulary import Role
from cms.publications.commands import run_due
from tests.people import department, person

pytestmark = pytest.mark.django_db


def appoint(who: str, for_whom: str, by: str, first: int = 0, last: int = 7) -> StandIn:
    """From `first` to `last`, in days from today."""
    today = clock.today()
    return appoint_stand_in(
        person=person(who),
        stands_in_for=person(for_whom),
        first_day=today + timedelta(days=first),
        last_day=today + timedelta(days=last),
        by=person(by),
    )


@pytest.mark.parametrize(
    ("who", "by", "first", "last", "code"),
    [
        ("agent1", "editor.parks", 0, 7, None),
        ("agent1", "editor.parks", 0, 0, None),
        ("agent1", "administrator", 0, 7, None),
        ("agent1", "agent1", 0, 7, "stand-in-right-missing"),
        ("agent1", "admin", 0, 7, "stand-in-right-missing"),
        ("agent1", "editor.finance", 0, 7, "stand-in-right-missing"),
        ("administrator", "administrator", 0, 7, "stand-in-right-missing"),
        ("editor.parks", "editor.parks", 0, 7, "stand-in-right-missing"),
        ("editor.parks", "administrator", 0, 7, "own-stand-in"),
        ("agent1", "editor.parks", 3, 2, "stand-in-dates"),
        ("agent1", "editor.parks", -3, -1, "stand-in-past"),
    ],
)
def test_appointing(who: str, by: str, first: int, last: int, code: str | None) -> None:
    parks = department("parks").pk
    if code is None:
        appoint(who, "editor.parks", by, first, last)
        assert queries.person(person(who)).is_editor_of(parks)
        assert person(who).groups.exists()
    else:
        with pytest.raises(Refused) as refused:
            appoint(who, "editor.parks", by, first, last)
        assert refused.value.refusal.code == code
        assert not StandIn.objects.exists()


def test_a_stand_in_acts_on_their_days_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = appoint("agent1", "editor.parks", "editor.parks", 2, 3)
    days = {1: False, 2: True, 3: True, 4: False}
    today = clock.today()
    found = {}
    for day in days:
        monkeypatch.setattr(clock, "today", lambda day=day: today + timedelta(days=day))
        found[day] = queries.person(stand_in.person).is_editor_of(department("parks").pk)
    assert found == days


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("editor.parks", None),
        ("agent1", None),
        ("administrator", None),
        ("admin", "stand-in-right-missing"),
        ("editor2.parks", "stand-in-right-missing"),
    ],
)
def test_ending(by: str, code: str | None) -> None:
    stand_in = appoint("agent1", "editor.parks", "editor.parks")
    if code is None:
        end_stand_in(stand_in, by=person(by))
        assert not queries.person(person("agent1")).is_editor_of(department("parks").pk)
        assert not person("agent1").groups.exists()
    else:
        with pytest.raises(Refused) as refused:
            end_stand_in(stand_in, by=person(by))
        assert refused.value.refusal.code == code
        assert queries.person(person("agent1")).is_editor_of(department("parks").pk)


def test_a_stand_in_enters_the_admin_with_the_roles_of_whom_they_stand_in_for() -> None:
    person("newcomer")
    appoint("agent1", "newcomer", "newcomer")
    assert not person("agent1").groups.exists()
    role = grant_membership(person=person("newcomer"), role=Role.WEBMASTER, by=person("administrator"))
    assert person("agent1").groups.exists()
    end_membership(role, by=person("administrator"))
    assert not person("agent1").groups.exists()


def test_the_admin_is_shut_again_after_the_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the worker, whatever it is that nobody does on that day."""
    person("editor.parks")
    for who in ("agent1", "webmaster", "agent2"):
        appoint(who, "editor.parks", "editor.parks", 0, 3 if who != "agent2" else 9)
    today = clock.today()
    for day, shut in ((3, 0), (4, 1), (5, 0)):
        monkeypatch.setattr(clock, "today", lambda moment=None, day=day: today + timedelta(days=day))
        assert run_due()["stand_ins"] == shut
    assert not person("agent1").has_perm("wagtailadmin.access_admin")
    assert person("webmaster").has_perm("wagtailadmin.access_admin")
    assert person("agent2").has_perm("wagtailadmin.access_admin")


def test_on_the_screen(client: Client) -> None:
    editor, colleague = person("editor.parks"), person("editor2.parks")
    client.force_login(editor)
    today = clock.today()
    typed = {
        "person": colleague.pk,
        "stands_in_for": person("webmaster").pk,  # not on this person's form
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=3)).isoformat(),
    }
    answer = client.post(reverse("stand_ins:add"), typed, follow=True)
    assert "Appointed: editor2.parks" in answer.content.decode()
    stand_in = StandIn.objects.get()
    assert (stand_in.person, stand_in.stands_in_for) == (colleague, editor)
    typed["person"] = editor.pk
    answer = client.post(reverse("stand_ins:add"), typed)
    assert "You can appoint your own stand-in" in answer.content.decode()
    client.post(reverse("stand_ins:delete", args=[stand_in.pk]))
    assert not StandIn.objects.exists()


@pytest.mark.parametrize(
    ("who", "last", "sentence"),
    [
        ("editor.parks", 3, "nobody stands in for themselves"),
        ("editor2.parks", -1, "The last day comes before the first."),
    ],
)
def test_a_refusal_is_the_forms_error(client: Client, who: str, last: int, sentence: str) -> None:
    client.force_login(person("administrator"))
    today = clock.today()
    typed = {
        "person": person(who).pk,
        "stands_in_for": person("editor.parks").pk,
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=last)).isoformat(),
    }
    assert sentence in client.post(reverse("stand_ins:add"), typed).content.decode()
    assert not StandIn.objects.exists()


def test_other_peoples_stand_ins_are_not_listed(client: Client) -> None:
    stand_in = appoint("editor2.parks", "editor.parks", "editor.parks")
    url = reverse("stand_ins:delete", args=[stand_in.pk])
    seen = {}
    for name in ("editor.parks", "editor2.parks", "author.finance", "administrator"):
        client.force_login(person(name))
        listing = client.get(reverse("stand_ins:index")).content.decode()
        seen[name] = (url in listing, client.get(url).status_code)
    assert seen == {
        "editor.parks": (True, 200),
        "editor2.parks": (True, 200),
        "author.finance": (False, 404),
        "administrator": (True, 200),
    }
