"""The lists that people find on their first screen: what waits, what they sent, what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.urls import reverse

from cms.core import clock
from cms.organisation.queries import names, person
from cms.publications import registry
from workflows import access, queries
from workflows.models import Debt, Submission, Verdict
from workflows.vocabulary import Decision, Deed, State

ICONS = {
    State.OPEN: "time",
    State.SENT_BACK: "arrow-left",
    State.TAKEN_BACK: "arrow-left",
    State.REPLACED: "rotate",
    State.PUBLISHED: "circle-check",
}
OWN_SHOWN = 8


@dataclass(frozen=True)
class Row:
    """One submission in a list."""

    title: str
    url: str
    kind: str
    withdraws: bool
    by: str
    department: str
    stage: str
    state: str
    state_label: str
    icon: str
    since: datetime
    reason: str = ""
    reason_by: str = ""
    edit_url: str = ""


@dataclass(frozen=True)
class DebtRow:
    """One review that is owed, in a list."""

    title: str
    url: str
    by: str
    reason: str
    since: datetime
    due: datetime
    late: bool = field(default=False)


def waiting_rows(user: AbstractUser) -> list[Row]:
    """What waits for a person, oldest first, since it came to its stage."""
    return _rows(queries.waiting_for(user))


def own_rows(user: AbstractUser) -> list[Row]:
    """What a person has sent lately, with the reviewers' reason where it was sent back."""
    someone = person(user)
    own = queries.own_submissions(user).select_related("by", "department")
    return _rows(row for row in own[:OWN_SHOWN] if access.can_see_submission(someone, row))


def debt_rows(user: AbstractUser) -> list[DebtRow]:
    """The reviews owed that a person could end."""
    debts = queries.debts_for(user)
    people = names(debt.by_id for debt in debts)
    return [_debt_row(debt, people) for debt in debts]


def _rows(submissions: Iterable[Submission]) -> list[Row]:
    found = list(submissions)
    people = names({row.by_id for row in found} | {v.by_id for row in found for v in row.verdicts.all()})
    return sorted((_row(row, people) for row in found), key=_order)


def _order(row: Row) -> Any:
    """What waits is worked through from the oldest; what ended is looked up from the newest."""
    return (row.state != State.OPEN, row.since.timestamp() * (1 if row.state == State.OPEN else -1))


def _row(submission: Submission, people: dict[int, str]) -> Row:
    verdicts = sorted(submission.verdicts.all(), key=lambda verdict: verdict.pk)
    back = _sent_back(submission, verdicts)
    items = [row.item for row in submission.documents.all()]
    return Row(
        title=queries.title_of(submission),
        url=reverse("workflows_review", args=[submission.pk]),
        kind=", ".join(dict.fromkeys(str(registry.kind(item.kind).label) for item in items)),
        withdraws=submission.deed == Deed.WITHDRAW,
        by=people.get(submission.by_id, ""),
        department=submission.department.name,
        stage=submission.get_stage_display(),
        state=submission.state,
        state_label=submission.get_state_display(),
        icon=ICONS[State(submission.state)],
        since=submission.ended_at or (verdicts[-1].at if verdicts else submission.submitted_at),
        reason=back.reason if back else "",
        reason_by=people.get(back.by_id, "") if back else "",
        edit_url=registry.kind(items[0].kind).edit_url(items[0]) if back and items else "",
    )


def _sent_back(submission: Submission, verdicts: list[Verdict]) -> Verdict | None:
    if submission.state != State.SENT_BACK:
        return None
    return next((v for v in reversed(verdicts) if v.decision == Decision.SEND_BACK), None)


def _debt_row(debt: Debt, people: dict[int, str]) -> DebtRow:
    return DebtRow(
        title=debt.item.current.title,
        url=reverse("workflows_debt", args=[debt.pk]),
        by=people.get(debt.by_id, ""),
        reason=debt.reason,
        since=debt.made_at,
        due=debt.due_at,
        late=debt.due_at <= clock.now(),
    )
