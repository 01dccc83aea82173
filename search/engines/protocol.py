"""What an engine does. Every engine passes the same contract suite (`tests/search/test_engines.py`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from search.analysis import Query
from search.documents import Searched


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found, its number in the index, and its shelf (see `documents.Shelf`)."""

    item: UUID
    number: int
    shelf: str


# Among so many documents the best of those with some of the words are looked for.
WEAK_AMONG = 400


def telling(words: Sequence[str], frequencies: Sequence[int]) -> list[str]:
    """The rarest of a question's words, of which a weak hit needs one: as many as keep the documents to
    be ranked few, at least the rarest that is known."""
    chosen: list[str] = []
    documents = 0
    for frequency, word in sorted(zip(frequencies, words, strict=True)):
        if frequency and (not chosen or documents + frequency <= WEAK_AMONG):
            chosen.append(word)
            documents += frequency
    return chosen


class Engine(Protocol):
    """Two indexes, `public` and `staff`, that influence each other in nothing.

    Writes belong to the transaction that is open. A query whose words are all found comes first; with
    `weak`, only what has some of the words, a rare one among them (see `telling`), and not all.
    """

    def put(self, index: str, document: Searched) -> None:
        """Take a document in, in place of what stood for its item."""

    def remove(self, index: str, item: UUID) -> None:
        """Forget an item; nothing happens when it isn't there."""

    def clear(self, index: str) -> None:
        """Forget all."""

    def find(
        self,
        index: str,
        query: Query,
        *,
        shelves: Collection[str] | None = None,
        limit: int = 10,
        offset: int = 0,
        weak: bool = False,
    ) -> list[Hit]:
        """The best hits: exact title or code, then by weight of the words, then by title and id.

        `shelves` keeps to these; None: all.
        """

    def count(self, index: str, query: Query) -> dict[str, int]:
        """How many documents have all the words, by shelf: the total and every facet in one pass."""

    def suggest(self, index: str, query: Query, *, limit: int) -> list[UUID]:
        """Items whose titles have all the words, those that begin with them first."""

    def texts(self, index: str, hits: Sequence[Hit]) -> dict[UUID, str]:
        """What snippets of the hits are cut from."""

    def holds(self, index: str, document: Searched) -> bool:
        """Whether an index holds exactly this of an item."""

    def items(self, index: str) -> set[UUID]:
        """All items of an index."""
