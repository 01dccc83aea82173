"""What editors taught the search, as finding takes it: a value, however it was come by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

Terms = tuple[str, ...]  # analysed terms in their order (`Term.whole`): ("open", "hour")


@dataclass(frozen=True)
class Wordbook:
    """`instead`: for a sequence of terms, what may stand in its place as well. `best` and `worst`: for
    the key of a question (`analysis.key`) the items on top, in their order, and those that never come
    up for it. `stop_phrases`: keys of what is never suggested."""

    instead: Mapping[Terms, tuple[Terms, ...]] = field(default_factory=dict)
    best: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    worst: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    stop_phrases: frozenset[str] = frozenset()


NOTHING_TAUGHT = Wordbook()
