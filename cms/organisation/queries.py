"""Reading the organisation."""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, AnonymousUser, Permission
from django.db import connection
from django.db.models import Q, QuerySet

from cms.core import clock

from .models import Department, Membership, StandIn
from .rules import Person, Post
from .vocabulary import DEPARTMENT_ROLES, Role

NOBODY = Person(id=0, name="", active=False)
# A person's own, and those of people for whom they stand in. Every request of staff asks it: to put it together
# in Django takes five times as long as to answer it.
_POSTS = f"""
    SELECT m.role, m.department_id, m.person_id FROM {Membership._meta.db_table} m
    JOIN {get_user_model()._meta.db_table} p ON p.id = m.person_id
    WHERE p.id = %s OR (p.is_active AND p.id IN (
        SELECT stands_in_for_id FROM {StandIn._meta.db_table}
        WHERE person_id = %s AND first_day <= %s AND last_day >= %s))
"""


def person(user: AbstractUser | AnonymousUser | None) -> Person:
    """What the rules know about `user` today. Being a superuser adds nothing to it (rule 6)."""
    if user is None or not user.is_authenticated:
        return NOBODY
    today = clock.today().isoformat()
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, [user.pk, user.pk, today, today])
        rows = cursor.fetchall()
    return Person(
        id=user.pk,
        name=user.get_full_name() or user.get_username(),
        posts=frozenset(Post(role, department, holder) for role, department, holder in rows),
        active=user.is_active,
    )


def people_who_can(role: str, department: Department | None = None) -> QuerySet:
    """Active people who may act as `role` today, themselves or as a stand-in."""
    today = clock.today()
    holders = Membership.objects.filter(role=role, department=department).values("person")
    stand_ins = StandIn.objects.filter(
        stands_in_for__in=holders,
        stands_in_for__is_active=True,
        first_day__lte=today,
        last_day__gte=today,
    ).values("person")
    return (
        get_user_model()
        .objects.filter(Q(pk__in=holders) | Q(pk__in=stand_ins), is_active=True)
        .order_by("username")
    )


def departments_written_for(user: AbstractUser) -> list[Department]:
    """The departments that `user` writes for, by name."""
    someone = person(user)
    ids = {post.department for post in someone.posts if post.role in DEPARTMENT_ROLES}
    return list(Department.objects.filter(pk__in=ids))


def home_department(user: AbstractUser) -> Department | None:
    """Where a text that `user` begins belongs (rule 7): the department they joined first as author,
    else as editor. `None` for people who write for no department."""
    for role in (Role.AUTHOR, Role.EDITOR):
        own = (
            Membership.objects.filter(person_id=user.pk, role=role)
            .select_related("department")
            .order_by("pk")
            .first()
        )
        if own is not None:
            return own.department
    return None


def may_change_memberships(user: AbstractUser | AnonymousUser) -> bool:
    """The right itself, granted to the person or to a group; a superuser's blanket right is none."""
    return (
        user.is_active
        and Permission.objects.filter(
            Q(user=user) | Q(group__user=user),
            content_type__app_label="organisation",
            codename="change_membership",
        ).exists()
    )


def names(ids: Iterable[int]) -> dict[int, str]:
    """Full names (or user names) of the people with these numbers."""
    users = get_user_model().objects.filter(pk__in=set(ids))
    return {user.pk: user.get_full_name() or user.get_username() for user in users}
