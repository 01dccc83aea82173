"""The first projection: what readers look up. All of it can be built again from the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from cms.core import clock
from cms.organisation.models import Department

from . import documents, facts, registry
from .models import Address, Current, CurrentFact, CurrentFile, Entry, Item, Reference
from .registry import Change
from .vocabulary import CHANGING, EntryKind, Status

Doc = dict[str, Any]


def project(change: Change) -> None:
    """Bring what readers look up in line with one entry."""
    {
        EntryKind.PUBLISHED: _published,
        EntryKind.WITHDRAWN: _withdrawn,
        EntryKind.MOVED: _moved,
        EntryKind.TRANSFERRED: _transferred,
        EntryKind.TOOK_EFFECT: _took_effect,
        EntryKind.REDACTED: _redacted,
    }[EntryKind(change.entry.kind)](change)


def clear() -> None:
    """Empty all of it, for `recompose`."""
    for model in (Reference, CurrentFact, CurrentFile, Address, Current):
        model.objects.all().delete()


def path_of(kind: str, slug: str, parent_path: str | None) -> str | None:
    """Where an item of a kind stands: beneath its parent, else beneath what its kind's paths begin with."""
    prefix = registry.kind(kind).prefix
    if prefix is None:
        return None
    start = parent_path if parent_path is not None else f"/{prefix}"
    return f"{start}{slug}/" if slug else start


def path_for(document: Doc) -> str | None:
    """Where a document would stand if it were published now."""
    parent = Current.objects.filter(pk=document["parent"]).first() if document["parent"] else None
    return path_of(document["kind"], document["slug"], parent.path if parent else None)


def _published(change: Change) -> None:
    entry, document = change.entry, change.after
    assert document is not None
    before = Current.objects.filter(pk=entry.item_id).first()
    expires = document["expires_at"]
    current = Current(
        item_id=entry.item_id,
        entry=entry,
        text_entry=entry,
        document_id=entry.document_id,
        status=Status.PUBLISHED,
        kind=document["kind"],
        audience=entry.audience,
        department=Department.objects.filter(code=document["department"]).first() or change.item.department,
        title=document["title"][:255],
        summary=document["summary"],
        slug=document["slug"],
        parent_id=document["parent"],
        path=path_for(document),
        position=document["position"],
        handling_class=document["handling_class"],
        language=document["language"],
        review_on=_date(document["review_on"]),
        expires_at=datetime.fromisoformat(expires) if expires else None,
        next_effect_on=_next_effect(document, clock.today(entry.at)),
        first_published_at=before.first_published_at if before else entry.at,
        updated_at=entry.at,
    )
    _keep(current, before.path if before else None)
    _speak_of(entry.item_id, document)


def _withdrawn(change: Change) -> None:
    entry = change.entry
    current = Current.objects.get(pk=entry.item_id)
    current.entry = entry
    current.status = Status.WITHDRAWN
    current.path = None
    current.updated_at = entry.at
    current.next_effect_on = current.expires_at = None
    current.reason = entry.payload.get("reason", "")
    current.instead_id = entry.payload.get("instead")
    current.save()
    _fall_silent(entry.item_id)


def _moved(change: Change) -> None:
    entry = change.entry
    current = Current.objects.get(pk=entry.item_id)
    old_path = current.path
    current.entry = entry
    current.slug = entry.payload["slug"]
    current.parent_id = entry.payload["parent"]
    parent = Current.objects.filter(pk=current.parent_id).first() if current.parent_id else None
    current.path = path_of(current.kind, current.slug, parent.path if parent else None)
    current.updated_at = entry.at
    _keep(current, old_path)


def _transferred(change: Change) -> None:
    entry = change.entry
    department = Department.objects.get(code=entry.payload["department"])
    Item.objects.filter(pk=entry.item_id).update(department=department)
    change.item.department = department
    Current.objects.filter(pk=entry.item_id).update(entry=entry, department=department, updated_at=entry.at)


