"""How good answers are, by what people judged right, each with the interval that chance leaves. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

DEPTH = 10
_ROUNDS = 1_000
_SEED = 20_261_124


@dataclass(frozen=True)
class Answered:
    """One question: the documents that it was answered with, best first; the grade of each that is right
    for it (0: not); and the milliseconds that it took."""

    documents: Sequence[str]
    grades: Mapping[str, int]
    took: float


@dataclass(frozen=True)
class Measure:
    """A figure, and the borders between which it lies in 95 of 100 draws of as many questions."""

    value: float
    low: float
    high: float


def ndcg(answer: Answered) -> float:
    """How much of what the best order of all right documents would give, at depth 10."""
    best = _gain(sorted((grade for grade in answer.grades.values() if grade > 0), reverse=True))
    return _gain([answer.grades.get(document, 0) for document in answer.documents]) / best if best else 0.0


def hit(answer: Answered, depth: int) -> float:
    return float(any(answer.grades.get(document, 0) > 0 for document in answer.documents[:depth]))


def recall(answer: Answered) -> float:
    right = {document for document, grade in answer.grades.items() if grade > 0}
    return len(right.intersection(answer.documents[:DEPTH])) / len(right) if right else 0.0


def reciprocal_rank(answer: Answered) -> float:
    ranks = (rank for rank, d in enumerate(answer.documents, start=1) if answer.grades.get(d, 0) > 0)
    return 1 / next(ranks, float("inf"))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of all values don't exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def measures(answers: Sequence[Answered]) -> dict[str, Measure]:
    """All figures over at least one question."""
    took = [answer.took for answer in answers]
    of_each: dict[str, list[float]] = {
        "ndcg@10": [ndcg(answer) for answer in answers],
        "hit@1": [hit(answer, 1) for answer in answers],
        "hit@3": [hit(answer, 3) for answer in answers],
        "hit@10": [hit(answer, DEPTH) for answer in answers],
        "recall@10": [recall(answer) for answer in answers],
        "mrr": [reciprocal_rank(answer) for answer in answers],
        "no_result": [float(not answer.documents) for answer in answers],
    }
    return {
        **{name: interval(values, mean) for name, values in of_each.items()},
        "p50_ms": interval(took, lambda values: percentile(values, 0.5)),
        "p95_ms": interval(took, lambda values: percentile(values, 0.95)),
    }


def interval(values: Sequence[float], figure: Callable[[Sequence[float]], float]) -> Measure:
    """A figure with its bootstrap interval; the same on every run."""
    chance = random.Random(_SEED)  # noqa: S311  (a draw of questions, not a secret)
    drawn = sorted(figure(chance.choices(values, k=len(values))) for _round in range(_ROUNDS))
    return Measure(figure(values), drawn[int(0.025 * _ROUNDS)], drawn[int(0.975 * _ROUNDS) - 1])


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:DEPTH]) if grade > 0)
