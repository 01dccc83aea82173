"""In which order people see what engines found, and why. Pure; the same for every engine.

A document's score is the sum of its parts, each in proportion to how rare the question's words are:

- `word`: for each word that it has, more for weightier fields and shorter texts, and the less the more
  often it was said already (BM25F); a synonym counts less than the word itself;
- `title`: how much of its title, or of its address, is what was asked for: of two titles that have all
  the words, the one that has little else;
- `near`: words that follow each other there as they do in the question;
- `exact`: the question is its title, or a code of its;
- `used`, `handling`, `fresh`: what speaks for it beside its words. All three together weigh less than
  one more word.

`docs/decisions/0008-order-of-attack.md` says what was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import NamedTuple
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
_FIELDS = tuple((name, WEIGHTS[name], *_USUAL[name]) for name in FIELDS)


class Part(NamedTuple):
    """Points for something (see above). Of a word: its form, the fields that it stands in, and how it is
    said there, where that isn't literally."""

    what: str
    points: float
    word: str = ""
    fields: tuple[str, ...] = ()
    way: Way | None = None


class Ranked(NamedTuple):
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
    return sorted(scored, key=lambda r: (-round(r.score, 6), r.candidate.title, r.candidate.item.int))


def score(candidate: Candidate, question: Question, circumstances: Circumstances) -> Ranked:
    """What a document is worth as an answer, part by part."""
    fields = [f" {terms} " if terms else "" for terms in candidate.fields]
    whole = "|".join(fields)
    total = question.total
    parts = []
    for clue, worth in zip(question.clues, question.rarity, strict=True):
        weight, way, where = _said(clue, fields, whole)
        if way is not None:
            points = worth * weight / (weight + _ENOUGH)
            parts.append(Part("word", points, clue.form, where, None if way.kind in LITERAL else way))
    found = len(parts)
    if covered := max(_covered(question, fields[0]), _covered(question, fields[1])):
        parts.append(Part("title", TITLE * total * covered))
    if near := _near(question, whole):
        parts.append(Part("near", NEAR * near))
    if candidate.exact:
        parts.append(Part("exact", EXACT * total))
    parts += _beside(candidate, total, circumstances)
    return Ranked(candidate, sum([part.points for part in parts]), found, tuple(parts))


def _said(clue: Clue, fields: Sequence[str], whole: str) -> tuple[float, Way | None, tuple[str, ...]]:
    """What a clue weighs in a document, in which way it is said there best, and in which fields."""
    ways = [pair for pair in clue.needles if pair[1] in whole]
    if not ways:
        return 0.0, None, ()
    weight, best, first, where = 0.0, 0.0, ways[0][0], []
    for (name, heavy, usual, share), text in zip(_FIELDS, fields, strict=True):
        times = 0.0
        for way, needle in ways if text else ():
            count = text.count(needle)
            if count * way.worth > times:
                times, said_as = count * way.worth, way
        if times:
            said = heavy * times / (1 - share + share * (text.count(" ") - 1) / usual)
            weight += said
            where.append(name)
            if said > best:
                best, first = said, said_as
    return weight, first, tuple(where)


def _covered(question: Question, text: str) -> float:
    """How much of a title was asked for."""
    terms = set(text.split())
    worths, beginnings = question.worths, question.beginnings
    said = 0.0
    for term in terms:
        if term in worths:
            said += worths[term]
        elif beginnings and term.startswith(beginnings):
            said += 1
    return said / len(terms) if terms else 0.0


def _near(question: Question, whole: str) -> float:
    return sum([rarity for needle, rarity in question.neighbours if needle in whole])


def _beside(candidate: Candidate, total: float, known: Circumstances) -> Iterator[Part]:
    if known.used and (used := known.used.get(candidate.item)):
        yield Part("used", USED * total * min(1.0, used))
    if handling := HANDLING.get(Shelf.read(candidate.shelf).handling_class):
        yield Part("handling", handling * total)
    age = (known.today - candidate.changed).days
    if 0 <= age < FRESH_FOR:
        yield Part("fresh", FRESH * total * (1 - age / FRESH_FOR))
