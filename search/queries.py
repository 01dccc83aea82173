"""Searching what is published. Order: an exact title or code, then what has all the words, best first,
then, where these don't fill one page, what has some of them, to the end of that page and no further:
a long tail of weak hits is no answer."""

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

from . import analysis, languages
from .documents import Shelf
from .engines import Hit, engine
from .facets import Filters, facets
from .highlighting import highlight
from .telling import services, telling

ENOUGH = 10  # hits with all the words, from which on none with only some of them is added
MOST = 100  # results in one answer
FARTHEST = 100_000
SUGGESTIONS = 8


@dataclass(frozen=True)
class Result:
    """One hit as people and programs get it. `snippet` is escaped HTML with `<mark>`; `facts` are lines
    `{"kind", "text"}`; `service` is the id of the service page that an article belongs to."""

    id: str
    type: str
    title: str
    url: str | None
    snippet: str
    facts: list[dict[str, str]]
    audience: str
    pinned: bool
    updated: datetime
    department: str
    handling_class: str
    service: str | None


@dataclass(frozen=True)
class Results:
    """An answer. `total` counts hits with all the words and the weaker ones that were added; it isn't
    exact where more of the weaker ones were left out. No facets while typing."""

    query: str
    total: int = 0
    total_is_exact: bool = True
    results: list[Result] = field(default_factory=list)
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    corrected: str | None = None


def find(
    text: str,
    *,
    audience: str,
    filters: Filters | None = None,
    limit: int = 10,
    offset: int = 0,
    typing: bool = False,
) -> Results:
    """What an audience (`public` or `staff`) finds. Any text is answered: signs are passed over, what is
    too long is cut (`analysis.MAX_QUERY`). While `typing`, the last word is taken as a beginning."""
    filters = filters or Filters()
    limit, offset = max(0, min(limit, MOST)), max(0, min(offset, FARTHEST))
    language = languages.primary(settings.LANGUAGE_CODE)
    query = analysis.ask(text, language, typing=typing)
    if not query.words:
        return Results(query=query.text)
    counts = engine().count(audience, query)
    shelves = None if filters.is_empty else [s for s in counts if filters.keeps(Shelf.read(s))]
    strong = sum(counts.values()) if shelves is None else sum(counts[shelf] for shelf in shelves)
    weak, more = _weak(query, audience, filters, ENOUGH - strong)
    hits = engine().find(audience, query, shelves=shelves, limit=limit, offset=offset) if strong else []
    start = max(0, offset - strong)
    hits += weak[start : start + limit - len(hits)]
    found, gone = _checked(hits, audience)
    return Results(
        query=query.text,
        total=strong + len(weak) - gone,
        total_is_exact=not more,
        results=_results(found, query, audience, language),
        facets={} if typing else facets(counts, filters, [hit.shelf for hit in weak], audience),
    )


def suggest(text: str, *, audience: str, limit: int = SUGGESTIONS) -> list[str]:
    """Titles that a half-typed question may lead to, each once."""
    query = analysis.ask(text, languages.primary(settings.LANGUAGE_CODE), typing=True)
    items = engine().suggest(audience, query, limit=limit * 2)
    rows = _current(items, audience)
    titles = dict.fromkeys(rows[item].title for item in items if item in rows)
    return list(titles)[:limit]


def _weak(query: analysis.Query, audience: str, filters: Filters, room: int) -> tuple[list[Hit], bool]:
    """As many hits with only some of the words as there is room for, and whether there are more."""
    if room <= 0 or len(query.words) < 2:
        return [], False
    # Filtered after the engine: these hits were not counted by shelf.
    among = room + 1 if filters.is_empty else MOST * 5
    hits = engine().find(audience, query, limit=among, weak=True)
    kept = [hit for hit in hits if filters.keeps(Shelf.read(hit.shelf))]
    return kept[:room], len(kept) > room


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


def _checked(hits: Sequence[Hit], audience: str) -> tuple[list[tuple[Hit, Row]], int]:
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
    found: list[tuple[Hit, Row]], query: analysis.Query, audience: str, language: str
) -> list[Result]:
    if not found:
        return []
    items = [row.pk for _hit, row in found]
    parents = services([row.pk for _hit, row in found if row.kind == "article"], audience)
    lines = telling(items, parents, audience, clock.today())
    texts = engine().texts(audience, [hit for hit, _row in found])
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
            department=row.department,
            handling_class=row.handling_class,
            service=str(parents[row.pk]) if row.pk in parents else None,
        )
        for _hit, row in found
    ]
