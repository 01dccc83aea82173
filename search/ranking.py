"""In which order people see what engines found, and why. Pure; the same for every engine.

A document's score is the sum of its parts, each in proportion to how rare the question's words are:

- `word`: for each word that it has, more for weightier fields and shorter texts, and the less the more
  often it was said already (BM25F); a synonym counts half of the word itself;
- `title`: how much of its title, or of its address, is what was asked for: of two titles that have all
  the words, the one that has little else;
- `near`: words that follow each other there as they do in the question;
- `exact`: the question is its title, or a code of its;
- `used`, `handling`, `fresh`: what speaks for it beside its words. All three together weigh less than
  one more word.

`docs/decisions/0008-order-of-attack.md` says what was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log
from uuid import UUID

from .clues import LITERAL, Question
from .documents import FIELDS, WEIGHTS, Shelf
from .engines.protocol import Candidate, Clue, Way

TITLE, NEAR, EXACT = 0.6, 0.1, 10.0
USED, HANDLING, FRESH = 0.15, {"A": 0.02, "B": 0.01}, 0.02
FRESH_FOR = 30  # days
_ENOUGH = 1.5  # what a word has to weigh to count half
# How many terms a field usually has, and how much of a word's weight a longer one takes.
_USUAL = {"title": (7, 0.3), "address": (5, 0.3), "names": (10, 0.3), "gist": (25, 0.5), "body": (300, 0.5)}


@dataclass(frozen=True, slots=True)
class Part:
    """Points for something (see above). Of a word: its form, the fields that it stands in, and how it is
    said there, where that isn't literally."""

    what: str
    points: float
    word: str = ""
    fields: tuple[str, ...] = ()
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its score, which is the sum of its parts; `found`: how many of the clues it has."""

    candidate: Candidate
    score: float
    found: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What ranking knows beside the words: the day, and what people of the same audience used for this
    question, from 0 to 1."""

    today: date = date.min
    used: Mapping[UUID, float] | None = None


def rarity(documents: int, size: int) -> float:
    """What a word tells that so many of all documents have."""
    documents = min(documents, size)
    return log(1 + (size - documents + 0.5) / (documents + 0.5))


def rank(
    candidates: Sequence[Candidate], question: Question, circumstances: Circumstances | None = None
) -> list[Ranked]:
    """Best first; those that are as good by their titles."""
    known = circumstances or Circumstances()
    scored = [score(candidate, question, known) for candidate in candidates]
    return sorted(scored, key=lambda r: (-round(r.score, 6), r.candidate.title, str(r.candidate.item)))


def score(candidate: Candidate, question: Question, circumstances: Circumstances) -> Ranked:
    """What a document is worth as an answer, part by part."""
    fields = [f" {terms} " if terms else "" for terms in candidate.fields]
    whole = "|".join(fields)
    total = sum(question.rarity)
    parts = []
    for clue, worth in zip(question.clues, question.rarity, strict=True):
        weight, way, where = _said(clue, fields, whole)
        if way is not None:
            points = worth * weight / (weight + _ENOUGH)
            parts.append(Part("word", points, clue.form, where, None if way.kind in LITERAL else way))
    found = len(parts)
    parts += [
        Part("title", TITLE * total * max(_covered(question, text) for text in fields[:2])),
        Part("near", NEAR * _near(question, whole)),
        Part("exact", EXACT * total * candidate.exact),
        *_beside(candidate, total, circumstances),
    ]
    parts = [part for part in parts if part.points]
    return Ranked(candidate, sum(part.points for part in parts), found, tuple(parts))


def _said(clue: Clue, fields: Sequence[str], whole: str) -> tuple[float, Way | None, tuple[str, ...]]:
    """What a clue weighs in a document, in which way it is said there best, and in which fields."""
    ways = [(way, needle) for way, needle in clue.needles if needle in whole]
    if not ways:
        return 0.0, None, ()
    weight, best, first, where = 0.0, 0.0, ways[0][0], []
    for name, text in zip(FIELDS, fields, strict=True):
        times, way = max(((way.worth * text.count(needle), way) for way, needle in ways), key=lambda x: x[0])
        if times:
            usual, share = _USUAL[name]
            longer = 1 - share + share * (text.count(" ") - 1) / usual
            said = WEIGHTS[name] * times / longer
            weight += said
            where.append(name)
            if said > best:
                best, first = said, way
    return weight, first, tuple(where)


def _covered(question: Question, text: str) -> float:
    """How much of a title was asked for."""
    terms = set(text.split())
    if not terms:
        return 0.0
    worths, beginnings = question.worths, question.beginnings
    said = sum(worths.get(term) or (bool(beginnings) and term.startswith(beginnings)) for term in terms)
    return said / len(terms)


def _near(question: Question, whole: str) -> float:
    pairs = zip(pairwise(question.clues), pairwise(question.rarity), strict=True)
    return sum(
        min(rarities)
        for (left, right), rarities in pairs
        if left.ways
        and right.ways
        and f" {' '.join(left.ways[0].terms)} {' '.join(right.ways[0].terms)} " in whole
    )


def _beside(candidate: Candidate, total: float, known: Circumstances) -> list[Part]:
    used = (known.used or {}).get(candidate.item, 0.0)
    handling = HANDLING.get(Shelf.read(candidate.shelf).handling_class, 0.0)
    age = (known.today - candidate.changed).days
    fresh = FRESH * (1 - age / FRESH_FOR) if 0 <= age < FRESH_FOR else 0.0
    return [
        Part("used", USED * total * min(1.0, used)),
        Part("handling", handling * total),
        Part("fresh", fresh * total),
    ]