def _took_effect(change: Change) -> None:
    assert change.after is not None
    Current.objects.filter(pk=change.entry.item_id).update(
        entry=change.entry,
        updated_at=change.entry.at,
        next_effect_on=_next_effect(change.after, date.fromisoformat(change.entry.payload["date"])),
    )


def _redacted(change: Change) -> None:
    """The text is emptied after this; what was copied from it goes too. What is published stays."""
    current = Current.objects.get(pk=change.entry.item_id)
    current.entry = change.entry
    if current.document_id == change.entry.document_id:
        current.title = current.summary = ""
    current.save()


def _keep(current: Current, old_path: str | None) -> None:
    current.save()
    if current.path is None:
        return
    Address.objects.update_or_create(path=current.path, defaults={"item_id": current.item_id})
    if old_path != current.path:
        for child in Current.objects.filter(parent_id=current.item_id, status=Status.PUBLISHED):
            child_path = child.path
            child.path = path_of(child.kind, child.slug, current.path)
            _keep(child, child_path)


def _speak_of(item_id: Any, document: Doc) -> None:
    _fall_silent(item_id)
    found = documents.references(document)
    known = {str(pk) for pk in Item.objects.filter(pk__in={r[1] for r in found}).values_list("pk", flat=True)}
    Reference.objects.bulk_create(
        Reference(source_id=item_id, target_id=target, key=key, role=role[:40])
        for role, target, key in found
        if target in known
    )
    CurrentFact.objects.bulk_create(
        CurrentFact(
            item_id=item_id,
            key=fact["key"],
            position=position,
            kind=fact["kind"],
            value=fact,
            valid_from=_date(fact["valid_from"]),
            valid_to=_date(fact["valid_to"]),
        )
        for position, fact in enumerate(document["facts"])
    )
    CurrentFile.objects.bulk_create(
        CurrentFile(item_id=item_id, sha256=file["sha256"]) for file in document["files"]
    )


def _fall_silent(item_id: Any) -> None:
    Reference.objects.filter(source_id=item_id).delete()
    CurrentFact.objects.filter(item_id=item_id).delete()
    CurrentFile.objects.filter(item_id=item_id).delete()


def _next_effect(document: Doc, after: date) -> date | None:
    coming = facts.effect_dates(document["facts"], after)
    return coming[0][0] if coming else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def quoting(item: Item, keys: set[str] | None) -> list[str]:
    """Titles of the published items that quote a fact of `item` other than `keys` (None: any fact)."""
    refs = Reference.objects.filter(
        Q(target=item), key__isnull=False, source__current__status=Status.PUBLISHED
    ).select_related("source__current")
    if keys is not None:
        refs = refs.exclude(key__in=keys)
    return sorted({ref.source.current.title for ref in refs})


def quotes_gone(document: Doc) -> list[str]:
    """Titles of the items whose facts a document quotes though they aren't there (any more)."""
    quoted = {(target, key) for _role, target, key in documents.references(document) if key}
    ids = {target for target, _key in quoted}
    there = CurrentFact.objects.filter(item_id__in=ids).values_list("item_id", "key")
    gone = {target for target, _key in quoted - {(str(item_id), str(key)) for item_id, key in there}}
    return sorted(Current.objects.filter(pk__in=gone).values_list("title", flat=True)) or sorted(gone)


def stands_beneath(item_id: Any, above: Any) -> bool:
    """Whether an item is another, or stands somewhere beneath it."""
    while item_id is not None:
        if str(item_id) == str(above):
            return True
        item_id = Current.objects.filter(pk=item_id).values_list("parent_id", flat=True).first()
    return False


def newest_change(item_id: Any) -> Entry | None:
    """The item's newest entry after which a text composed earlier is stale."""
    return Entry.objects.filter(item_id=item_id, kind__in=CHANGING).order_by("-seq").first()
