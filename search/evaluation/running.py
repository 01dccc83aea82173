"""Indexing a corpus and asking all its questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from uuid import UUID

from django.db import connections, transaction

from search.documents import Searched
from search.engines import embedded
from search.finding import Asked, Index, answer
from search.wording import Wordbook

from .corpus import Corpus
from .measures import DEPTH, Answered, Measure, measures
from .places import Place

Progress = Callable[[str], None]
_AT_ONCE = 500


@dataclass(frozen=True)
class Evaluation:
    """What came out, over so many documents and questions."""

    documents: int
    questions: int
    measures: dict[str, Measure]


def evaluate(
    corpus: Corpus, place: Place, *, language: str, wordbook: Wordbook, progress: Progress = lambda said: None
) -> Evaluation:
    """Index, ask, measure."""
    asked = Asked(language, wordbook, fold=False)
    names = corpus.items
    with place() as index:
        fill(index, corpus.documents.values())
        progress("indexed")
        answers = [
            _ask(index, asked, text, names, corpus.grades[question])
            for question, text in corpus.questions.items()
        ]
    return Evaluation(len(corpus.documents), len(answers), measures(answers))


def fill(index: Index, documents: Iterable[Searched]) -> None:
    """Put documents on an engine, and its dictionary where that isn't the engine's own."""
    using = index.dictionary.using
    beside = embedded(using)
    for some in _batched(documents):
        with transaction.atomic(using=using):
            for document in some:
                beside.put(index.name, document)
                if index.engine != beside:
                    index.engine.put(index.name, document)
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("ANALYZE")


def _ask(
    index: Index, asked: Asked, text: str, names: Mapping[UUID, str], grades: Mapping[str, int]
) -> Answered:
    start = perf_counter()
    found = answer(text, asked, index)
    took = (perf_counter() - start) * 1000
    return Answered([names[hit.item] for hit in found.hits[:DEPTH]], grades, took)


def _batched(documents: Iterable[Searched]) -> Iterator[list[Searched]]:
    rest = iter(documents)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
