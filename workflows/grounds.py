"""The grounds of our permits, derived again from the rows of verdicts and deeds."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms.core.errors import Refusal
from cms.publications.models import Permit
from cms.publications.vocabulary import EntryKind, Lane

from .models import Debt, DirectDeed, Redaction, Submission
from .vocabulary import URGENT_KINDS, Decision, Deed, Outcome, Stage, State


def verify_submission(permit: Permit) -> Refusal | None:
    """An author, an editor and a webmaster, three different people, saw this very document."""
    submission = (
        Submission.objects.filter(pk=permit.grounds["id"]).prefetch_related("verdicts", "writers").first()
    )
    if submission is None or submission.state != State.PUBLISHED or _carried_out_before(permit):
        return _unfounded()
    row = submission.documents.filter(item_id=permit.item_id).select_related("document").first()
    approvals = {v.stage: v for v in submission.verdicts.all() if v.decision == Decision.APPROVE}
    if row is None or set(approvals) != {Stage.DEPARTMENT, Stage.WEBMASTER}:
        return _unfounded()
    deciders = {v.by_id for v in approvals.values()}
    writers = {w.pk for w in submission.writers.all()} | {submission.by_id}
    withdraws = submission.deed == Deed.WITHDRAW
    holds = (
        permit.lane == Lane.REVIEWED
        and len(deciders) == 2
        and not deciders & writers
        and all(v.seen == submission.sha for v in approvals.values())
        and permit.kind == (EntryKind.WITHDRAWN if withdraws else EntryKind.PUBLISHED)
        and permit.document_id == (None if withdraws else row.document_id)
        and permit.based_on == row.based_on
        and permit.people == [submission.by_id, *(approvals[stage].by_id for stage in Stage.values)]
        and (not withdraws or permit.payload == submission.withdrawal)
    )
    return None if holds else _unfounded()


def verify_deed(permit: Permit) -> Refusal | None:
    """A champion or a webmaster did this alone, with a reason, and may do it alone."""
    deed = DirectDeed.objects.filter(pk=permit.grounds["id"]).select_related("item").first()
    if deed is None or not deed.reason.strip() or _carried_out_before(permit):
        return _unfounded()
    allowed = {
        Lane.URGENT: deed.item.kind in URGENT_KINDS
        and permit.kind in (EntryKind.PUBLISHED, EntryKind.WITHDRAWN),
        Lane.WEBMASTER: permit.kind in (EntryKind.MOVED, EntryKind.TRANSFERRED),
    }
    holds = (
        allowed.get(Lane(permit.lane), False)
        and (deed.item_id, deed.kind, deed.lane) == (permit.item_id, permit.kind, permit.lane)
        and deed.document_id == permit.document_id
        and permit.people == [deed.by_id]
        and permit.payload.get("reason") == deed.reason
    )
    return None if holds else _unfounded()


def verify_debt(permit: Permit) -> Refusal | None:
    """Somebody else than the publisher ended a debt by withdrawing the item."""
    debt = Debt.objects.filter(pk=permit.grounds["id"]).first()
    holds = (
        debt is not None
        and debt.item_id == permit.item_id
        and permit.kind == EntryKind.WITHDRAWN
        and debt.outcome == Outcome.WITHDRAWN
        and debt.ended_by_id is not None
        and debt.ended_by_id != debt.by_id
        and not _carried_out_before(permit)
    )
    return None if holds else _unfounded()


def verify_redaction(permit: Permit) -> Refusal | None:
    """Two people, with the legal ground."""
    row = Redaction.objects.filter(pk=permit.grounds["id"]).select_related("entry").first()
    holds = (
        row is not None
        and permit.kind == EntryKind.REDACTED
        and bool(row.ground.strip())
        and row.confirmed_by_id not in (None, row.asked_by_id)
        and row.entry.item_id == permit.item_id
        and row.entry.document_id == permit.document_id
    )
    return None if holds else _unfounded()


def _carried_out_before(permit: Permit) -> bool:
    """What people decided once about an item is carried out once."""
    others = Permit.objects.filter(item=permit.item_id, entry__isnull=False).exclude(pk=permit.pk)
    return permit.grounds in others.values_list("grounds", flat=True)


def _unfounded() -> Refusal:
    return Refusal("grounds", _("The verdicts that this needs are not there."))
