"""Reading updates: what comes after a cursor, and what a person has not acknowledged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, QuerySet

from cms.publications.chain import head as log_head
from cms.publications.models import Entry

from .models import Receipt, Update

_CURSOR = re.compile(r"([1-9]\d{0,8})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Position:
    """Where a reader of the log stands: the epoch that it read in, and the last number that it saw."""

    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.seq}"


def position(text: str) -> Position | None:
    """A cursor as readers send it, `EPOCH-SEQ`; `None` when it isn't one."""
    match = _CURSOR.fullmatch(text.strip())
    return Position(int(match[1]), int(match[2])) if match else None


def head() -> Position:
    """Where the log ends."""
    end = log_head()
    return Position(end.epoch, end.seq)


def must_restart(reader: Position, end: Position) -> bool:
    """A reader of another epoch, or ahead of the log, saw what no longer exists; it starts again."""
    return reader.epoch != end.epoch or reader.seq > end.seq


def told(updates: QuerySet[Update], person: AbstractUser) -> QuerySet[Update]:
    """Updates with `acknowledged`: whether the person has acknowledged them."""
    heard = Receipt.objects.filter(entry=OuterRef("pk"), person_id=person.pk, acknowledged_at__isnull=False)
    return updates.annotate(acknowledged=Exists(heard)).select_related("item")


def after(seq: int, person: AbstractUser) -> QuerySet[Update]:
    """The updates after a number of the log, in its order."""
    return told(Update.objects.filter(pk__gt=seq), person).order_by("pk")


def next_in_order(seq: int, person: AbstractUser, *, limit: int) -> list[Update]:
    """The next updates without a gap: where one is missing (a rebuilding is under way), they end."""
    rows: list[Update] = []
    for row in after(seq, person)[:limit]:
        if row.seq != seq + len(rows) + 1:
            break
        rows.append(row)
    return rows


def unread(person: AbstractUser) -> QuerySet[Update]:
    """What a person has yet to acknowledge, newest first. What was told before they came is history."""
    rows = Update.objects.filter(at__gte=person.date_joined)
    return told(rows, person).filter(acknowledged=False).order_by("-pk")


def unread_count(person: AbstractUser) -> int:
    return unread(person).count()


def everything(person: AbstractUser) -> QuerySet[Update]:
    """All that was ever told, newest first."""
    return told(Update.objects.all(), person).order_by("-pk")


def unseen(updates: Iterable[Update], person: AbstractUser) -> list[int]:
    """The numbers of those updates that the person has no receipt of."""
    numbers = [update.seq for update in updates]
    seen = Receipt.objects.filter(person_id=person.pk, entry_id__in=numbers).values_list(
        "entry_id", flat=True
    )
    return sorted(set(numbers) - set(seen))


def entry_at(place: Position) -> Entry | None:
    """The entry that a cursor names: by the epoch it was written in, or by the epoch it was read in."""
    entry = Entry.objects.filter(pk=place.seq).first()
    if entry is None or place.epoch not in (entry.epoch, log_head().epoch):
        return None
    return entry
