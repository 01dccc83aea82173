"""The projection "updates": one Update for each entry, in the transaction that writes the entry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cms.organisation.models import Department
from cms.publications import differences, facts
from cms.publications.current import path_of
from cms.publications.models import Current, Reference
from cms.publications.registry import Change
from cms.publications.vocabulary import EntryKind, Status

from .models import Update

Doc = dict[str, Any]
# References that only sort an item or stand beside it. A change of the topic says nothing about them.
SORTING = frozenset({"topics", "life_events", "top_tasks", "related"})


def project(change: Change) -> None:
    """Say what an entry means to a reader. Runs after Current is in line with it."""
    entry = change.entry
    if entry.kind == EntryKind.REDACTED:
        _forget(change)
    changes = _changes(change)
    Update.objects.create(
        entry=entry,
        epoch=entry.epoch,
        audience=entry.audience,
        item_id=entry.item_id,
        kind=entry.kind,
        lane=entry.lane,
        is_first=entry.kind == EntryKind.PUBLISHED and change.before is None,
        title=_title(change)[:255],
        changes=changes,
        quoted_by=_quoted_by(change, {fact["key"] for fact in changes["facts"]}),
        reason=entry.payload.get("reason", ""),
        instead=_instead(entry.payload.get("instead")),
        at=entry.at,
    )


def clear() -> None:
    """Empty what is derived. Receipts hang on entries and stay."""
    Update.objects.all().delete()


def _changes(change: Change) -> Doc:
    payload = change.entry.payload
    match EntryKind(change.entry.kind):
        case EntryKind.PUBLISHED:
            return differences.difference(change.before, change.after)
        case EntryKind.TOOK_EFFECT:
            document = change.after or {"facts": []}
            return {"facts": _effects(document["facts"], payload), "texts": []}
        case EntryKind.MOVED:
            return {"facts": [], "texts": _said("slug", _path(change.before), _path(change.after))}
        case EntryKind.TRANSFERRED:
            names = [_department(change.before), _department(change.after)]
            return {"facts": [], "texts": _said("department", *names)}
        case _:
            return {"facts": [], "texts": []}


def _effects(all_facts: list[Doc], payload: Doc) -> list[Doc]:
    """Each fact that a date names: how it stood the day before, and how it stands from that day on."""
    day = date.fromisoformat(payload["date"])
    found = []
    for key in payload["keys"]:
        versions = [fact for fact in all_facts if fact["key"] == key]
        if not versions:
            continue
        old = facts.in_effect(versions, day - timedelta(days=1))
        new = facts.in_effect(versions, day)
        example = (new or old or versions)[0]
        found.append(
            {
                "key": key,
                "kind": example["kind"],
                "kind_label": str(facts.LABELS[example["kind"]]),
                "label": example["label"],
                "old": "; ".join(map(_undated, old)) or None,
                "new": "; ".join(map(_undated, new)) or None,
            }
        )
    return found


def _undated(fact: facts.Fact) -> str:
    if fact["kind"] == "closure":
        return facts.one_line(fact)
    return facts.one_line({**fact, "valid_from": None, "valid_to": None})


def _said(field: str, old: str, new: str) -> list[Doc]:
    label = str(differences.FIELDS.get(field, facts.LABELS.get(field, field)))
    return [{"field": field, "label": label, "words": [["-", old], ["+", new]]}]


def _path(document: Doc | None) -> str:
    if document is None:
        return ""
    above = Current.objects.filter(pk=document["parent"]).first() if document["parent"] else None
    return path_of(document["kind"], document["slug"], above.path if above else None) or ""


def _department(document: Doc | None) -> str:
    code = document["department"] if document else ""
    row = Department.objects.filter(code=code).first()
    return row.name if row else code


def _title(change: Change) -> str:
    document = change.after or change.before
    if document is not None:
        return str(document["title"])
    row = Current.objects.filter(pk=change.entry.item_id).first()
    return row.title if row else ""


def _instead(item_id: str | None) -> Doc | None:
    row = Current.objects.filter(pk=item_id).first() if item_id else None
    return {"id": str(row.pk), "title": row.title} if row else None


def _quoted_by(change: Change, changed: set[str]) -> list[Doc]:
    """What is published and quotes a changed fact, or speaks of the item; quoting first."""
    rows = (
        Reference.objects.filter(target_id=change.entry.item_id, source__current__status=Status.PUBLISHED)
        .exclude(role__in=SORTING)
        .select_related("source__current")
    )
    found: dict[str, Doc] = {}
    for row in rows:
        key = str(row.key) if row.key else None
        if key is not None and key not in changed:
            continue
        there = row.source.current
        card = found.setdefault(
            str(there.pk),
            {
                "id": str(there.pk),
                "type": there.kind,
                "title": there.title,
                "audience": there.audience,
                "keys": [],
            },
        )
        if key is not None:
            card["keys"] = sorted({*card["keys"], key})
    return sorted(found.values(), key=lambda card: (not card["keys"], card["title"]))


def _forget(change: Change) -> None:
    """A redacted text stands in no difference either."""
    told = Update.objects.filter(item_id=change.entry.item_id)
    told.update(changes={"facts": [], "texts": []})
    if change.entry.document_id:
        told.filter(entry__document_id=change.entry.document_id).update(title="")
