"""`/api/v1/workflow/items/{id}/publish-urgent` and `/staff-notice`: what a champion does alone."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from cms.core.errors import Refusal, Refused
from cms.organisation.auth import STAFF
from cms.publications import queries as log
from cms.publications.models import Entry, Item

from . import commands
from .composer import Fields, fields_of_document
from .vocabulary import ARTICLE

router = Router(auth=STAFF)
CURSOR = re.compile(r"(?:[1-9]\d{0,8}-)?(\d{1,18})", re.ASCII)


class UrgentIn(Schema):
    """The fields to correct, as typed; what is left out stays as it is published."""

    reason: str = Field("", max_length=5000)
    based_on: str = Field(description="The `cursor` of the item when its text was read.")
    question: str | None = None
    short_answer: str | None = None
    answer: str | None = None
    ask_caller: str | None = None
    internal_contacts: str | None = None
    pass_on: str | None = None
    service: UUID | None = None
    quotes: list[UUID] | None = Field(None, description="Keys of facts of the service.")
    tags: list[str] | None = None
    handling_class: str | None = None
    review_on: date | None = None


class NoticeIn(Schema):
    text: str = ""
    reason: str = Field("", max_length=5000)
    until: datetime | None = None


class EntryOut(Schema):
    item: UUID
    cursor: str
    at: datetime


@router.post(
    "/items/{uuid:item_id}/publish-urgent",
    response=EntryOut,
    summary="Correct a published article at once; leaves a review that somebody else owes",
)
def publish_urgent(request: HttpRequest, item_id: UUID, correction: UrgentIn) -> EntryOut:
    item = _item(item_id)
    by: Any = request.user
    document = log.published_document(item) if item.kind == ARTICLE else None
    fields = _corrected(fields_of_document(document), correction) if document else Fields()
    entry = commands.correct_urgently(
        item, fields=fields, by=by, reason=correction.reason, based_on=_seq(correction.based_on)
    )
    return _told(entry)


@router.post(
    "/items/{uuid:item_id}/staff-notice",
    response=EntryOut,
    summary="Put a staff notice on a published item; agents see it above the answer",
)
def staff_notice(request: HttpRequest, item_id: UUID, notice: NoticeIn) -> EntryOut:
    by: Any = request.user
    until = make_aware(notice.until) if notice.until and is_naive(notice.until) else notice.until
    entry = commands.put_staff_notice(
        _item(item_id), text=notice.text, by=by, reason=notice.reason, until=until
    )
    return _told(entry)


def _item(item_id: UUID) -> Item:
    item = Item.objects.select_related("department").filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


def _corrected(published: Fields, correction: UrgentIn) -> Fields:
    given = correction.model_dump(exclude={"reason", "based_on"}, exclude_unset=True)
    changes: dict[str, Any] = {}
    for name, value in given.items():
        if name == "service":
            changes[name] = str(value) if value else None
        elif name in ("quotes", "tags"):
            changes[name] = tuple(str(each) for each in value or ())
        elif name == "review_on":
            changes[name] = value
        else:
            changes[name] = value or ""
    return published.but(**changes)


def _seq(cursor: str) -> int:
    """`1-42` → 42: the item's newest entry when its text was read."""
    written = CURSOR.fullmatch(cursor)
    if written is None:
        raise Refused(
            Refusal("cursor", _("Send the item's cursor as it was when you read its text, like 1-42."), 422)
        )
    return int(written[1])


def _told(entry: Entry) -> EntryOut:
    return EntryOut(item=entry.item_id, cursor=entry.cursor, at=entry.at)
