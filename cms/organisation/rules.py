"""Who someone is to the rules: a person with roles, and whom they may act for today. No queries here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cms.core.errors import Refusal

from .vocabulary import DEPARTMENT_ROLES, Role


@dataclass(frozen=True)
class Post:
    """A role in a department (`None`: the whole municipality), held oneself or for someone else today."""

    role: str
    department: int | None
    held_by: int


@dataclass(frozen=True)
class Person:
    """What rules know about a person. `posts` includes those of the people they stand in for today."""

    id: int
    name: str
    posts: frozenset[Post] = frozenset()
    active: bool = True

    def has(self, role: str, department: int | None = None) -> bool:
        """Whether the person may act as `role` (of `department`, for authors and editors) today."""
        return self.active and any(p.role == role and p.department == department for p in self.posts)

    def is_author_of(self, department: int) -> bool:
        return self.has(Role.AUTHOR, department)

    def is_editor_of(self, department: int) -> bool:
        return self.has(Role.EDITOR, department)

    @property
    def is_webmaster(self) -> bool:
        return self.has(Role.WEBMASTER)

    @property
    def is_champion(self) -> bool:
        return self.has(Role.CHAMPION)

    @property
    def is_supervisor(self) -> bool:
        return self.has(Role.SUPERVISOR)

    @property
    def is_staff_reader(self) -> bool:
        """Whoever has any role reads what is meant for staff."""
        return self.active and bool(self.posts)


def why_not_change_membership(
    *, changer_id: int, has_right: bool, person_id: int, role: str, department: int | None
) -> Refusal | None:
    """Rule 6: the right is one of its own, superusers need it too, and nobody uses it on themselves."""
    if not has_right:
        return Refusal(
            "membership-right-missing",
            _("Only people with the right to change memberships can do this. Ask your administrator."),
            403,
        )
    if changer_id == person_id:
        return Refusal(
            "own-membership", _("Nobody changes their own roles. Ask a colleague with this right."), 403
        )
    if (role in DEPARTMENT_ROLES) != (department is not None):
        return Refusal(
            "role-and-department",
            _("Authors and editors belong to a department; the other roles belong to none."),
            422,
        )
    return None


def why_not_change_department(
    *, has_right: bool, department_id: int | None, deputy_id: int | None
) -> Refusal | None:
    """Departments decide who may approve what, so that they need the same right as memberships."""
    if not has_right:
        return Refusal(
            "department-right-missing",
            _("Only people with the right to change memberships change departments. Ask your administrator."),
            403,
        )
    if deputy_id is not None and deputy_id == department_id:
        return Refusal(
            "own-deputy", _("A department can't be its own deputy. Choose another one, or none."), 422
        )
    return None


def why_not_appoint_stand_in(
    *,
    appointer_id: int,
    has_right: bool,
    person_id: int,
    stands_in_for_id: int,
    first_day: date,
    last_day: date,
    today: date,
) -> Refusal | None:
    """People appoint their own stand-in; others need the right; nobody makes themselves a stand-in."""
    if appointer_id == person_id or not (appointer_id == stands_in_for_id or has_right):
        return Refusal(
            "stand-in-right-missing",
            _("You can appoint your own stand-in; others are appointed by an administrator."),
            403,
        )
    if person_id == stands_in_for_id:
        return Refusal("own-stand-in", _("Choose another person: nobody stands in for themselves."), 422)
    if last_day < first_day:
        return Refusal("stand-in-dates", _("The last day comes before the first. Turn them round."), 422)
    if last_day < today:
        return Refusal("stand-in-past", _("The last day is over. Choose today or a later day."), 422)
    return None


def why_not_end_stand_in(
    *, ender_id: int, has_right: bool, person_id: int, stands_in_for_id: int
) -> Refusal | None:
    """Either of the two ends it, or somebody with the right."""
    if ender_id in (person_id, stands_in_for_id) or has_right:
        return None
    return Refusal(
        "stand-in-right-missing",
        _("Only the two people concerned, or an administrator, can end this."),
        403,
    )
