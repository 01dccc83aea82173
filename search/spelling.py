"""Which words a mistyped one may be meant for. Pure: `alike` asks whatever keeps the dictionary.

One edit (a letter too many, too few, another, or two swapped) is forgiven in words of four letters or
more, two from eight, three from twelve; from six letters also a second one, if both are only about which
letters are doubled. One edit leaves one half of a word as it was, two leave one third, three a quarter; of
these only the first and the last are looked at, since an index can't tell what stands in the middle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from math import log1p
from typing import Protocol

SHORTEST = 4
LONG = 8
LONGER = 12
DOUBLING = 6
_LONGEST = 40

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# What an edit costs: those that fingers make most often cost least.
_NEIGHBOUR, _SWAP, _DOUBLED, _EDIT, _OTHER = 0.8, 0.8, 0.7, 1.0, 1.3
_FIRST = 0.4  # few people mistype the first letter
_COMMON = 0.12  # what a word is more likely by, for each power of e by which it is more frequent


class Counted(Protocol):
    """A word of the dictionary."""

    @property
    def form(self) -> str: ...
    @property
    def stem(self) -> str: ...
    @property
    def documents(self) -> int: ...


class Alike(Protocol):
    """Words of some lengths that begin or end so, and those of the forms that there are."""

    def __call__(
        self, lengths: Collection[int], *, start: str, end: str, forms: Collection[str]
    ) -> Iterable[Counted]: ...


class Known(Protocol):
    """In how many documents each of some words stands; those that stand in none are absent."""

    def __call__(self, forms: Collection[str]) -> Mapping[str, int]: ...


def tolerance(form: str) -> int:
    """How many edits are forgiven in a word."""
    if not form.isalpha() or not SHORTEST <= len(form) <= _LONGEST:
        return 0
    return 1 + (len(form) >= LONG) + (len(form) >= LONGER)


def corrections(form: str, alike: Alike, *, edits: int, most: int = 3) -> list[Counted]:
    """The words that were most likely meant, with so many edits at most; best first."""
    beyond = edits - tolerance(form)
    if edits == beyond or beyond > (len(form) >= DOUBLING):
        return []
    found = _within(form, edits, alike)
    if beyond > 0:
        found = [row for row in found if undoubled(row[1]) == undoubled(form)]
    ranked = sorted(found, key=lambda row: (*row[:2], row[2].stem))  # the same in every database
    return [word for _cost, _form, word in ranked[:most]]


def _within(form: str, edits: int, alike: Alike) -> list[tuple[float, str, Counted]]:
    size = len(form)
    part = size // (edits + 1)
    words = alike(
        range(max(SHORTEST - 1, size - edits), size + edits + 1),
        start=form[:part],
        end=form[-(size - part if edits == 1 else part) :],
        forms=swapped(form),
    )
    found = []
    for word in words:
        cost = distance(form, word.form, edits)
        if cost is not None and word.form != form:
            likely = cost + _FIRST * (word.form[0] != form[0]) - _COMMON * log1p(word.documents)
            found.append((round(likely, 6), word.form, word))
    return found


def spaced(form: str, known: Known) -> tuple[str, ...]:
    """The two words between which a space was forgotten, both as they are known, if there are such. The
    likelier, the more documents have both."""
    if not form.isalpha() or not SHORTEST <= len(form) <= _LONGEST:
        return ()
    pairs = [(form[:place], form[place:]) for place in range(1, len(form))]
    counts = known({word for pair in pairs for word in pair})
    found = [
        (log1p(counts[left]) + log1p(counts[right]), left, right)
        for left, right in pairs
        if left in counts and right in counts and max(len(left), len(right)) >= SHORTEST
    ]
    return max(found)[1:] if found else ()


def undoubled(form: str) -> str:
    """The word with each of its doubled letters once."""
    return "".join(sign for sign, _same in groupby(form))


def swapped(form: str) -> list[str]:
    """The word with any two neighbours swapped: an edit that may touch both halves."""
    found = {f"{form[:n]}{form[n + 1]}{form[n]}{form[n + 2 :]}" for n in range(len(form) - 1)}
    return sorted(found - {form})


def distance(left: str, right: str, most: int) -> float | None:
    """What leads from what was typed to a word, as the sum of what its edits cost; None: more than `most`
    edits."""
    if abs(len(left) - len(right)) > most:
        return None
    start, end = 0, 0
    shorter = min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    before = left[start - 1] if start else ""
    typed, meant = left[start : len(left) - end], right[start : len(right) - end]
    if max(len(typed), len(meant)) <= 1 or (typed == meant[::-1] and len(typed) == 2):
        return _single(typed, meant, before)
    if most == 1:
        return None
    return _several(typed, meant, most)


def _single(typed: str, meant: str, before: str) -> float:
    if len(typed) == 2:
        return _SWAP
    if typed and meant:
        return _NEIGHBOUR if meant in _neighbours(typed) else _OTHER
    return _DOUBLED if (typed or meant) == before else _EDIT


def _several(typed: str, meant: str, most: int) -> float | None:
    """The fewest edits, by the usual table; each costs the same."""
    rows = [list(range(len(meant) + 1))]
    for i, sign in enumerate(typed, start=1):
        row = [i]
        for j, other in enumerate(meant, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        rows.append(row)
    return float(rows[-1][-1]) if rows[-1][-1] <= most else None


@lru_cache(maxsize=64)
def _neighbours(sign: str) -> frozenset[str]:
    """The keys around one; y and z stand for each other on German keyboards."""
    found = {"y": {"z"}, "z": {"y"}}.get(sign, set())
    for number, row in enumerate(_ROWS):
        place = row.find(sign)
        if place < 0:
            continue
        found |= set(row[max(0, place - 1) : place + 2])
        for other, shift in ((number - 1, 0), (number + 1, -1)):
            if 0 <= other < len(_ROWS):
                found |= set(_ROWS[other][max(0, place + shift) : place + shift + 2])
    return frozenset(found - {sign})
