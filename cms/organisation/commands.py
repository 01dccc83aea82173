"""Every change to the organisation: one function, one deed, atomic, audited."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.canonical import sha256
from cms.core.errors import Refusal, Refused, refuse_if

from .models import AccessToken, Department, Membership, StandIn
from .queries import may_change_memberships
from .rules import (
    why_not_appoint_stand_in,
    why_not_change_department,
    why_not_change_membership,
    why_not_end_stand_in,
)
from .vocabulary import SUPERVISORS, WRITERS, WRITING_ROLES, Role

TOKEN_PREFIX = "oa_"  # noqa: S105
LONGEST_TOKEN_LIFE = timedelta(days=366)
# Which roles bring people into which group, so that the admin opens to them.
GROUPS = {WRITERS: WRITING_ROLES, SUPERVISORS: frozenset({Role.SUPERVISOR})}


@transaction.atomic
def create_department(
    *, code: str, name: str, deputy: Department | None = None, email: str = "", by: AbstractUser | None
) -> Department:
    """A new department. `by` is `None` for the command line; others need the right to change memberships."""
    _refuse_department(None, name, deputy, by, code=code)
    department = Department.objects.create(code=code, name=name, deputy=deputy, email=email)
    audit.record("department made", department, by=by, **_department_details(department))
    return department


@transaction.atomic
def change_department(
    department: Department, *, name: str, deputy: Department | None, email: str, by: AbstractUser | None
) -> None:
    """Rename a department, or give it another deputy or address. Its code stays: published items name it."""
    _refuse_department(department, name, deputy, by)
    department.refresh_from_db()
    before = _department_details(department)
    department.name, department.deputy, department.email = name, deputy, email
    after = _department_details(department)
    if before != after:
        department.save(update_fields=["name", "deputy", "email"])
        audit.record("department changed", department, by=by, before=before, after=after)


@transaction.atomic
def grant_membership(
    *, person: AbstractUser, role: str, department: Department | None = None, by: AbstractUser
) -> Membership:
    """Give `person` a role. Raises `Refused` without the right, or on oneself."""
    refuse_if(_why_not(by, person, role, department))
    membership, made = Membership.objects.get_or_create(person=person, role=role, department=department)
    if made:
        audit.record("membership granted", membership, by=by, person=person.pk, role=role)
        sync_groups(person)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: AbstractUser) -> None:
    """Take a role away. Raises `Refused` without the right, or on oneself."""
    refuse_if(_why_not(by, membership.person, membership.role, membership.department))
    person = membership.person
    audit.record("membership ended", membership, by=by, person=person.pk, role=membership.role)
    membership.delete()
    sync_groups(person)


@transaction.atomic
def appoint_stand_in(
    *, person: AbstractUser, stands_in_for: AbstractUser, first_day: date, last_day: date, by: AbstractUser
) -> StandIn:
    """Let `person` act for another, both days included. Raises `Refused` as the rule says."""
    refuse_if(
        why_not_appoint_stand_in(
            appointer_id=by.pk,
            has_right=may_change_memberships(by),
            person_id=person.pk,
            stands_in_for_id=stands_in_for.pk,
            first_day=first_day,
            last_day=last_day,
            today=clock.today(),
        )
    )
    stand_in = StandIn.objects.create(
        person=person, stands_in_for=stands_in_for, first_day=first_day, last_day=last_day
    )
    audit.record("stand-in appointed", stand_in, by=by)
    sync_groups(person)
    return stand_in


@transaction.atomic
def end_stand_in(stand_in: StandIn, *, by: AbstractUser) -> None:
    """End it now, before its last day. The audit trail keeps who stood in for whom, and when."""
    refuse_if(
        why_not_end_stand_in(
            ender_id=by.pk,
            has_right=may_change_memberships(by),
            person_id=stand_in.person_id,
            stands_in_for_id=stand_in.stands_in_for_id,
        )
    )
    audit.record("stand-in ended", stand_in, by=by, person=stand_in.person_id)
    stand_in.delete()
    sync_groups(stand_in.person)


def sync_groups(person: AbstractUser) -> None:
    """Open the admin to whoever writes or supervises, and to those who stand in for them. The groups carry
    Wagtail's permissions; what a person may do there is decided by their memberships, never by a group."""
    standing_in = get_user_model().objects.filter(
        stands_in__stands_in_for=person, stands_in__last_day__gte=clock.today()
    )
    for name, roles in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        for each in {person, *standing_in}:
            if _acts_in(each, roles):
                each.groups.add(group)
            else:
                each.groups.remove(group)


