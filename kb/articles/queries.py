"""Reading what articles may quote, and which staff notices stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet

from cms.core import clock
from cms.organisation.queries import departments_written_for, person
from cms.publications import documents, facts
from cms.publications import queries as log
from cms.publications.models import Current, CurrentFact, Item
from cms.publications.vocabulary import Audience, EntryKind, Status

from .vocabulary import SERVICE, STAFF_NOTICE


@dataclass(frozen=True)
class Quotable:
    """A fact that can be quoted: its key, what it is called, and what it says on the day."""

    key: str
    name: str
    value: str


def quotable_facts(service: Item | UUID | str | None) -> list[Quotable]:
    """The facts of a published service, each once, in its order, as they stand today."""
    if service is None:
        return []
    try:
        pk = service.pk if isinstance(service, Item) else UUID(str(service))
    except ValueError:
        return []
    by_key: dict[str, list[dict[str, Any]]] = {}
    rows = CurrentFact.objects.filter(item_id=pk, item__kind=SERVICE).order_by("position")
    for number, value in rows.values_list("key", "value"):
        by_key.setdefault(str(number), []).append(value)
    today = clock.today()
    result = []
    for key, versions in by_key.items():
        fact = (facts.in_effect(versions, today) or facts.upcoming(versions, today) or versions[-1:])[0]
        result.append(Quotable(key, str(facts.LABELS[fact["kind"]]), facts.one_line(fact)))
    return result


def services_for(user: AbstractUser) -> QuerySet[Current]:
    """The published services under which a person may write an article, by department and title."""
    rows = log.listing(Audience.STAFF, kinds=[SERVICE])
    if not person(user).is_champion:
        rows = rows.filter(department__in=departments_written_for(user))
    return rows.order_by("department__name", "title")


def title_of(item_id: UUID | str) -> str:
    """What an item is or was called; its number where it was never published."""
    title = Current.objects.filter(pk=item_id).values_list("title", flat=True).first()
    return title or str(item_id)


def name_of_fact(item_id: UUID | str, key: str) -> str:
    """What a fact is called, or was called when it was last published; empty if it never was."""
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        return ""
    for entry in item.entries.filter(kind=EntryKind.PUBLISHED).select_related("document").order_by("-seq"):
        document = documents.read(entry.document) if entry.document else None
        for fact in document["facts"] if document else ():
            if fact["key"] == key:
                kind = str(facts.LABELS[fact["kind"]])
                return f"{kind}: {fact['label']}" if fact["label"] else kind
    return ""


def keys_published(item_id: UUID | str) -> set[str]:
    """The keys of the facts that an item has now."""
    return {str(key) for key in CurrentFact.objects.filter(item_id=item_id).values_list("key", flat=True)}


@dataclass(frozen=True)
class StandingNotice:
    """A staff notice that agents see now, and what it stands on."""

    row: Current
    text: str
    signed: str
    target_id: str
    target_title: str


def standing_notices(ids: Iterable[UUID | str] | None = None) -> list[StandingNotice]:
    """The staff notices that agents see now, newest first."""
    rows = log.listing(Audience.STAFF, kinds=[STAFF_NOTICE]).filter(status=Status.PUBLISHED)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    found = [(row, document) for row in rows.order_by("-updated_at") if (document := log.overlaid(row))]
    targets = {document["body"]["target"]["item"] for _row, document in found}
    titles = {
        str(pk): title for pk, title in Current.objects.filter(pk__in=targets).values_list("pk", "title")
    }
    return [
        StandingNotice(
            row=row,
            text=document["body"]["text"],
            signed=document["body"]["signed"],
            target_id=document["body"]["target"]["item"],
            target_title=titles.get(document["body"]["target"]["item"], ""),
        )
        for row, document in found
    ]


def notable_items(words: str = "") -> QuerySet[Current]:
    """The published items that a staff notice can stand on; those with all the words in their title,
    the newest first."""
    rows = log.listing(Audience.STAFF).exclude(kind=STAFF_NOTICE).select_related("item", "department")
    for word in words.split()[:12]:
        rows = rows.filter(title__icontains=word)
    return rows.order_by("-updated_at")
