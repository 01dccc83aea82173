"""A submission tried out: what would be sent, and what stands in the way. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from cms.core.canonical import sha256
from cms.core.errors import Refusal, Refused
from cms.organisation.queries import people_who_can, person
from cms.organisation.vocabulary import Role
from cms.publications import differences, documents, registry
from cms.publications import queries as log
from cms.publications.models import Current, Item
from cms.publications.vocabulary import Status

from . import commands, queries, rules
from .sheets import reference_changes

Doc = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One item of what would be sent."""

    item: Item
    document: Doc
    published: Doc | None
    difference: Doc
    references: list[Doc]
    missing: Sequence[str]

    @property
    def kind_label(self) -> str:
        return str(registry.kind(self.item.kind).label)


@dataclass(frozen=True)
class Rehearsal:
    """What submitting `parts` would come to."""

    parts: list[Part]
    refusal: Refusal | None
    editors: int
    webmasters: int
    together: list[Item] = field(default_factory=list)

    @property
    def sha(self) -> str:
        """Of all that would be sent, as it is shown."""
        return sha256("".join(documents.digest(part.document) for part in self.parts))

    @property
    def title(self) -> str:
        return self.parts[0].document["title"] if self.parts else ""


def rehearse(item: Item, user: AbstractUser) -> Rehearsal:
    """Try to submit `item`, with the unpublished pages above it, and undo it again."""
    with transaction.atomic():
        together = _above(item, user)
        parts = [_part(one) for one in [item, *together]]
        refusal = _try([item, *together], user)
        transaction.set_rollback(True)
    bound = {user.pk, *(w for one in [item, *together] for w in queries.writers_since_review(one) if w)}
    return Rehearsal(
        parts=parts,
        refusal=refusal,
        editors=people_who_can(Role.EDITOR, item.department).exclude(pk__in=bound).count(),
        webmasters=people_who_can(Role.WEBMASTER).exclude(pk__in=bound).count(),
        together=together,
    )


def _part(item: Item) -> Part:
    kind = registry.kind(item.kind)
    document = kind.compose(kind.draft(item))
    published = log.published_document(item)
    return Part(
        item=item,
        document=document,
        published=published,
        difference=differences.difference(published, document),
        references=reference_changes(published, document),
        missing=kind.missing(document),
    )


def _above(item: Item, user: AbstractUser) -> list[Item]:
    """The unpublished pages above an item that its author may send together with it."""
    found: list[Item] = []
    someone = person(user)
    child = item
    while True:
        kind = registry.kind(child.kind)
        parent_id = kind.compose(kind.draft(child))["parent"]
        if not parent_id or Current.objects.filter(pk=parent_id, status=Status.PUBLISHED).exists():
            return found
        parent = Item.objects.select_related("department").filter(pk=parent_id).first()
        if parent is None or parent.department_id != item.department_id or parent in [item, *found]:
            return found
        if rules.why_not_submit(someone, queries.item_state(parent)) is not None:
            return found
        found.append(parent)
        child = parent


def _try(items: Sequence[Item], user: AbstractUser) -> Refusal | None:
    try:
        commands.submit(items, by=user)
    except Refused as refused:
        return refused.refusal
    return None
