"""How many hits an answer has on each shelf, and which of these numbers are sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from . import finding
from .engines import Counts

COUNTED = 2_000  # hits that are counted; of more no number is exact


@dataclass(frozen=True)
class Tally:
    """The hits of an answer, by shelf: `full` have all the words, `extra` only some of them, or are best
    bets without them. `is_exact`: there are no more. `is_settled`: `full` is right to the last one.
    `has_all_extra`: narrowing brings none to light with some of the words. `only_extra_is_sure`: nothing
    has all the words, and no best bet stands in for it."""

    full: Mapping[str, int]
    extra: Mapping[str, int]
    is_exact: bool
    is_settled: bool
    has_all_extra: bool
    only_extra_is_sure: bool

    @property
    def total(self) -> int:
        return sum(self.full.values()) + sum(self.extra.values())

    def is_sure(self, full: int) -> bool:
        """Whether one gets the same number by asking again with a choice on which so many have all the words.
        With many of these none is looked for that has only some. Where a choice has none of them, the question
        may be read otherwise than where others have."""
        if not self.is_settled:
            return False
        return full >= finding.MANY or (self.has_all_extra and (full > 0 or self.only_extra_is_sure))


def tally(found: finding.Answer, asked: finding.Asked, index: finding.Index) -> Tally:
    """The engine is asked only where the answer doesn't know all that have all the words."""
    counts = Counts(Counter(found.shelves), found.is_all)
    if not found.is_all and not asked.typing:
        counts = index.engine.count(index.name, found.reading.question.clues, keep=asked.keep, most=COUNTED)
    full = Counter(dict(counts.shelves))
    full.subtract(found.barred)
    # An editor's bet may be one of those that were counted and not looked at.
    settled = counts.is_exact and (found.is_all or not _has_bets(found, asked))
    looked_for_some = len(found.shelves) < asked.enough
    return Tally(
        +full,
        Counter(hit.shelf for hit in found.extra),
        is_exact=settled and not found.has_more,
        is_settled=settled,
        has_all_extra=not found.has_more and (looked_for_some or len(found.reading.question.clues) < 2),
        only_extra_is_sure=not found.shelves and not _has_bets(found, asked),
    )


def _has_bets(found: finding.Answer, asked: finding.Asked) -> bool:
    book = asked.wordbook
    return any(key in book.best or key in book.worst for key in (found.key, found.reading.query.key))
