"""What a deed would change in the answers to the questions that people really asked last week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cms.core import clock
from cms.publications.vocabulary import Audience
from search.languages import family
from search.wording import Wordbook

from .queries import read_wordbook, titles

DAYS = 7
MOST_QUESTIONS = 200
TOP = 3

Wordbooks = dict[str, Wordbook]  # by audience


class Asked(Protocol):
    """A question as it was asked `count` times by an audience."""

    @property
    def text(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def audience(self) -> str: ...


class Ranking(Protocol):
    """The first items of the answer, with a wordbook in place of the one that counts now."""

    def __call__(self, text: str, *, audience: str, wordbook: Wordbook, limit: int) -> list[UUID]: ...


@dataclass(frozen=True)
class Place:
    """A title among those that are compared. `moved`: it stands elsewhere on the other side, or not at all."""

    title: str
    moved: bool


@dataclass(frozen=True)
class Difference:
    """One question whose answer changes."""

    text: str
    count: int
    audience: str
    before: tuple[Place, ...]
    after: tuple[Place, ...]


@dataclass(frozen=True)
class Preview:
    """`questions`: how many different ones were asked; `differences`: those that change, as asked most.
    `answers_in`: the language that the search answers in, where the deed is about another."""

    questions: int
    differences: tuple[Difference, ...]
    answers_in: str = ""


Compare = Callable[[Sequence[Asked], Wordbooks, Wordbooks], tuple[Difference, ...]]


def preview(deed: Callable[[], object], *, language: str) -> Preview:
    """Do the deed, read what the search would know, and undo it. Raises the deed's `Refused`."""
    return _preview(deed, language, lambda asked, before, after: differences(asked, before, after, ranking()))


def preview_of_suggestions(deed: Callable[[], object], *, language: str) -> Preview:
    """The same for what is suggested to those who ask; no answer changes."""
    return _preview(deed, language, suggested_differently)


def _preview(deed: Callable[[], object], language: str, compare: Compare) -> Preview:
    own, tongue = family(settings.LANGUAGE_CODE), family(language)
    before, after = _wordbooks(own), _wordbooks_after(deed, own)
    asked = questions()
    return Preview(
        questions=len(asked),
        differences=compare(asked, before, after),
        answers_in=own if own != tongue else "",
    )


def differences(
    asked: Iterable[Asked],
    before: Wordbooks,
    after: Wordbooks,
    rank: Ranking | None,
) -> tuple[Difference, ...]:
    """The questions whose first three change from one wordbook to the other, most asked first."""
    if rank is None or before == after:
        return ()
    found = []
    for one in asked:
        old = rank(one.text, audience=one.audience, wordbook=before[one.audience], limit=TOP)
        new = rank(one.text, audience=one.audience, wordbook=after[one.audience], limit=TOP)
        if old != new:
            found.append((one, old, new))
    named = titles({item for _one, old, new in found for item in (*old, *new)})
    return tuple(
        Difference(one.text, one.count, one.audience, _places(old, new, named), _places(new, old, named))
        for one, old, new in sorted(found, key=lambda row: (-row[0].count, row[0].text))
    )


def suggested_differently(
    asked: Iterable[Asked], before: Wordbooks, after: Wordbooks
) -> tuple[Difference, ...]:
    """The questions to which other titles are suggested, most asked first. A title is marked that
    comes or goes, not one that others make room for."""
    suggest = _offered("search.queries", "suggest")
    if suggest is None or before == after:
        return ()
    found = []
    for one in asked:
        old = suggest(one.text, audience=one.audience, taught=before[one.audience])
        new = suggest(one.text, audience=one.audience, taught=after[one.audience])
        if old != new:
            places = [
                tuple(Place(title, title not in there) for title in here)
                for here, there in ((old, new), (new, old))
            ]
            found.append(Difference(one.text, one.count, one.audience, *places))
    return tuple(sorted(found, key=lambda one: (-one.count, one.text)))


def questions() -> Sequence[Asked]:
    """What was asked in the last week; nothing while nothing is kept."""
    recent = _offered("search.learning.queries", "recent")
    return recent(days=DAYS, limit=MOST_QUESTIONS) if recent else ()


def ranking() -> Ranking | None:
    """How the search orders."""
    found: Ranking | None = _offered("search.finding", "ranked")
    return found


def _offered(module: str, name: str) -> Any:
    """A function of a part of search that stands beside this one, if it is installed."""
    try:
        return getattr(import_module(module), name, None)
    except ModuleNotFoundError as error:
        if error.name and module.startswith(error.name):
            return None
        raise


def _wordbooks(language: str) -> Wordbooks:
    today = clock.today()
    return {audience: read_wordbook(language, audience=audience, today=today) for audience in Audience.values}


def _wordbooks_after(deed: Callable[[], object], language: str) -> Wordbooks:
    with transaction.atomic():
        deed()
        found = _wordbooks(language)
        transaction.set_rollback(True)
    return found


def _places(here: Sequence[UUID], there: Sequence[UUID], named: dict[UUID, str]) -> tuple[Place, ...]:
    places = {item: place for place, item in enumerate(there)}
    return tuple(Place(named.get(item, ""), places.get(item) != place) for place, item in enumerate(here))
