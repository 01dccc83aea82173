"""Reading what is published: two or three indexed reads, whoever asks.

What comes back is a `Reading` (see `readings.py`), or rows of what is current.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cms.core import clock
from cms.organisation.models import Department

from . import current, documents
from .models import (
    Current,
    CurrentFact,
    CurrentFile,
    Document,
    Entry,
    Head,
    Item,
    Permit,
    PinnedFile,
)
from .readings import Reading, Target
from .vocabulary import Audience, EntryKind, Status

Doc = dict[str, Any]
AUDIENCES: Mapping[str, tuple[str, ...]] = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.STAFF: (Audience.PUBLIC, Audience.STAFF),
}


def read(item_id: UUID | str, audience: str) -> Reading | None:
    """What an item says now to readers of an audience; withdrawn ones too (look at `status`).

    `None` for what was never published or isn't for them: the two can't be told apart.
    """
    row = _visible(audience).filter(pk=item_id).first()
    return _reading(row, audience) if row else None


def read_path(path: str, audience: str = Audience.PUBLIC) -> Reading | None:
    """What stands, or once stood, at a path. Where `reading.path` differs, it has moved there."""
    row = _visible(audience).filter(item__addresses__path=path).first()
    return _reading(row, audience) if row else None


def read_at(item_id: UUID | str, at: datetime, audience: str) -> Reading | None:
    """What an item said at a moment; what it refers to is read at the same moment.

    `None` when it said nothing then, or its text was redacted since.
    """
    item = Item.objects.filter(pk=item_id, audience__in=AUDIENCES[audience]).first()
    if item is None:
        return None
    state = _state_at([item.pk], at).get(str(item.pk))
    if state is None:
        return None
    document, entry, first = state
    ids = {ref[1] for ref in documents.references(document)}
    targets = {
        key: Target(
            id=key,
            kind=doc["kind"],
            audience=doc["audience"],
            title=doc["title"],
            summary=doc["summary"],
            path=None,
            sha=documents.digest(doc),
            facts=tuple(doc["facts"]),
        )
        for key, (doc, _entry, _first) in _state_at(ids, at).items()
        if doc["audience"] in AUDIENCES[audience]
    }
    return Reading(
        id=str(item.pk),
        kind=item.kind,
        audience=item.audience,
        status=Status.PUBLISHED,
        document=document,
        sha=documents.digest(document),
        title=document["title"],
        department=document["department"],
        department_name=document["department"],
        path=None,
        on=clock.today(at),
        seq=entry.seq,
        cursor=entry.cursor,
        updated_at=entry.at,
        first_published_at=first,
        targets=targets,
    )


def preview(document: Doc, audience: str = Audience.STAFF, *, standing: str = "") -> Reading:
    """A document as its readers would get it now, whether it was published or not. Its item need not be
    saved yet. `standing` says in a sentence what it is, when it isn't just a draft."""
    now = clock.now()
    ids = {ref[1] for ref in documents.references(document)}
    path = current.path_for(document)
    targets, trail = _targets(ids, path, document["audience"])
    department = Department.objects.filter(code=document["department"]).first()
    return Reading(
        id=document["id"],
        kind=document["kind"],
        audience=document["audience"],
        status=Status.PUBLISHED,
        document=document,
        sha=documents.digest(document),
        title=document["title"],
        department=document["department"],
        department_name=department.name if department else "",
        path=path,
        on=clock.today(),
        seq=0,
        cursor="",
        updated_at=now,
        first_published_at=now,
        targets=targets,
        trail=trail,
        standing=standing,
    )


def listing(
    audience: str,
    *,
    kinds: Iterable[str] | None = None,
    department: str | None = None,
    handling_class: str | None = None,
    parent: UUID | str | None = None,
    refers_to: UUID | str | None = None,
    role: str | None = None,
) -> QuerySet[Current]:
    """What is published now for an audience, filtered; by position, then title, then id."""
    rows = _visible(audience).filter(status=Status.PUBLISHED)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    if department:
        rows = rows.filter(department__code=department)
    if handling_class:
        rows = rows.filter(handling_class=handling_class)
    if parent:
        rows = rows.filter(parent_id=parent)
    if refers_to:
        references = Q(item__refers_to__target_id=refers_to)
        if role:
            references &= Q(item__refers_to__role=role)
        rows = rows.filter(references).distinct()
    return rows.order_by("position", "title", "item_id")


def referring_to(item_id: UUID | str, audience: str) -> QuerySet[Current]:
    """What is published now and speaks of an item."""
    return listing(audience, refers_to=item_id)


def history(item_id: UUID | str, audience: str) -> QuerySet[Entry]:
    """Every entry of an item, newest first."""
    return (
        Entry.objects.filter(item_id=item_id, audience__in=AUDIENCES[audience])
        .select_related("document")
        .order_by("-seq")
    )


def published_document(item: Item) -> Doc | None:
    """What an item says now, with the slug, parent and department that it has now; else `None`."""
    row = (
        Current.objects.select_related("document", "department")
        .filter(pk=item.pk, status=Status.PUBLISHED)
        .first()
    )
    return overlaid(row) if row else None


def overlaid(row: Current) -> Doc | None:
    """A current row's document with what moves and transfers have changed since it was published."""
    document = documents.read(row.document)
    if document is None:
        return None
    return {
        **document,
        "slug": row.slug,
        "parent": str(row.parent_id) if row.parent_id else None,
        "department": row.department.code,
    }


def entries_after(epoch: int, seq: int, *, limit: int = 500) -> tuple[list[Entry], bool]:
    """The entries that a reader at a cursor has not seen, in order, and whether it must start again.

    A reader from another epoch starts again: what it saw after the restored backup no longer exists.
    """
    head = Head.objects.filter(pk=1).first()
    restart = head is not None and (epoch != head.epoch or seq > head.seq)
    start = 0 if restart else seq
    rows = Entry.objects.filter(seq__gt=start).select_related("document", "item").order_by("seq")
    return list(rows[:limit]), restart


