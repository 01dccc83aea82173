"""What a question looks for: each of its words, in all the ways in which a text may say it.

A way is the word itself (`word`), the same word in other letters (`spelling`), a word that begins so
(`beginning`), what editors taught to mean it (`synonym`), what it is made of or part of (`compound`), or
what else may have been meant, where it is hardly known (`meant`). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from .analysis import Query, Word
from .engines.protocol import Clue, Way
from .wording import Terms, Wordbook

WORTH = {"word": 1.0, "spelling": 1.0, "beginning": 0.9, "compound": 0.7, "synonym": 0.4, "meant": 0.3}
LITERAL = frozenset({"word", "spelling", "beginning"})
# What a term of a title counts that stands for a word.
_IN_TITLE = {"synonym": 0.5, "compound": 0.8, "meant": 0.4}


@dataclass(frozen=True)
class Question:
    """A question as it is ranked by: `clues` with the rarity of each (more for rarer words) and about how
    many documents have it, in any way; and the key that is compared with whole titles and codes."""

    clues: tuple[Clue, ...]
    rarity: tuple[float, ...]
    documents: tuple[int, ...]
    key: str = ""

    @cached_property
    def total(self) -> float:
        return sum(self.rarity)

    @cached_property
    def neighbours(self) -> tuple[tuple[str, float], ...]:
        """How clues that follow each other stand in a text that says them so, and what that tells."""
        pairs = zip(pairwise(self.clues), pairwise(self.rarity), strict=True)
        return tuple(
            (f" {' '.join(left.ways[0].terms)} {' '.join(right.ways[0].terms)} ", min(rarities))
            for (left, right), rarities in pairs
        )

    @cached_property
    def worths(self) -> dict[str, float]:
        """What each term counts of a title that has it, at most 1."""
        found: dict[str, float] = {}
        for clue in self.clues:
            for way in clue.ways:
                worth = 0.0 if way.begins else _IN_TITLE.get(way.kind, 1.0)
                for term in way.terms:
                    found[term] = max(found.get(term, 0.0), worth)
        return found

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        return tuple(way.terms[0] for clue in self.clues for way in clue.ways if way.begins)


@dataclass(frozen=True)
class Wider:
    """What the dictionary adds to the words of a question, by their forms: stems of words that begin so
    (`endings`), terms of what a word is part of (`inside`), of what else may have been meant (`also`), and
    of what it is made of, all of which are needed (`parts`). `begun`: about how many documents have a word
    that begins so."""

    endings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    begun: Mapping[str, int] = field(default_factory=dict)
    inside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)


def clues(query: Query, wordbook: Wordbook, wider: Wider | None = None) -> tuple[Clue, ...]:
    """The clues of a question: one for each word, or for each part of one."""
    wider = wider or Wider()
    taught = _taught(query.words, wordbook)
    found = []
    for place, word in enumerate(query.words):
        ways = [
            *_literal(word, wider.endings.get(word.prefix, ())),
            *(_way((term,), "compound") for term in wider.inside.get(word.form, ())),
            *(_way((term,), "meant") for term in wider.also.get(word.form, ())),
            *(_way(phrase, "synonym") for phrase in taught.get(place, ())),
        ]
        for part in wider.parts.get(word.form, ()):
            found.append(Clue((*ways, _way((part,), "compound")), word.form))
        if not wider.parts.get(word.form):
            found.append(Clue(tuple(ways), word.form))
    return tuple(found)


def _literal(word: Word, endings: Sequence[str]) -> Iterator[Way]:
    for number, phrase in enumerate(word.phrases):
        yield _way(phrase, "spelling" if number else "word")
    if word.prefix:
        yield Way((word.prefix,), WORTH["beginning"], "beginning", begins=True)
        for stem in endings:
            yield _way((stem,), "beginning")


def _way(terms: Terms, kind: str) -> Way:
    return Way(terms, WORTH[kind], kind)


def _taught(words: Sequence[Word], wordbook: Wordbook) -> dict[int, list[Terms]]:
    """For each word what was taught to mean it, or to mean a sequence of words that it is part of."""
    found: dict[int, dict[Terms, None]] = {}
    firsts = [word.phrases[0][0] for word in words]
    for start in range(len(firsts)):
        for end in range(start + 1, len(firsts) + 1):
            for meaning in wordbook.instead.get(tuple(firsts[start:end]), ()):
                for place in range(start, end):
                    found.setdefault(place, {})[meaning] = None
    return {place: list(meanings) for place, meanings in found.items()}
