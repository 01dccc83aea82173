"""Who changes roles: those with the right, and never their own. Superusers are no exception (rule 6)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cms.core.errors import Refused
from cms.core.models import AuditRow
from cms.organisation import queries
from cms.organisation.commands import end_membership, grant_membership
from cms.organisation.models import Membership
from cms.organisation.rules import why_not_change_membership
from cms.organisation.vocabulary import MEMBERSHIP_ADMINISTRATORS, SUPERVISORS, WRITERS, Role
from tests.people import department, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("has_right", "changer", "role", "where", "code"),
    [
        (True, 1, Role.AUTHOR, 7, None),
        (True, 1, Role.WEBMASTER, None, None),
        (False, 1, Role.AUTHOR, 7, "membership-right-missing"),
        (True, 2, Role.AUTHOR, 7, "own-membership"),
        (False, 2, Role.AUTHOR, 7, "membership-right-missing"),
        (True, 1, Role.AUTHOR, None, "role-and-department"),
        (True, 1, Role.WEBMASTER, 7, "role-and-department"),
    ],
)
def test_rule(has_right: bool, changer: int, role: str, where: int | None, code: str | None) -> None:
    refusal = why_not_change_membership(
        changer_id=changer, has_right=has_right, person_id=2, role=role, department=where
    )
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("by", "whom", "code"),
    [
        ("administrator", "newcomer", None),
        ("admin", "newcomer", "membership-right-missing"),
        ("admin", "admin", "membership-right-missing"),
        ("webmaster", "newcomer", "membership-right-missing"),
        ("editor.parks", "newcomer", "membership-right-missing"),
        ("administrator", "administrator", "own-membership"),
    ],
)
def test_granting(by: str, whom: str, code: str | None) -> None:
    def grant() -> Membership:
        return grant_membership(
            person=person(whom), role=Role.EDITOR, department=department("parks"), by=person(by)
        )

    if code is None:
        assert grant().person == person(whom)
        assert queries.person(person(whom)).is_editor_of(department("parks").pk)
        assert AuditRow.objects.get().by == person(by)
    else:
        with pytest.raises(Refused) as refused:
            grant()
        assert refused.value.refusal.code == code
        assert not queries.person(person(whom)).posts
        assert not AuditRow.objects.exists()


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("administrator", None),
        ("admin", "membership-right-missing"),
        ("webmaster2", "membership-right-missing"),
    ],
)
def test_ending(by: str, code: str | None) -> None:
    membership = Membership.objects.get(person=person("webmaster"))
    if code is None:
        end_membership(membership, by=person(by))
        assert not queries.person(person("webmaster")).is_webmaster
        assert AuditRow.objects.get().deed == "membership ended"
    else:
        with pytest.raises(Refused) as refused:
            end_membership(membership, by=person(by))
        assert refused.value.refusal.code == code
        assert queries.person(person("webmaster")).is_webmaster


def test_a_superuser_needs_the_right_explicitly() -> None:
    admin = person("admin")
    assert admin.has_perm("organisation.change_membership")
    assert not queries.may_change_memberships(admin)
    admin.user_permissions.add(Permission.objects.get(codename="change_membership"))
    assert queries.may_change_memberships(admin)


def test_a_right_of_another_package_is_not_this_one() -> None:
    author = person("author.parks")
    other = Permission.objects.get(codename="change_department")
    Permission.objects.filter(pk=other.pk).update(codename="change_membership")
    author.user_permissions.add(other)
    assert queries.may_change_memberships(author)  # the same package: the label alone tells them apart
    Permission.objects.filter(pk=other.pk).update(
        content_type=Permission.objects.get(codename="add_group").content_type
    )
    assert not queries.may_change_memberships(author)


def test_an_inactive_administrator_has_no_right() -> None:
    administrator = person("administrator")
    assert queries.may_change_memberships(administrator)
    administrator.is_active = False
    assert not queries.may_change_memberships(administrator)


@pytest.mark.parametrize(("name", "where"), [("author.parks", "parks"), ("webmaster", None)])
def test_a_role_is_held_once(name: str, where: str | None) -> None:
    holder = person(name)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=holder, role=name.partition(".")[0], department=department(where) if where else None
        )
    assert holder.memberships.count() == 1


def test_writers_may_enter_the_admin_while_they_write() -> None:
    newcomer, by = person("newcomer"), person("administrator")
    assert not newcomer.groups.exists()
    membership = grant_membership(person=newcomer, role=Role.CHAMPION, by=by)
    assert [group.name for group in newcomer.groups.all()] == [WRITERS]
    end_membership(membership, by=by)
    assert not newcomer.groups.exists()
    grant_membership(person=newcomer, role=Role.AGENT, by=by)
    assert not newcomer.groups.exists()


def test_supervisors_enter_the_admin_and_look_at_what_is_owed() -> None:
    supervisor = person("supervisor")
    assert [group.name for group in supervisor.groups.all()] == [SUPERVISORS]
    assert supervisor.has_perm("wagtailadmin.access_admin")


def test_the_groups_that_come_with_us() -> None:
    held = {
        group.name: set(group.permissions.values_list("content_type__app_label", "codename"))
        for group in Group.objects.filter(name__in=[WRITERS, MEMBERSHIP_ADMINISTRATORS])
    }
    assert ("wagtailadmin", "access_admin") in held[WRITERS]
    assert ("organisation", "change_membership") not in held[WRITERS]
    assert held[MEMBERSHIP_ADMINISTRATORS] == {
        ("wagtailadmin", "access_admin"),
        ("organisation", "change_membership"),
    }


def test_on_the_screen(client: Client) -> None:
    client.force_login(person("administrator"))
    newcomer, parks = person("newcomer"), department("parks")
    typed = {"person": newcomer.pk, "role": "author", "department": parks.pk}
    answer = client.post(reverse("memberships:add"), typed, follow=True)
    assert "From now on: newcomer: author, Parks." in answer.content.decode()
    membership = Membership.objects.get(person=newcomer)
    confirm = client.get(reverse("memberships:delete", args=[membership.pk]))
    assert "End it now" in confirm.content.decode()
    client.post(reverse("memberships:delete", args=[membership.pk]))
    assert not Membership.objects.filter(person=newcomer).exists()


@pytest.mark.parametrize(
    ("whom", "role", "where", "sentence"),
    [
        ("administrator", "author", "parks", "Nobody changes their own roles."),
        ("newcomer", "author", None, "Authors and editors belong to a department"),
        ("newcomer", "webmaster", "parks", "the other roles belong to none"),
    ],
)
def test_a_refusal_is_the_forms_error(
    client: Client, whom: str, role: str, where: str | None, sentence: str
) -> None:
    client.force_login(person("administrator"))
    typed = {"person": person(whom).pk, "role": role, "department": department(where).pk if where else ""}
    answer = client.post(reverse("memberships:add"), typed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Membership.objects.filter(person=person(whom)).exists()


def test_ending_ones_own_role_is_refused_on_the_screen(client: Client) -> None:
    webmaster = person("webmaster")
    webmaster.groups.add(Group.objects.get(name=MEMBERSHIP_ADMINISTRATORS))
    client.force_login(webmaster)
    url = reverse("memberships:delete", args=[webmaster.memberships.get().pk])
    answer = client.post(url, follow=True)
    assert "Nobody changes their own roles." in answer.content.decode()
    assert webmaster.memberships.exists()


@pytest.mark.parametrize("name", ["admin", "webmaster", "editor.parks"])
def test_without_the_right_there_is_no_screen(client: Client, name: str) -> None:
    user, membership = person(name), person("champion").memberships.get()
    client.force_login(user)
    home = reverse("wagtailadmin_home")
    typed = {"person": person("newcomer").pk, "role": "agent", "department": ""}
    assert client.get(reverse("memberships:index")).url == home
    assert client.post(reverse("memberships:add"), typed).url == home
    assert client.post(reverse("memberships:delete", args=[membership.pk])).url == home
    assert not Membership.objects.filter(person=person("newcomer")).exists()
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_a_user_form_gives_no_role(client: Client) -> None:
    client.force_login(person("admin"))
    newcomer = person("newcomer")
    form = client.get(reverse("wagtailusers_users:edit", args=[newcomer.pk])).content.decode()
    assert "membership" not in form.replace(MEMBERSHIP_ADMINISTRATORS, "").lower()


@pytest.mark.parametrize("door", ["one", "many"])
def test_nobody_is_deleted(client: Client, door: str) -> None:
    client.force_login(person("admin"))
    author = person("author.parks")
    url = reverse("wagtailusers_users:delete", args=[author.pk])
    if door == "many":
        url = reverse("wagtail_bulk_action", args=["auth", "user", "delete"]) + f"?id={author.pk}"
    answer = client.post(url, follow=True)
    assert "Nobody is deleted" in answer.content.decode()
    assert type(author).objects.filter(pk=author.pk).exists()


def test_no_snippet_shows_the_organisation() -> None:
    assert not [found for found in run_checks() if found.id == "organisation.E001"]