def due_permits(now: datetime) -> QuerySet[Permit]:
    """Permits whose time has come and that nobody has spent or revoked."""
    return Permit.objects.filter(entry__isnull=True, revoked_at__isnull=True, not_before__lte=now).order_by(
        "not_before", "issued_at"
    )


def due_effects(today: date) -> list[tuple[UUID, date | None]]:
    """Published items of which a dated fact begins or ends by today, with the first such day."""
    due = Current.objects.filter(next_effect_on__lte=today, status=Status.PUBLISHED)
    return list(due.order_by("next_effect_on", "pk").values_list("pk", "next_effect_on"))


def file_type(sha: str, audience: str) -> str | None:
    """The content type of a pinned file that something published for an audience holds now; else `None`.

    It is the one that the holder's document gives, not the one of whoever pinned the same bytes first.
    """
    held = CurrentFile.objects.filter(sha256=sha).values("item_id")
    holder = _visible(audience).filter(pk__in=held, status=Status.PUBLISHED).order_by("pk").first()
    document = documents.read(holder.document) if holder else None
    if document is None or not PinnedFile.objects.filter(pk=sha, redacted_at=None).exists():
        return None
    return next((file["content_type"] for file in document["files"] if file["sha256"] == sha), None)


def _visible(audience: str) -> QuerySet[Current]:
    return Current.objects.filter(audience__in=AUDIENCES[audience]).select_related(
        "document", "entry", "department"
    )


def _reading(row: Current, audience: str) -> Reading | None:
    document = overlaid(row)
    if document is None:
        if row.status == Status.PUBLISHED:
            return None
        document = _emptied(row)
    ids = {ref[1] for ref in documents.references(document)}
    if row.instead_id:
        ids.add(str(row.instead_id))
    targets, trail = _targets(ids, row.path, audience)
    return Reading(
        id=str(row.pk),
        kind=row.kind,
        audience=row.audience,
        status=row.status,
        document=document,
        sha=row.document_id,
        title=row.title,
        department=row.department.code,
        department_name=row.department.name,
        path=row.path,
        on=clock.today(),
        seq=row.entry.seq,
        cursor=row.entry.cursor,
        updated_at=row.updated_at,
        first_published_at=row.first_published_at,
        targets=targets,
        trail=trail,
        reason=row.reason,
        instead=targets.get(str(row.instead_id)) if row.instead_id else None,
    )


def _emptied(row: Current) -> Doc:
    """What is left to say of a withdrawn item whose text was redacted: that it is gone, and why."""
    return {
        **documents.envelope(row.item, title="", body={}, language=row.language),
        "department": row.department.code,
    }


def _targets(ids: set[str], path: str | None, audience: str) -> tuple[dict[str, Target], tuple[Target, ...]]:
    above = _paths_above(path)
    if not ids and not above:
        return {}, ()
    rows = Current.objects.filter(
        Q(pk__in=ids) | Q(path__in=above), audience__in=AUDIENCES[audience], status=Status.PUBLISHED
    ).values("item_id", "kind", "audience", "title", "summary", "path", "document_id")
    values: dict[str, list[Doc]] = {}
    if ids:
        for item_id, value in CurrentFact.objects.filter(item_id__in=ids).values_list("item_id", "value"):
            values.setdefault(str(item_id), []).append(value)
    found = {
        str(row["item_id"]): Target(
            id=str(row["item_id"]),
            kind=row["kind"],
            audience=row["audience"],
            title=row["title"],
            summary=row["summary"],
            path=row["path"],
            sha=row["document_id"],
            facts=tuple(values.get(str(row["item_id"]), ())),
        )
        for row in rows
    }
    trail = sorted((t for t in found.values() if t.path in above), key=lambda t: len(t.path or ""))
    return {key: target for key, target in found.items() if key in ids}, tuple(trail)


def _paths_above(path: str | None) -> list[str]:
    if not path or path == "/":
        return []
    parts = path.strip("/").split("/")
    return ["/", *("/" + "/".join(parts[:n]) + "/" for n in range(1, len(parts)))]


def _state_at(ids: Iterable[Any], at: datetime) -> dict[str, tuple[Doc, Entry, datetime]]:
    """For each item that was published at a moment: its document then, its newest entry then, and
    when it was first published."""
    texts: dict[str, Document | None] = {}
    newest: dict[str, Entry] = {}
    first: dict[str, datetime] = {}
    overlay: dict[str, Doc] = {}
    entries = (
        Entry.objects.filter(item_id__in=list(ids), at__lte=at).select_related("document").order_by("seq")
    )
    for entry in entries:
        key = str(entry.item_id)
        if entry.kind == EntryKind.PUBLISHED:
            texts[key] = entry.document
            overlay[key] = {}
            first.setdefault(key, entry.at)
        elif entry.kind == EntryKind.WITHDRAWN:
            texts[key] = None
        elif entry.kind == EntryKind.MOVED:
            overlay[key] |= {"slug": entry.payload["slug"], "parent": entry.payload["parent"]}
        elif entry.kind == EntryKind.TRANSFERRED:
            overlay[key] |= {"department": entry.payload["department"]}
        newest[key] = entry
    state = {}
    for key, row in texts.items():
        document = documents.read(row) if row else None
        if document is not None:
            state[key] = ({**document, **overlay[key]}, newest[key], first[key])
    return state


def newest_seq(item: Item) -> int | None:
    """The number of the entry that a text composed now is based on; `None` before the first."""
    entry = current.newest_change(item.pk)
    return entry.seq if entry else None
