"""The difference of long texts: publishing waits for it, so that nobody's words may hold it up."""

from __future__ import annotations

import difflib
import random
import time

import pytest

from cms.publications import matching
from cms.publications.differences import words


def _text(seed: int, length: int, vocabulary: int) -> str:
    dice = random.Random(seed)
    return " ".join(f"word{dice.randrange(vocabulary)}" for _ in range(length))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_text(1, 10_000, 400), _text(2, 10_000, 400)),
        (_text(1, 10_000, 1_000_000), _text(2, 10_000, 1_000_000)),
        ("the " * 10_000, "of the " * 5_000),
        (_text(1, 10_000, 400), ""),
        (_text(1, 10_000, 300), " ".join(reversed(_text(1, 10_000, 300).split()))),
    ],
    ids=["few words", "nothing shared", "one word", "gone", "turned round"],
)
def test_ten_thousand_words_hold_nobody_up(old: str, new: str) -> None:
    start = time.monotonic()
    words(old, new)
    assert time.monotonic() - start < 5


def test_one_word_in_ten_thousand_is_found() -> None:
    old = _text(1, 10_000, 400).split()
    new = list(old)
    new[2_000], new[7_000] = "changed", "again"
    changes = [piece for piece in words(" ".join(old), " ".join(new)) if piece[0] != "="]
    assert changes == [["-", old[2_000]], ["+", "changed"], ["-", old[7_000]], ["+", "again"]]


@pytest.mark.parametrize("seed", range(30))
def test_what_is_shared_is_shared_and_nothing_is_lost(seed: int) -> None:
    dice = random.Random(seed)
    a = [str(dice.randrange(60)) for _ in range(dice.randrange(600))]
    b = [word for word in a if dice.random() < 0.8] + [str(dice.randrange(60)) for _ in range(20)]
    at_a = at_b = 0
    for name, a1, a2, b1, b2 in matching.opcodes(a, b):
        assert (a1, b1) == (at_a, at_b)
        assert name != "equal" or a[a1:a2] == b[b1:b2]
        at_a, at_b = a2, b2
    assert (at_a, at_b) == (len(a), len(b))


def test_short_texts_are_compared_as_before() -> None:
    a, b = "It takes two weeks to decide.".split(), "It takes up to ten days to decide.".split()
    assert matching.opcodes(a, b) == difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
