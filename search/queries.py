"""Searching what is published: what is found (`finding.py`), as people and programs get it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from cms.core import clock
from cms.publications.models import Current
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Status

from . import analysis, finding, languages
from .documents import Shelf
from .engines import Candidate, Rows
from .facets import Filters, facets
from .highlighting import highlight
from .telling import services, telling
from .wordbook.queries import wordbook
from .wording import NOTHING_TAUGHT

COUNTED = 5_000  # hits that are counted; of more the facets tell no exact numbers
DEEPEST = 200  # results that can be leafed through
MOST = 100  # results in one answer
SUGGESTIONS = 8


@dataclass(frozen=True)
class Result:
    """One hit as people and programs get it. `snippet` is escaped HTML with `<mark>`; `facts` are lines
    `{"kind", "text"}`; `service` is the id of the service page that an article belongs to, and
    `more_of_service` says how many further hits of the same service were folded away behind this one.
    `pinned`: a best bet."""

    id: str
    type: str
    title: str
    url: str | None
    snippet: str
    facts: list[dict[str, str]]
    audience: str
    pinned: bool
    updated: datetime
    changed_today: bool
    department: str
    handling_class: str
    service: str | None
    more_of_service: int = 0


@dataclass(frozen=True)
class Results:
    """An answer. `corrected` is what was searched for instead of the words typed; ask again `as_typed`
    for these. `total` counts all hits, also those that are folded away; it isn't exact where there are
    more than were counted. No facets while typing. `nearest`: when nothing is found, topics to go on
    from, `{"id", "title", "url"}`. `key` is the question's normal form: questions with the same key are
    one question."""

    query: str
    total: int = 0
    total_is_exact: bool = True
    results: list[Result] = field(default_factory=list)
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    corrected: str | None = None
    nearest: list[dict[str, Any]] = field(default_factory=list)
    key: str = ""


@dataclass(frozen=True)
class Explanation:
    """Why an item stands where it does. `place`: from 1; None where it isn't found. `parts` are
    sentences with points, which add up to `score`."""

    query: str
    corrected: str | None
    item: UUID
    place: int | None
    score: float
    parts: list[dict[str, Any]]


def find(
    text: str,
    *,
    audience: str,
    filters: Filters | None = None,
    limit: int = 10,
    offset: int = 0,
    typing: bool = False,
    as_typed: bool = False,
) -> Results:
    """What an audience (`public` or `staff`) finds. Any text is answered: signs are passed over, what is
    too long is cut (`analysis.MAX_QUERY`). While `typing`, the last word is taken as a beginning."""
    filters = filters or Filters()
    limit, offset = max(0, min(limit, MOST)), max(0, min(offset, DEEPEST))
    language = languages.primary(settings.LANGUAGE_CODE)
    index = finding.place(audience)
    found = finding.answer(
        text,
        index=index,
        language=language,
        wordbook=wordbook(language, audience=audience),
        typing=typing,
        as_typed=as_typed,
        keep=filters.tokens(),
    )
    if not found.query.words:
        return Results(query=found.query.text)
    counts = index.engine.count(audience, found.question.clues, most=DEEPEST if typing else COUNTED)
    strong = sum(n for shelf, n in counts.shelves.items() if filters.keeps(Shelf.read(shelf)))
    weak = found.ranked[len(found.ranked) - found.weak :]
    shown = found.ranked[offset : offset + limit]
    kept, gone = _checked([one.candidate for one in shown], audience)
    return Results(
        query=found.query.text,
        total=strong + len(weak) - gone,
        total_is_exact=counts.is_exact and not found.has_more,
        results=_results(kept, found.query, audience, language),
        facets={} if typing else facets(counts, filters, [one.candidate.shelf for one in weak], audience),
        corrected=found.corrected,
        key=found.query.key,
    )


def explain(text: str, item: UUID, *, audience: str, as_typed: bool = False) -> Explanation:
    """Why an item stands where it does for a question."""
    language = languages.primary(settings.LANGUAGE_CODE)
    found = finding.answer(
        text,
        index=finding.place(audience),
        language=language,
        wordbook=wordbook(language, audience=audience),
        as_typed=as_typed,
    )
    places = {one.candidate.item: place for place, one in enumerate(found.ranked, start=1)}
    place = places.get(item)
    one = found.ranked[place - 1] if place else None
    return Explanation(
        query=found.query.text,
        corrected=found.corrected,
        item=item,
        place=place,
        score=one.score if one else 0.0,
        parts=[{"text": part.what, "points": part.points} for part in one.parts] if one else [],
    )


def suggest(text: str, *, audience: str, limit: int = SUGGESTIONS) -> list[str]:
    """Titles that a half-typed question may lead to, each once."""
    language = languages.primary(settings.LANGUAGE_CODE)
    query = analysis.ask(text, language, typing=True)
    index = finding.place(audience)
    question = finding.ask(query, index, NOTHING_TAUGHT)
    items = index.engine.suggest(audience, question.clues, start=query.start, limit=limit * 2)
    rows = _current(items, audience)
    titles = dict.fromkeys(rows[item].title for item in items if item in rows)
    return list(titles)[:limit]


class Row(NamedTuple):
    """What is shown of an item as it stands now."""

    pk: UUID
    kind: str
    audience: str
    title: str
    path: str | None
    updated_at: datetime
    handling_class: str
    department: str


def _checked(hits: Sequence[Candidate], audience: str) -> tuple[list[tuple[Candidate, Row]], int]:
    """The hits that really are published for the audience, and how many are not (any more)."""
    rows = _current([hit.item for hit in hits], audience)
    found = [(hit, rows[hit.item]) for hit in hits if hit.item in rows]
    return found, len(hits) - len(found)


def _current(items: Sequence[UUID], audience: str) -> dict[UUID, Row]:
    if not items:
        return {}
    rows = Current.objects.filter(
        pk__in=items, status=Status.PUBLISHED, audience__in=AUDIENCES[audience]
    ).values_list(*Row._fields[:-1], "department__code")
    return {row[0]: Row(*row) for row in rows}


def _results(
    found: list[tuple[Candidate, Row]], query: analysis.Query, audience: str, language: str
) -> list[Result]:
    if not found:
        return []
    items = [row.pk for _hit, row in found]
    parents = services([row.pk for _hit, row in found if row.kind == "article"], audience)
    lines = telling(items, parents, audience, clock.today())
    texts = Rows(audience).texts(items)
    return [
        Result(
            id=str(row.pk),
            type=row.kind,
            title=row.title,
            url=row.path,
            snippet=highlight(texts.get(row.pk, ""), query, language=language),
            facts=lines[row.pk],
            audience=row.audience,
            pinned=False,
            updated=row.updated_at,
            changed_today=clock.today(row.updated_at) == clock.today(),
            department=row.department,
            handling_class=row.handling_class,
            service=str(parents[row.pk]) if row.pk in parents else None,
        )
        for _hit, row in found
    ]
