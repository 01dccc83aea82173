"""Words that Dutch, German, Norwegian and Swedish write as one, and what they are made of.

All of it happens when a question is asked, against the words that the municipality itself uses: the index
holds whole words. `known` tells of some forms (folded, unstemmed) in how many documents each stands;
those that stand in none are absent. It is called once by each function here. Pure.

A division is a guess: English carpet is car and pet, where both words are known and carpet isn't. Ask
for it where the whole word finds little, and rank what it finds below the word itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log1p

from .analysis import stem, stop_words
from .languages import ENDINGS, LINKS, NOT_PARTS, family

Known = Callable[[Collection[str]], Mapping[str, int]]

SHORTEST = 3  # letters of a part
LONGEST = 40  # letters of a word that is divided
_CHANGED = 0.7  # what a part is better known by as it stands than with another ending, as a logarithm
_SHORT = 1.0  # and by having more than the fewest letters


def split(form: str, language: str, known: Known) -> tuple[str, ...]:
    """The best division of a word into two or three known words, in the form in which they are known:
    `geburtsurkunde` → `(geburt, urkunde)`. Fewer parts are better, then better known ones; `()` when
    there is none. In any language also where a space was forgotten: `counciltax`."""
    if not form.isalpha() or not 2 * SHORTEST <= len(form) <= LONGEST:
        return ()
    divisions = list(_divisions(form))
    first = {piece for division in divisions for piece in division[:-1]}
    last = {division[-1] for division in divisions}
    readings = {(piece, False): _as_modifier(piece, language) for piece in first}
    readings |= {(piece, True): _as_head(piece, language) for piece in last}
    counts = known({word for words in readings.values() for word in words} - {form})
    best = {place: _best(place[0], words, counts) for place, words in readings.items()}
    found = []
    for division in divisions:
        parts = [best[piece, number == len(division)] for number, piece in enumerate(division, start=1)]
        scores = [score for score, _word in parts]
        if min(scores) > 0:
            found.append((len(parts), -min(scores), -sum(scores), tuple(word for _score, word in parts)))
    return min(found)[-1] if found else ()


def joined(forms: Sequence[str], language: str, known: Known) -> dict[int, tuple[str, ...]]:
    """Neighbours that are known as one word, the best known first, by the place of the first of the two:
    `brand weer` → `{0: (brandweer,)}`; `stad kantoor` → `{0: (stadskantoor,)}`."""
    wholes = {
        place: [opening + right for opening in _openings(left, language)]
        for place, (left, right) in enumerate(pairwise(forms))
        if left.isalpha() and right.isalpha()
    }
    counts = known({whole for several in wholes.values() for whole in several})
    found = {
        place: tuple(sorted((w for w in several if w in counts), key=lambda w: (-counts[w], w)))
        for place, several in wholes.items()
    }
    return {place: several for place, several in found.items() if several}


def inside(form: str, language: str, candidates: Iterable[str], known: Known) -> tuple[str, ...]:
    """Those of the candidates that are compounds with a word in front or at the end: `tonne` is in
    `mulltonne`, since `mull` is known too, and not in `tonnerre`. In the candidates' order.

    `edges` tells how candidates begin and end.
    """
    if not _may_be_part(form, language):
        return ()
    starts, ends = edges(form, language)
    rests: dict[str, set[str]] = {}
    for candidate in candidates:
        readings = rests.setdefault(candidate, set())
        if not candidate.isalpha() or candidate == form:
            continue
        for start in starts:
            if candidate.startswith(start):
                readings.update(_as_head(candidate[len(start) :], language))
        for end in ends:
            if candidate.endswith(end):
                readings.update(_as_modifier(candidate[: -len(end)], language))
    counts = known(set().union(*rests.values()))
    return tuple(candidate for candidate, words in rests.items() if not words.isdisjoint(counts))


def edges(form: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How words begin and how they end that may be compounds with this one: Swedish `gata` opens
    `gatubelysning`, German `tonne` ends `mulltonnen`."""
    return _openings(form, language), tuple(dict.fromkeys((form, *_inflected(form, language))))


def _divisions(form: str) -> Iterator[tuple[str, ...]]:
    stop = len(form) - SHORTEST + 1
    for first in range(SHORTEST, stop):
        yield form[:first], form[first:]
        for second in range(first + SHORTEST, stop):
            yield form[:first], form[first:second], form[second:]


def _best(piece: str, words: Sequence[str], counts: Mapping[str, int]) -> tuple[float, str]:
    """How well a piece is known, and as which word; 0: not at all."""
    scored = [(0.0, "")]
    for word in words:
        if count := counts.get(word, 0):
            worth = log1p(count) - _CHANGED * (word != piece) - _SHORT * (len(word) == SHORTEST)
            scored.append((max(worth, 0.01), word))
    return max(scored)


@lru_cache(maxsize=20_000)
def _as_modifier(piece: str, language: str) -> tuple[str, ...]:
    """The words that a piece may be which isn't the last of a compound."""
    words = [piece]
    for ending, instead in LINKS.get(family(language), ()):
        if piece.endswith(ending) and len(piece) - len(ending) >= SHORTEST:
            words.append(piece[: len(piece) - len(ending)] + instead)
    words.append(stem(piece, language))
    return tuple(word for word in dict.fromkeys(words) if _may_be_part(word, language))


@lru_cache(maxsize=20_000)
def _as_head(piece: str, language: str) -> tuple[str, ...]:
    """The words that the last piece of a compound may be, inflected or not."""
    if not _may_be_part(piece, language):
        return ()
    words = dict.fromkeys((piece, *_inflected(piece, language), stem(piece, language)))
    return tuple(word for word in words if _may_be_part(word, language))


def _openings(form: str, language: str) -> tuple[str, ...]:
    found = [form]
    for ending, instead in LINKS.get(family(language), ()):
        if form.endswith(instead) and len(form) - len(instead) >= SHORTEST:
            found.append(form[: len(form) - len(instead)] + ending)
    return tuple(dict.fromkeys(found))


def _inflected(form: str, language: str) -> Iterator[str]:
    """With another ending, or without one."""
    for ending in ENDINGS.get(family(language), ()):
        yield form + ending
        if form.endswith(ending) and len(form) - len(ending) > SHORTEST:
            yield form.removesuffix(ending)


def _may_be_part(word: str, language: str) -> bool:
    barred = NOT_PARTS.get(family(language), frozenset())
    return len(word) >= SHORTEST and word not in barred and word not in stop_words(language)
