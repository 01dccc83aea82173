"""Building again, from the log alone, all that is derived from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from . import chain, current, documents, queries, registry
from .changes import said_after
from .models import Address, Current, Entry, Item
from .registry import Change
from .vocabulary import EntryKind

Progress = Callable[[int, int], None]
CHUNK = 500


def log_in_order(up_to: int) -> Iterator[Entry]:
    """Every entry to the number `up_to`, in order, a few hundred at a time in memory."""
    seq = 0
    while seq < up_to:
        rows = list(
            Entry.objects.filter(seq__gt=seq, seq__lte=up_to)
            .select_related("document", "item__department", "permit")
            .order_by("seq")[:CHUNK]
        )
        if not rows:
            return
        yield from rows
        seq = rows[-1].seq


@transaction.atomic
def recompose(progress: Progress | None = None) -> int:
    """Empty all that can be built from the log, and build it again. Readers see the old state until it
    is done, and publishing waits. Returns how many entries were replayed."""
    lock_everything()
    kept = list(_addresses_of_redacted_texts())
    clear = {"current": current.clear, **registry.rebuilders()}
    projectors = [(name, project) for name, project in registry.projectors() if name in clear]
    for name, _project in reversed(projectors):
        clear[name]()
    count = replay([project for _name, project in projectors], progress)[0]
    Address.objects.bulk_create(kept, ignore_conflicts=True)
    return count


def lock_everything() -> None:
    """The locks that publishing takes, in its order, on every item."""
    list(Item.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    chain.lock_head()


def replay(
    projectors: list[Callable[[Change], None]], progress: Progress | None = None
) -> tuple[int, set[Any]]:
    """Play the log to projectors whose work is empty. Returns how many entries it has, and the items
    of which a text was redacted: what that said is not in the log any more, and is passed over."""
    end = chain.head().seq
    redacted: set[Any] = set()
    count = 0
    for count, entry in enumerate(log_in_order(end), start=1):
        change = change_of(entry)
        if entry.kind == EntryKind.PUBLISHED and change.after is None:
            redacted.add(entry.item_id)
        if _can_be_projected(change):
            for project in projectors:
                project(change)
        if progress:
            progress(count, end)
    for item_id in redacted:
        first = Entry.objects.filter(item_id=item_id, kind=EntryKind.PUBLISHED).earliest("seq")
        Current.objects.filter(pk=item_id).update(first_published_at=first.at)
    return count, redacted


def change_of(entry: Entry) -> Change:
    """What an entry did, when everything before it, and nothing after it, is projected."""
    before = queries.published_document(entry.item)
    own = documents.read(entry.document) if entry.document else None
    after = said_after(entry.kind, entry.payload, own, before)
    return Change(entry=entry, item=entry.item, before=before, after=after)


def _addresses_of_redacted_texts() -> Iterator[Address]:
    """Where texts once stood that the log can't tell any more."""
    items = Entry.objects.filter(kind=EntryKind.PUBLISHED, document__body="").values("item")
    for path, item_id in Address.objects.filter(item__in=items).values_list("path", "item_id"):
        yield Address(path=path, item_id=item_id)


def _can_be_projected(change: Change) -> bool:
    """False for what followed a text that was redacted: it can't be known any more."""
    if change.entry.kind == EntryKind.PUBLISHED:
        return change.after is not None
    if change.entry.kind == EntryKind.TOOK_EFFECT:
        return change.before is not None
    return Current.objects.filter(pk=change.entry.item_id).exists()
