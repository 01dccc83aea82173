"""Addresses that wait: a submission reserves where its documents would stand, until it ends."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms.core.errors import Refusal, Refused
from cms.publications import current, documents
from cms.publications import rules as log_rules
from cms.publications.models import Item

from .models import Submission, SubmissionDocument
from .vocabulary import State


def waiting() -> QuerySet[SubmissionDocument]:
    """The documents that wait to be published at an address."""
    return SubmissionDocument.objects.filter(open=True, path__isnull=False).select_related("document")


def holder(path: str, *, besides: Item) -> SubmissionDocument | None:
    """The waiting document that has reserved an address, unless it is of the same item."""
    return SubmissionDocument.objects.filter(path=path, open=True).exclude(item=besides).first()


def reserve(**fields: Any) -> SubmissionDocument:
    """Let a document wait. Raises `Refused` where somebody was a moment faster."""
    try:
        with transaction.atomic():
            return SubmissionDocument.objects.create(**fields)
    except IntegrityError as taken:
        raise Refused(log_rules.path_taken(_("Another text"))) from taken


def why_not_stand_at(path: str, item: Item) -> Refusal | None:
    """Why an item can't move to an address: a submission that waits has reserved it."""
    return log_rules.path_taken(_("Another text")) if holder(path, besides=item) else None


def hold() -> list[int]:
    """Lock the submissions that wait, before any item and before the head, as deciding does. A move changes
    what they reserve."""
    rows = Submission.objects.select_for_update(no_key=True).filter(state=State.OPEN)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def follow_moves(held: list[int]) -> None:
    """After a page has moved: what waits beneath it in the submissions that are held reserves the new
    address. Where that is reserved already, it reserves nothing, and the log decides who comes first."""
    for row in waiting().filter(submission__in=held):
        document = documents.read(row.document)
        if document is None or not document["parent"]:
            continue
        path = current.path_for(document)
        together = SubmissionDocument.objects.filter(submission=row.submission_id, item=document["parent"])
        if path == row.path or together.exists():
            continue
        taken = path is not None and SubmissionDocument.objects.filter(path=path, open=True).exists()
        SubmissionDocument.objects.filter(pk=row.pk).update(path=None if taken else path)
