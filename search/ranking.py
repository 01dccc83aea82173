"""In which order people see what engines found, and why. Pure; the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from uuid import UUID

from .clues import Question
from .documents import FIELDS, WEIGHTS
from .engines.protocol import Candidate, Clue

EXACT = 100.0
_ENOUGH = 1.5  # of a word that was said often, more says little more


@dataclass(frozen=True, slots=True)
class Part:
    """What a document has for `what` (see `PARTS`), by points; `of`: for which word."""

    what: str
    points: float
    of: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its score, which is the sum of its parts; `found`: how many of the clues it has."""

    candidate: Candidate
    score: float
    found: int
    parts: tuple[Part, ...] = ()


def rarity(documents: int, size: int) -> float:
    """What a word tells that so many of all documents have."""
    return log(1 + (size - min(documents, size) + 0.5) / (min(documents, size) + 0.5))


def rank(
    candidates: Sequence[Candidate], question: Question, *, prior: Mapping[UUID, float] | None = None
) -> list[Ranked]:
    """Best first; those that are as good by their titles. `prior`: what speaks for an item beside its
    words, 0 to 1."""
    ranked = [score(candidate, question, (prior or {}).get(candidate.item, 0.0)) for candidate in candidates]
    return sorted(ranked, key=lambda r: (-round(r.score, 6), r.candidate.title, str(r.candidate.item)))


def score(candidate: Candidate, question: Question, prior: float = 0.0) -> Ranked:
    """What a document is worth as an answer, part by part."""
    fields = [f" {terms} " for terms in candidate.fields]
    parts = []
    for clue, worth in zip(question.clues, question.rarity, strict=True):
        said = sum(
            WEIGHTS[name] * _times(clue, text) / (1 + text.count(" ") / 50)
            for name, text in zip(FIELDS, fields, strict=True)
        )
        if said:
            parts.append(Part("word", worth * said / (said + _ENOUGH), clue.form))
    found = len(parts)
    if candidate.exact:
        parts.append(Part("exact", EXACT))
    return Ranked(candidate, sum(part.points for part in parts), found, tuple(parts))


def _times(clue: Clue, text: str) -> float:
    return max(
        (way.worth * text.count(f" {' '.join(way.terms)}{'' if way.begins else ' '}") for way in clue.ways),
        default=0.0,
    )