@transaction.atomic
def shut_after_stand_ins(now: datetime | None = None) -> int:
    """Shut the admin to those whose last day as a stand-in is over, and who have no role of their own that
    opens it. Returns to how many."""
    over = get_user_model().objects.filter(groups__name__in=GROUPS, stands_in__last_day__lt=clock.today(now))
    shut = [person for person in over.distinct() if _has_more_than_roles_give(person)]
    for person in shut:
        sync_groups(person)
        audit.record("admin shut after stand-in", person.pk, by=None)
    return len(shut)


def _has_more_than_roles_give(person: AbstractUser) -> bool:
    held = person.groups.filter(name__in=GROUPS).values_list("name", flat=True)
    return any(not _acts_in(person, GROUPS[name]) for name in held)


def _acts_in(person: AbstractUser, roles: Collection[str]) -> bool:
    covered = StandIn.objects.filter(person=person, last_day__gte=clock.today()).values("stands_in_for")
    return Membership.objects.filter(Q(person=person) | Q(person__in=covered), role__in=roles).exists()


@transaction.atomic
def create_token(
    person: AbstractUser, name: str, *, days: int = 90, by: AbstractUser | None
) -> tuple[AccessToken, str]:
    """Make a token for `person`. Returns the row and the secret, which is shown once and not kept.

    `by` is the person themselves, or `None` for the command line.
    """
    if by is not None and by.pk != person.pk:
        raise Refused(Refusal("token-of-another", _("You can make tokens for yourself only."), 403))
    if not person.is_active:
        raise Refused(
            Refusal("token-of-inactive", _("This account is not active, so that a token would be of no use."))
        )
    if not 1 <= days <= LONGEST_TOKEN_LIFE.days:
        raise Refused(Refusal("token-life", _("A token lives between 1 and 366 days."), 422))
    if not name.strip():
        raise Refused(Refusal("token-name", _("Say what the token is for."), 422))
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        person=person,
        name=name.strip()[:80],
        hash=sha256(secret),
        expires_at=clock.now() + timedelta(days=days),
    )
    audit.record("token made", token, by=by, person=person.pk)
    return token, secret


@transaction.atomic
def revoke_token(token: AccessToken, *, by: AbstractUser) -> None:
    """End a token now. Only its person can."""
    if by.pk != token.person_id:
        raise Refused(Refusal("token-of-another", _("You can revoke your own tokens only."), 403))
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        audit.record("token revoked", token, by=by)


def use_token(secret: str) -> AbstractUser | None:
    """The active person whose valid token this is. Notes the use, at most once a minute."""
    token = (
        AccessToken.objects.select_related("person")
        .filter(hash=sha256(secret), revoked_at=None, expires_at__gt=clock.now())
        .first()
    )
    if token is None or not token.person.is_active:
        return None
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.person


def _why_not(
    by: AbstractUser, person: AbstractUser, role: str, department: Department | None
) -> Refusal | None:
    return why_not_change_membership(
        changer_id=by.pk,
        has_right=may_change_memberships(by),
        person_id=person.pk,
        role=role,
        department=department.pk if department else None,
    )


def _refuse_department(
    department: Department | None,
    name: str,
    deputy: Department | None,
    by: AbstractUser | None,
    code: str | None = None,
) -> None:
    refuse_if(
        why_not_change_department(
            has_right=by is None or may_change_memberships(by),
            department_id=department.pk if department else None,
            deputy_id=deputy.pk if deputy else None,
        )
    )
    others = Department.objects.exclude(pk=department.pk if department else None)
    if others.filter(Q(name=name) | Q(code=code)).exists():
        raise Refused(
            Refusal("department-exists", _("There is a department with this name or code already."), 422)
        )


def _department_details(department: Department) -> dict[str, str | None]:
    return {
        "name": department.name,
        "code": department.code,
        "deputy": department.deputy.code if department.deputy else None,
        "email": department.email,
    }
