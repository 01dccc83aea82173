"""Searching what is published: what is found (`finding.py`), as people and programs get it."""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.conf import settings

from cms.core import clock
from cms.organisation.models import Department
from cms.publications.models import Current
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Status

from . import analysis, finding, languages
from .counting import Tally, tally
from .documents import FACETS
from .engines import Rows
from .explaining import Explanation, explained
from .facets import Filters, facets
from .grouping import Hit
from .highlighting import highlight
from .nearest import nearest
from .plainly import holes, moment_out, read, uuid_in, uuid_out
from .telling import services, telling
from .wordbook.queries import wordbook
from .wording import NOTHING_TAUGHT, Wordbook
from .writing import as_written

DEEPEST = finding.LOOKED_AT  # results that can be leafed through
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
    index, asked = finding.place(audience), _asked(audience, filters, typing=typing, as_typed=as_typed)
    found = finding.answer(text, asked, index)
    typed = finding.read_text(text)
    if not found.reading.query.words:
        return Results(query=typed, key=found.key)
    kept, gone = _checked(found.hits[offset : offset + limit], audience)
    texts = Rows(audience).texts([row.pk for _hit, row in kept])
    counted = tally(found, asked, index)
    return Results(
        query=typed,
        total=max(counted.total - gone, len(kept)),
        total_is_exact=counted.is_exact,
        results=_results(kept, texts, found.reading.query, audience, asked.language),
        facets={} if typing else facets(_tallies(text, counted, filters, asked, index), audience),
        corrected=found.corrected and _as_written(found, kept, texts, asked.language),
        nearest=[] if found.hits else nearest(typed, audience),
        key=found.key,
    )


def explain(text: str, item: UUID, *, audience: str, as_typed: bool = False) -> Explanation:
    """Why an item stands where it does for a question, or that it isn't found."""
    asked = _asked(audience, Filters(), as_typed=as_typed)
    found = finding.answer(text, replace(asked, fold=False), finding.place(audience))
    place = next((place for place, hit in enumerate(found.hits, start=1) if hit.item == item), None)
    title = "".join(row.title for row in _current([item], audience).values())
    says = f"{title}\n{Rows(audience).texts([item]).get(item, '')}"
    return explained(finding.read_text(text), found, item, place, text=says, language=asked.language)


def suggest(
    text: str, *, audience: str, limit: int = SUGGESTIONS, taught: Wordbook | None = None
) -> list[str]:
    """Titles that a half-typed question may lead to, each once; none that has a stop phrase. `taught`: in
    place of the wordbook that counts now."""
    asked, index = _asked(audience, Filters(), typing=True), finding.place(audience)
    reading = finding.read(text, replace(asked, wordbook=NOTHING_TAUGHT), index)
    items = index.engine.suggest(audience, reading.question.clues, start=reading.query.start, limit=limit * 2)
    rows = _current(items, audience)
    stopped = [f" {phrase} " for phrase in (taught or asked.wordbook).stop_phrases]
    titles = dict.fromkeys(
        rows[item].title
        for item in items
        if item in rows and not has_phrase(rows[item].title, stopped, asked.language)
    )
    return list(titles)[:limit]


def _asked(audience: str, filters: Filters, *, typing: bool = False, as_typed: bool = False) -> finding.Asked:
    language = languages.primary(settings.LANGUAGE_CODE)
    return finding.Asked(
        language=language,
        wordbook=wordbook(language, audience=audience),
        typing=typing,
        as_typed=as_typed,
        keep=filters.tokens(audience),
        fold=filters.service is None,
        used=_used(audience),
    )


def _used(audience: str) -> finding.Used | None:
    """What people of an audience used for a question, if that is kept."""
    used = _kept()
    return (lambda key: used(key, audience=audience)) if used else None


@cache
def _kept() -> Any:
    """The reading of what was used, where that is installed."""
    if not apps.is_installed("search.learning"):
        return None
    return import_module("search.learning.queries").used


def _tallies(
    text: str, counted: Tally, filters: Filters, asked: finding.Asked, index: finding.Index
) -> dict[str, Tally]:
    """What each facet counts. One that is filtered by shows what its other choices would give: what is found
    without it."""
    tallies = dict.fromkeys(FACETS, counted)
    for name in filters.chosen:
        own = f"={name}="
        wider = replace(asked, keep=tuple(tokens for tokens in asked.keep if not tokens[0].startswith(own)))
        tallies[name] = tally(finding.answer(text, wider, index), wider, index)
    return tallies


def has_phrase(title: str, phrases: Sequence[str], language: str) -> bool:
    """Whether a title says one of the phrases (keys, with a space at either end)."""
    whole = f" {analysis.key(title, language)} "
    return any(phrase in whole for phrase in phrases)


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
    audiences = AUDIENCES[audience]
    columns = ", ".join(f"c.{name}" for name in Row._fields[1:-1])
    sql = (
        f"SELECT c.item_id, {columns}, d.code FROM {Current._meta.db_table} c"
        f" JOIN {Department._meta.db_table} d ON d.id = c.department_id"
        f" WHERE c.item_id IN ({holes(items)}) AND c.status = %s AND c.audience IN ({holes(audiences)})"
    )
    found = read(sql, [*map(uuid_in, items), Status.PUBLISHED.value, *audiences])
    rows = (Row(uuid_out(item), *rest) for item, *rest in found)
    return {row.pk: row._replace(updated_at=moment_out(row.updated_at)) for row in rows}


def _as_written(
    found: finding.Answer, kept: list[tuple[Hit, Row]], texts: Mapping[UUID, str], language: str
) -> str:
    """What was looked for, in the letters of what was found."""
    query = found.reading.query
    said = [*(row.title for _hit, row in kept), *texts.values()]
    return as_written(query.text, {word.form for word in query.words}, said, language)


def _results(
    found: list[tuple[Hit, Row]],
    texts: Mapping[UUID, str],
    query: analysis.Query,
    audience: str,
    language: str,
) -> list[Result]:
    if not found:
        return []
    items = [row.pk for _hit, row in found]
    parents = services([row.pk for _hit, row in found if row.kind == "article"], audience)
    lines = telling(items, parents, audience, clock.today())
    return [
        Result(
            id=str(row.pk),
            type=row.kind,
            title=row.title,
            url=row.path,
            snippet=highlight(texts.get(row.pk, ""), query, title=row.title, language=language),
            facts=lines[row.pk],
            audience=row.audience,
            pinned=hit.pinned,
            updated=row.updated_at,
            changed_today=clock.today(row.updated_at) == clock.today(),
            department=row.department,
            handling_class=row.handling_class,
            service=str(parents[row.pk]) if row.pk in parents else None,
            more_of_service=hit.more_of_service,
        )
        for hit, row in found
    ]
