"""Where an item stands, and whose it is: a webmaster moves and hands over, with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.errors import Refusal, Refused, refuse_if
from cms.organisation.models import Department
from cms.organisation.queries import person
from cms.publications import commands as log_commands
from cms.publications import current
from cms.publications import queries as log
from cms.publications import rules as log_rules
from cms.publications.models import Current, Entry, Item
from cms.publications.vocabulary import EntryKind, Lane

from .. import queries, reservations, rules
from ..models import DirectDeed


@transaction.atomic
def move(
    item: Item, *, by: AbstractUser, reason: str, slug: str | None = None, parent: Item | None = None
) -> Entry:
    """Give a published item another last part of its address, or another page above it. What stands
    beneath follows; the old addresses lead to the new ones."""
    refuse_if(rules.why_not_place(person(by), queries.item_state(item), reason=reason))
    held = reservations.hold()
    item = _locked(item)
    refuse_if(rules.why_not_place(person(by), queries.item_state(item), reason=reason))
    row = Current.objects.get(pk=item.pk)
    new_slug = row.slug if slug is None else slug
    new_parent = row.parent_id if parent is None else parent.pk
    try:
        validate_slug(new_slug)
    except ValidationError as error:
        raise Refused(Refusal("slug", _("Use small letters, digits and hyphens."), 422)) from error
    if (new_slug, new_parent) == (row.slug, row.parent_id) or row.path is None:
        raise Refused(Refusal("unmoved", _("It stands there already.")))
    if current.stands_beneath(new_parent, item.pk):
        raise Refused(log_rules.beneath_itself())
    payload = {"slug": new_slug, "parent": str(new_parent) if new_parent else None}
    path = current.path_for({"kind": item.kind, **payload})
    refuse_if(reservations.why_not_stand_at(path, item) if path else None)
    entry = _spend(item, EntryKind.MOVED, payload, by=by, reason=reason)
    reservations.follow_moves(held)
    return entry


@transaction.atomic
def transfer(item: Item, *, by: AbstractUser, reason: str, department: Department) -> Entry:
    """Hand a published item to another department."""
    item = _locked(item)
    refuse_if(rules.why_not_place(person(by), queries.item_state(item), reason=reason))
    if department.pk == item.department_id:
        raise Refused(Refusal("unmoved", _("It belongs to this department already.")))
    return _spend(item, EntryKind.TRANSFERRED, {"department": department.code}, by=by, reason=reason)


def _locked(item: Item) -> Item:
    return (
        Item.objects.select_for_update(of=("self",), no_key=True).select_related("department").get(pk=item.pk)
    )


def _spend(item: Item, kind: str, payload: dict[str, Any], *, by: AbstractUser, reason: str) -> Entry:
    deed = DirectDeed.objects.create(item=item, kind=kind, lane=Lane.WEBMASTER, by=by, reason=reason.strip())
    permit = log_commands.issue(
        item,
        None,
        kind=kind,
        lane=Lane.WEBMASTER,
        grounds={"type": "deed", "id": deed.pk},
        people=[by.pk],
        based_on=log.newest_seq(item),
        payload={**payload, "reason": reason.strip()},
    )
    (entry,) = log_commands.spend([permit], by=by)
    return entry
