"""Who may look at what the workflow holds: those who write or review it. To others it isn't there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import Http404

from cms.organisation.queries import home_department, person
from cms.organisation.rules import Person
from cms.publications.models import Item

from . import queries, rules
from .drafts import DraftOfItem
from .models import Debt, Submission
from .vocabulary import URGENT_KINDS


def can_see(someone: Person, kinds: Iterable[str], department: int) -> bool:
    """Authors and editors of the department, webmasters, supervisors; champions what agents read."""
    return (
        someone.is_author_of(department)
        or someone.is_editor_of(department)
        or someone.is_webmaster
        or someone.is_supervisor
        or (someone.is_champion and set(kinds) <= URGENT_KINDS)
    )


def can_see_submission(someone: Person, submission: Submission) -> bool:
    kinds = [row.item.kind for row in submission.documents.select_related("item")]
    return can_see(someone, kinds, submission.department_id)


def submission_for(user: AbstractUser, pk: int) -> Submission:
    """The submission, for people who may see it; else `Http404`."""
    rows = Submission.objects.select_related("by", "department", "instead__current", "previous")
    submission = rows.filter(pk=pk).first()
    if submission is None or not can_see_submission(person(user), submission):
        raise Http404
    return submission


def may_send(draft: DraftOfItem, user: AbstractUser) -> bool:
    """Whether sending this is this person's, now or when it is complete: for drafts that nobody has saved
    yet, whether it will be."""
    if draft.item_id is None:
        return home_department(user) is not None
    refusal = rules.why_not_submit(person(user), queries.item_state(draft.item))
    return refusal is None or refusal.code != "not-an-author"


def item_for(user: AbstractUser, pk: Any) -> Item:
    """The item, for people who write or review it; else `Http404`."""
    item = Item.objects.select_related("department").filter(pk=pk).first()
    if item is None or not can_see(person(user), [item.kind], item.department_id):
        raise Http404
    return item


def debt_for(user: AbstractUser, pk: int) -> Debt:
    """The debt, for people who may see its item; else `Http404`."""
    rows = Debt.objects.select_related(
        "item__department", "item__current", "entry__document", "by", "ended_by"
    )
    debt = rows.filter(pk=pk).first()
    if debt is None or not can_see(person(user), [debt.item.kind], debt.item.department_id):
        raise Http404
    return debt


def open_debts(user: AbstractUser) -> list[Debt]:
    """Every review still owed that this person may look at, the most urgent first."""
    someone = person(user)
    rows = Debt.objects.filter(ended_at=None).select_related("item__department", "item__current", "by")
    return [debt for debt in rows if can_see(someone, [debt.item.kind], debt.item.department_id)]
