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
    """A title among the first three. `moved`: it stands elsewhere on the other side, or not at all."""

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


def preview(deed: Callable[[], object], *, language: str) -> Preview:
    """Do the deed, read what the search would know, and undo it. Raises the deed's `Refused`."""
    own, tongue = family(settings.LANGUAGE_CODE), family(language)
    before, after = _wordbooks(own), _wordbooks_after(deed, own)
    asked = questions()
    return Preview(
        questions=len(asked),
        differences=differences(asked, before, after, ranking()),
        answers_in=own if own != tongue else "",
    )


def no_longer_suggested(deed: Callable[[], object]) -> tuple[str, ...]:
    """Titles that last week's questions are led to now, and would not be after a deed; undone like that
    of `preview`. Raises the deed's `Refused`."""
    own = family(settings.LANGUAGE_CODE)
    before, after = _wordbooks(own), _wordbooks_after(deed, own)
    search = import_module("search.queries")
    gone: dict[str, None] = {}
    for one in questions():
        new = after[one.audience].stop_phrases - before[one.audience].stop_phrases
        stopped = [f" {phrase} " for phrase in new]
        for title in search.suggest(one.text, audience=one.audience) if new else ():
            if search.has_phrase(title, stopped, own):
                gone[title] = None
    return tuple(sorted(gone))


def differences(
    asked: Iterable[Asked],
    before: dict[str, Wordbook],
    after: dict[str, Wordbook],
    rank: Ranking | None,
) -> tuple[Difference, ...]:
    """The questions whose first three change from one wordbook to the other, most asked first.
    `before` and `after` by audience."""
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


def _wordbooks(language: str) -> dict[str, Wordbook]:
    today = clock.today()
    return {audience: read_wordbook(language, audience=audience, today=today) for audience in Audience.values}


def _wordbooks_after(deed: Callable[[], object], language: str) -> dict[str, Wordbook]:
    with transaction.atomic():
        deed()
        found = _wordbooks(language)
        transaction.set_rollback(True)
    return found


def _places(here: Sequence[UUID], there: Sequence[UUID], named: dict[UUID, str]) -> tuple[Place, ...]:
    places = {item: place for place, item in enumerate(there)}
    return tuple(Place(named.get(item, ""), places.get(item) != place) for place, item in enumerate(here))
