"""The urgent lane: a champion puts an article or a staff notice in front of agents at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.errors import Refused, refuse_if
from cms.organisation.queries import people_who_can, person
from cms.organisation.vocabulary import Role
from cms.publications import commands as log_commands
from cms.publications import current, documents, registry
from cms.publications import queries as log
from cms.publications.models import Entry, Item
from cms.publications.vocabulary import EntryKind, Lane

from .. import letters, queries, rules
from ..drafts import note_writer
from ..models import Debt, DirectDeed
from .submissions import why_not_instead

DEBT_IS_DUE_AFTER = timedelta(days=3)


@transaction.atomic
def publish_urgent(
    item: Item, document: dict[str, Any], *, by: AbstractUser, reason: str, based_on: int | None
) -> Entry:
    """Publish `document`, which was made from what was published at `based_on`, never from a draft.

    Leaves a debt that somebody else has to end. Raises `Refused`.
    """
    item = (
        Item.objects.select_for_update(of=("self",), no_key=True).select_related("department").get(pk=item.pk)
    )
    newest = current.newest_change(item.pk)
    refuse_if(
        rules.why_not_publish_urgent(
            person(by),
            item.kind,
            reason=reason,
            missing=tuple(registry.kind(item.kind).missing(document)),
            stale=log_commands.describe(newest) if newest and newest.seq != based_on else "",
        )
    )
    row = documents.store(document)
    note_writer(item, by)
    deed = DirectDeed.objects.create(
        item=item, kind=EntryKind.PUBLISHED, lane=Lane.URGENT, document=row, by=by, reason=reason.strip()
    )
    return _spend(deed, based_on=based_on, payload={"reason": reason.strip()}, by=by)


@transaction.atomic
def withdraw_urgent(item: Item, *, by: AbstractUser, reason: str, instead: Item | None = None) -> Entry:
    """Withdraw an article or a staff notice at once, with a reason. Leaves a debt as well."""
    item = (
        Item.objects.select_for_update(of=("self",), no_key=True).select_related("department").get(pk=item.pk)
    )
    refuse_if(rules.why_not_withdraw_urgent(person(by), queries.item_state(item), reason=reason))
    if instead is not None:
        refuse_if(why_not_instead(item, instead))
    deed = DirectDeed.objects.create(
        item=item, kind=EntryKind.WITHDRAWN, lane=Lane.URGENT, by=by, reason=reason.strip()
    )
    payload = {"reason": reason.strip(), "instead": str(instead.pk) if instead else None}
    return _spend(deed, based_on=log.newest_seq(item), payload=payload, by=by)


def publish_emergency(item: Item, *, by: AbstractUser, reason: str) -> Entry:
    """The emergency lane comes later; until then it is refused with a sentence."""
    raise Refused(rules.why_not_publish_emergency())


def _spend(deed: DirectDeed, *, based_on: int | None, payload: dict[str, Any], by: AbstractUser) -> Entry:
    permit = log_commands.issue(
        deed.item,
        deed.document_id,
        kind=deed.kind,
        lane=Lane.URGENT,
        grounds={"type": "deed", "id": deed.pk},
        people=[by.pk],
        based_on=based_on,
        payload=payload,
    )
    (entry,) = log_commands.spend([permit], by=by)
    debt = Debt.objects.create(
        entry=entry, item=deed.item, by=by, reason=deed.reason, due_at=clock.now() + DEBT_IS_DUE_AFTER
    )
    audit.record("debt made", debt.pk, by=by, entry=entry.cursor)
    reviewers = people_who_can(Role.EDITOR, deed.item.department).exclude(pk=by.pk)
    subject = (
        _("Withdrawn at once, look at it: %(title)s")
        if deed.kind == EntryKind.WITHDRAWN
        else _("Published at once, look at it: %(title)s")
    )
    letters.tell_debt(debt, reviewers, subject % {"title": deed.item.current.title})
    return entry
