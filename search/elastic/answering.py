"""Who answers: Elasticsearch while it is well and has read all of the log, else the embedded engine, at once and without a word to whoever
asked. Both rank alike, so that nobody notices which it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from search.documents import Searched
from search.engines.protocol import Candidate, Clue, Counts, Engine, OneOf

from . import client
from .engine import ElasticEngine
from .health import Watch, watch

T = TypeVar("T")


@dataclass(frozen=True)
class EitherEngine:
    """Questions go to whichever answers. What is written is the embedded engine's: Elasticsearch reads the log."""

    embedded: Engine
    elastic: Engine = field(default_factory=ElasticEngine)
    watch: Watch = field(default_factory=watch)

    def put(self, index: str, document: Searched) -> None:
        self.embedded.put(index, document)

    def remove(self, index: str, item: UUID) -> None:
        self.embedded.remove(index, item)

    def clear(self, index: str) -> None:
        self.embedded.clear(index)

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
        return self._asked(
            lambda engine: engine.candidates(index, clues, one_of=one_of, key=key, keep=keep, limit=limit)
        )

    def count(
        self, index: str, clues: Sequence[Clue], *, keep: Sequence[OneOf] = (), most: int = 10_000
    ) -> Counts:
        return self._asked(lambda engine: engine.count(index, clues, keep=keep, most=most))

    def suggest(self, index: str, clues: Sequence[Clue], *, start: str, limit: int) -> list[UUID]:
        return self._asked(lambda engine: engine.suggest(index, clues, start=start, limit=limit))

    def holds(self, index: str, document: Searched) -> bool:
        return self.embedded.holds(index, document)

    def items(self, index: str) -> set[UUID]:
        return self.embedded.items(index)

    def _asked(self, ask: Callable[[Engine], T]) -> T:
        if self.watch.answers():
            try:
                return ask(self.elastic)
            except client.ERRORS as error:
                self.watch.failed(error)
        return ask(self.embedded)
