"""What a question looks for: each of its words, in all the ways in which a text may say it.

A way is the word itself (`word`), the same word in other letters (`spelling`), what editors taught to mean
it (`synonym`), or what it is made of or part of (`compound`). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .analysis import Query, Word
from .engines.protocol import Clue, Way
from .wording import Terms, Wordbook

WORTH = {"word": 1.0, "spelling": 1.0, "beginning": 0.9, "compound": 0.7, "synonym": 0.5}


@dataclass(frozen=True)
class Question:
    """A question as it is ranked by: `clues` with the rarity of each (more for rarer words), and the key
    that is compared with whole titles and codes."""

    clues: tuple[Clue, ...]
    rarity: tuple[float, ...]
    key: str = ""


def clues(query: Query, wordbook: Wordbook, stems: Mapping[str, Sequence[str]]) -> tuple[Clue, ...]:
    """`stems`: for the beginning of a word, stems of words that begin so and no longer do themselves."""
    taught = _taught(query.words, wordbook)
    return tuple(
        Clue(tuple(_ways(word, taught.get(place, ()), stems.get(word.prefix, ()))), word.form)
        for place, word in enumerate(query.words)
    )


def _ways(word: Word, taught: Sequence[Terms], stems: Sequence[str]) -> Iterator[Way]:
    for number, phrase in enumerate(word.phrases):
        yield _way(phrase, "spelling" if number else "word")
    if word.prefix:
        yield Way((word.prefix,), WORTH["beginning"], "beginning", begins=True)
        for stem in stems:
            yield _way((stem,), "beginning")
    for phrase in taught:
        yield _way(phrase, "synonym")


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
