"""What a mistyped word was meant for, against a small dictionary."""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import NamedTuple

import pytest

from search.spelling import corrections, distance, spaced, swapped, tolerance


class Word(NamedTuple):
    form: str
    stem: str
    documents: int


KNOWN = {
    "parking": 40, "permit": 30, "permits": 10, "council": 50, "tax": 60, "library": 5, "registration": 9,
    "parting": 1, "bins": 4, "bin": 20, "pins": 1, "the": 99, "tariff": 3, "committee": 6, "apprenticeship": 2,
}  # fmt: skip


def alike(lengths: Collection[int], *, start: str, end: str, forms: Collection[str]) -> list[Word]:
    return [
        Word(form, form, documents)
        for form, documents in KNOWN.items()
        if (len(form) in lengths and (form.startswith(start) or form.endswith(end))) or form in forms
    ]


def known(forms: Collection[str]) -> dict[str, int]:
    return {form: KNOWN[form] for form in forms if form in KNOWN}


def meant(form: str) -> list[str]:
    for edits in (1, 2, 3):
        if found := corrections(form, alike, edits=edits):
            return [word.form for word in found]
    return []


@pytest.mark.parametrize(("typed", "right"), [
    ("parkng", "parking"), ("parkiing", "parking"), ("parkign", "parking"), ("parkimg", "parking"),
    ("aprking", "parking"), ("libary", "library"), ("lirbary", "library"), ("registratoin", "registration"),
    ("regstraton", "registration"), ("registrationne", "registration"), ("counsel", ""), ("zzzz", ""),
    ("tx", ""), ("taxx", "tax"),
    ("apprentership", "apprenticeship"), ("aprentershp", ""),
])  # fmt: skip
def test_one_edit_is_forgiven_two_in_long_words_and_three_in_longer_ones(typed: str, right: str) -> None:
    assert (meant(typed) or [""])[0] == right


@pytest.mark.parametrize(("typed", "right"), [
    ("tarrif", "tariff"), ("comitte", "committee"), ("pperrmit", "permit"), ("terrif", ""), ("lliibs", ""),
])  # fmt: skip
def test_which_letters_are_doubled_is_often_mistaken(typed: str, right: str) -> None:
    assert (meant(typed) or [""])[0] == right


def test_of_several_the_likelier_is_meant() -> None:
    assert meant("parling")[0] == "parking"
    assert meant("bims") == ["bins"]
    assert meant("permitt")[0] == "permit"


@pytest.mark.parametrize("form", ["tax", "v888", "x" * 41, "12345", ""])
def test_short_words_and_codes_are_not_corrected(form: str) -> None:
    assert tolerance(form) == 0
    assert corrections(form, alike, edits=1) == []


def test_two_edits_take_a_long_word() -> None:
    assert [tolerance(word) for word in ("bins", "parking", "register", "registration")] == [1, 1, 2, 3]
    assert corrections("perrmitt", alike, edits=1) == []
    assert corrections("prrmitt", alike, edits=2) == []


def test_every_single_error_in_every_word_is_found() -> None:
    """Whatever half of a word is damaged, the other leads to it."""
    chance = random.Random(5)
    for word in (form for form in KNOWN if len(form) >= 4):
        wrong = [word[:n] + word[n + 1 :] for n in range(len(word)) if len(word) > 4]
        wrong += [word[:n] + chance.choice("qxj") + word[n:] for n in range(len(word) + 1)]
        wrong += [word[:n] + chance.choice("qxj") + word[n + 1 :] for n in range(len(word))]
        wrong += swapped(word)
        for typed in wrong:
            assert word in [w.form for w in corrections(typed, alike, edits=1, most=9)], typed


@pytest.mark.parametrize(("typed", "meant", "least", "most"), [
    ("abcd", "abdc", 0.8, 0.8), ("abcd", "abc", 1.0, 1.0), ("abbc", "abc", 0.7, 0.7), ("abcd", "anbcd", 1.0, 1.0),
    ("tap", "tax", 1.3, 1.3), ("taz", "tas", 0.8, 0.8),
])  # fmt: skip
def test_what_fingers_do_often_costs_least(typed: str, meant: str, least: float, most: float) -> None:
    assert least <= (distance(typed, meant, 1) or 0) <= most


def test_further_than_allowed_is_no_distance() -> None:
    assert distance("abcd", "abxy", 1) is None
    assert distance("abcd", "ab", 1) is None
    assert distance("abcdefgh", "badcefgh", 2) == 2
    assert distance("abcdefgh", "hgfedcba", 2) is None


def test_a_forgotten_space_is_put_back() -> None:
    assert spaced("counciltax", known) == ("council", "tax")
    assert spaced("thelibrary", known) == ("the", "library")
    assert spaced("councilx", known) == spaced("tax", known) == ()
