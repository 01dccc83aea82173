"""Departments: made and changed by people with the right, each change in the audit trail."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cms.core.errors import Refused
from cms.core.models import AuditRow
from cms.organisation.commands import change_department, create_department
from cms.organisation.models import Department
from tests.people import department, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("administrator", None),
        (None, None),
        ("admin", "department-right-missing"),
        ("editor.parks", "department-right-missing"),
    ],
)
def test_changing(by: str | None, code: str | None) -> None:
    parks, waste = department("parks"), department("waste")
    actor = person(by) if by else None

    def change() -> None:
        change_department(parks, name="Parks and greens", deputy=waste, email="p@example.org", by=actor)

    if code is None:
        change()
        parks.refresh_from_db()
        assert (parks.name, parks.deputy, parks.code) == ("Parks and greens", waste, "parks")
        row = AuditRow.objects.get()
        assert (row.by, row.deed) == (actor, "department changed")
        assert row.details["before"]["deputy"] is None
        assert row.details["after"]["deputy"] == "waste"
    else:
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.refusal.code == code
        parks.refresh_from_db()
        assert (parks.name, parks.deputy) == ("Parks", None)
        assert not AuditRow.objects.exists()


def test_a_change_of_nothing_leaves_no_trace() -> None:
    parks = department("parks")
    change_department(parks, name=parks.name, deputy=None, email="", by=person("administrator"))
    assert not AuditRow.objects.exists()


@pytest.mark.parametrize(
    ("name", "code", "refusal"),
    [
        ("Waste", "waste", None),
        ("Parks", "waste", "department-exists"),
        ("Waste", "parks", "department-exists"),
    ],
)
def test_making(name: str, code: str, refusal: str | None) -> None:
    department("parks")
    if refusal is None:
        create_department(name=name, code=code, by=person("administrator"))
        assert AuditRow.objects.get().details["code"] == code
    else:
        with pytest.raises(Refused) as refused:
            create_department(name=name, code=code, by=person("administrator"))
        assert refused.value.refusal.code == refusal
    assert Department.objects.count() == (2 if refusal is None else 1)


def test_on_the_screen(client: Client) -> None:
    client.force_login(person("administrator"))
    client.post(reverse("departments:add"), {"name": "Parks", "code": "parks", "deputy": "", "email": ""})
    parks = Department.objects.get()
    url = reverse("departments:edit", args=[parks.pk])
    client.post(url, {"name": "Parks and greens", "code": "other", "deputy": "", "email": "p@example.org"})
    parks.refresh_from_db()
    assert (parks.name, parks.code, parks.email) == ("Parks and greens", "parks", "p@example.org")
    answer = client.post(url, {"name": "Parks", "deputy": parks.pk, "email": ""})
    assert "be its own deputy" in answer.content.decode()
    assert [row.deed for row in AuditRow.objects.all()] == ["department changed", "department made"]
    listing = client.get(reverse("departments:index") + "?q=greens").content.decode()
    assert "Parks and greens" in listing


@pytest.mark.parametrize("name", ["admin", "author.parks"])
def test_without_the_right_there_is_no_screen(client: Client, name: str) -> None:
    user, parks = person(name), department("parks")
    client.force_login(user)
    for url in (
        reverse("departments:index"),
        reverse("departments:add"),
        reverse("departments:edit", args=[parks.pk]),
    ):
        assert client.get(url).url == reverse("wagtailadmin_home")
