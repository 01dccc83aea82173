"""What the workflow's API answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractUser

from cms.core import clock
from cms.core.errors import Refusal
from cms.organisation.queries import names, person

from . import queries, rules
from .models import Debt, Submission, Verdict
from .sheets import Leaf, Sheet

Json = dict[str, Any]


def listed(results: Sequence[Json]) -> Json:
    """A whole list in the shape of every list."""
    return {"count": len(results), "next": None, "previous": None, "results": list(results)}


def submission_card(submission: Submission) -> Json:
    """A submission in a list, and as the answer to a deed."""
    people = names([submission.by_id])
    rows = list(submission.documents.select_related("item"))
    return {
        "id": submission.pk,
        "title": queries.title_of(submission),
        "deed": submission.deed,
        "items": [{"id": str(row.item_id), "type": row.item.kind} for row in rows],
        "department": submission.department.code,
        "by": people.get(submission.by_id, ""),
        "submitted": clock.iso(submission.submitted_at),
        "stage": submission.stage,
        "state": submission.state,
        "sha": submission.sha,
    }


def sheet_json(sheet: Sheet) -> Json:
    """A submission in full. What is told of the first document stands at the top, as most have one
    alone; the further documents of a bundle follow under `bundle`."""
    submission = sheet.submission
    return {
        **submission_card(submission),
        **(leaf_json(sheet.leaves[0]) if sheet.leaves else {}),
        "bundle": [leaf_json(leaf) for leaf in sheet.leaves[1:]],
        "note": submission.note,
        "reason": submission.reason,
        "instead": str(submission.instead_id) if submission.instead_id else None,
        "previous": submission.previous_id,
        "writers": sheet.writers,
        "verdicts": [verdict_json(verdict) for verdict in sheet.verdicts],
        "checks": [{"level": check.level, "text": check.text} for check in sheet.checks],
        "next_step": sheet.next_step,
        "stale": sheet.state.stale or None,
        "may": {deed: allowed(refusal) for deed, refusal in sheet.may.items()},
    }


def leaf_json(leaf: Leaf) -> Json:
    return {
        "document": leaf.one.document,
        "published": leaf.one.published,
        "difference": {**leaf.one.difference, "references": leaf.references},
        "since": leaf.one.since,
        "path": leaf.path,
    }


def verdict_json(verdict: Verdict) -> Json:
    return {
        "submission": verdict.submission_id,
        "stage": verdict.stage,
        "decision": verdict.decision,
        "by": names([verdict.by_id]).get(verdict.by_id, ""),
        "reason": verdict.reason,
        "at": clock.iso(verdict.at),
    }


def allowed(refusal: Refusal | None) -> Json:
    """Whether the caller may do a deed, and the sentence that says why not."""
    return {"allowed": refusal is None, "why_not": refusal.sentence if refusal else None}


def debt_json(debt: Debt, user: AbstractUser) -> Json:
    people = names([debt.by_id, debt.ended_by_id or 0])
    return {
        "id": debt.pk,
        "item": str(debt.item_id),
        "type": debt.item.kind,
        "title": debt.item.current.title,
        "entry": debt.entry.cursor,
        "by": people.get(debt.by_id, ""),
        "reason": debt.reason,
        "made": clock.iso(debt.made_at),
        "due": clock.iso(debt.due_at),
        "ended": clock.iso(debt.ended_at) if debt.ended_at else None,
        "ended_by": people.get(debt.ended_by_id or 0) if debt.ended_at else None,
        "outcome": debt.outcome or None,
        "note": debt.note,
        "may_end": allowed(rules.why_not_end_debt(queries.debt_state(debt), person(user), outcome="")),
    }
