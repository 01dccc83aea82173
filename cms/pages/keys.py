"""By which key a fact is known, from one version and one revision to the next. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Fact


def name_of(label: str) -> str:
    """A label as it is compared."""
    return " ".join(str(label).split()).casefold()


def settle_keys(rows: Sequence[Fact], *, known: Mapping[str, uuid.UUID] | None = None) -> None:
    """Rows of one kind with one name are versions of one fact in time: they get the key of the first.

    A row that comes without the key that its name is `known` by gets it back: the form knows no keys of
    rows that were saved while it stood open, and a row may be deleted and typed again. Rows that shared a key, are called differently by now and hold on the same day, are two facts: the
    later one gets a key of its own.
    """
    kept = known or {}
    for row in rows:
        if row.key not in kept.values():
            row.key = kept.get(row.name, row.key)
    first: dict[str, Fact] = {}
    for row in rows:
        row.key = first.setdefault(row.name, row).key
    owners: dict[Any, list[Fact]] = {}
    for row in rows:
        others = [other for other in owners.get(row.key, []) if other.name != row.name]
        if any(_hold_together(row, other) for other in others):
            fresh = uuid.uuid4()
            for version in rows:
                if version.name == row.name:
                    version.key = fresh
        owners.setdefault(row.key, []).append(row)


def _hold_together(one: Fact, other: Fact) -> bool:
    starts = [fact.valid_from for fact in (one, other) if fact.valid_from]
    ends = [fact.valid_to for fact in (one, other) if fact.valid_to]
    return not starts or not ends or max(starts) <= min(ends)
