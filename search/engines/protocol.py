"""What an engine does. Every engine passes the same contract suite (`tests/search/test_engines.py`).

Engines find candidates; in which order people see them is decided in one place, from what all engines
give alike (`search/ranking.py`). So engines agree, and a result can be explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol
from uuid import UUID

from search.documents import Searched

OneOf = tuple[str, ...]  # tokens of which a shelf must have one

EXACT = 100  # documents with the same title or code, at most
SHORT = 3  # a beginning of fewer letters is looked for in titles and names alone


def among(limit: int) -> int:
    """How many of the documents that match an embedded engine looks at, for so many candidates."""
    return min(1_500, 10 * limit)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a text may say a word: `terms` next to each other, in their order. `begins`: the
    one term is a beginning. `worth` is 1 for the word itself, less for what is merely like it; `kind`
    (see `search.clues`) tells of what it comes."""

    terms: tuple[str, ...]
    worth: float = 1.0
    kind: str = "word"
    begins: bool = False


@dataclass(frozen=True)
class Clue:
    """A word that is looked for, in any of several ways. `form` is the word as it was typed, folded."""

    ways: tuple[Way, ...]
    form: str = ""

    @cached_property
    def needles(self) -> tuple[tuple[Way, str], ...]:
        """Each way with how it stands in a field of terms between spaces."""
        return tuple((way, f" {' '.join(way.terms)}{'' if way.begins else ' '}") for way in self.ways)


class Candidate(NamedTuple):
    """A document that may answer, with all that ranking asks of it.

    `fields` are its terms in the order of `documents.FIELDS`, each joined by spaces. `shelf` is a
    `documents.Shelf`, written out. `title`: folded, its place in the alphabet. `exact`: its whole title or a
    code of its is what was asked for. `changed`: the day of its newest entry.
    """

    item: UUID
    shelf: str
    title: str
    fields: tuple[str, ...]
    changed: date
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents have all the words, by shelf. Not exact: there are more than were counted."""

    shelves: Mapping[str, int] = field(default_factory=dict)
    is_exact: bool = True

    @property
    def total(self) -> int:
        return sum(self.shelves.values())


class Engine(Protocol):
    """Two indexes, `public` and `staff`, that influence each other in nothing.

    Writes of the engines that live in the database belong to the transaction that is open.
    """

    def put(self, index: str, document: Searched) -> None:
        """Take a document in, in place of what stood for its item."""

    def remove(self, index: str, item: UUID) -> None:
        """Forget an item; nothing happens when it isn't there."""

    def clear(self, index: str) -> None:
        """Forget all."""

    def candidates(
        self,
        index: str,
        clues: Sequence[Clue],
        *,
        one_of: Sequence[Clue] = (),
        key: str = "",
        keep: Sequence[OneOf] = (),
        limit: int = 100,
    ) -> list[Candidate]:
        """Documents that have all the clues; with `one_of`, that have at least one of these (which are
        some of the clues). Those with the whole title or code `key` are among them first and marked
        `exact`; of the others the most promising, in the engine's own opinion: more and rarer clues, in
        weightier fields (`documents.WEIGHTS`). An engine may limit how many it looks at; then those with
        clues in their title or names come first. `keep`: of each of these the shelf
        must have a token (`Shelf.stands_on`); with an exact title too.
        """

    def count(
        self, index: str, clues: Sequence[Clue], *, keep: Sequence[OneOf] = (), most: int = 10_000
    ) -> Counts:
        """How many documents have all the clues, by shelf; of no more than `most` documents."""

    def suggest(self, index: str, clues: Sequence[Clue], *, start: str, limit: int) -> list[UUID]:
        """Items whose titles have all the clues; those whose folded title begins with `start` first."""

    def holds(self, index: str, document: Searched) -> bool:
        """Whether an index holds exactly this of an item."""

    def items(self, index: str) -> set[UUID]:
        """All items of an index."""


class Embedded(Engine, Protocol):
    """An engine that lives in the database."""

    def fill(self, index: str, documents: Iterable[Searched]) -> None:
        """Take documents in, each of an item that the index doesn't hold: for an index that was cleared.
        Many times quicker than to put them one by one."""
