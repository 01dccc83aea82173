"""“Show what changes”: what last week's questions would be answered with, and nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from cms.core.errors import Refused
from cms.core.models import AuditRow
from cms.publications.models import Item
from search import analysis
from search.wordbook import preview as previewing
from search.wordbook.models import Edition, Synonyms
from search.wordbook.preview import Preview, preview
from search.wording import Wordbook
from tests.search import publishing

from .teaching import bet, taught


@dataclass(frozen=True)
class Question:
    text: str
    count: int
    audience: str


class Shelf:
    """A search of its own: whole words in titles, what is taught, and bets."""

    def __init__(self, *titles: str) -> None:
        self.items: dict[str, Item] = {title: publishing.service(title) for title in titles}
        self.asked: list[str] = []

    def __call__(self, text: str, *, audience: str, wordbook: Wordbook, limit: int) -> list[UUID]:
        self.asked.append(f"{audience}: {text}")
        key = analysis.key(text, "en")
        wanted = {tuple(key.split())} | set(wordbook.instead.get(tuple(key.split()), ()))
        found = [*wordbook.best.get(key, ())]
        for title, item in self.items.items():
            has = set(analysis.key(title, "en").split())
            if item.pk not in found and any(has.issuperset(words) for words in wanted):
                found.append(item.pk)
        return [item for item in found if item not in wordbook.worst.get(key, ())][:limit]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf("Waste container", "Old bin", "Parking", "Vehicle tax")
    week = [
        Question("bin", 12, "public"),
        Question("bins", 30, "staff"),
        Question("parking", 90, "public"),
    ]
    monkeypatch.setattr(previewing, "ranking", lambda: shelf)
    monkeypatch.setattr(previewing, "questions", lambda: week)
    return shelf


def shown(found: Preview) -> list[tuple[str, int, str, list[str], list[str]]]:
    return [
        (
            one.text,
            one.count,
            one.audience,
            [place.title + "!" * place.moved for place in one.before],
            [place.title + "!" * place.moved for place in one.after],
        )
        for one in found.differences
    ]


def test_only_what_changes_most_asked_first(shelf: Shelf) -> None:
    found = preview(lambda: taught("bin → container"), language="en")
    assert found.questions == 3
    assert shown(found) == [
        ("bins", 30, "staff", ["Old bin!"], ["Waste container!", "Old bin!"]),
        ("bin", 12, "public", ["Old bin!"], ["Waste container!", "Old bin!"]),
    ]


def test_it_leaves_nothing_behind(shelf: Shelf) -> None:
    taught("car → vehicle")
    rows = (AuditRow.objects.count(), Edition.objects.get().stamp)
    assert preview(lambda: taught("bin → container"), language="en").differences
    assert [str(row) for row in Synonyms.objects.all()] == ["car → vehicle"]
    assert (AuditRow.objects.count(), Edition.objects.get().stamp) == rows


def test_a_bet(shelf: Shelf) -> None:
    parking = shelf.items["Parking"]
    found = preview(lambda: bet("bin", parking), language="en")
    assert [one.after[0].title for one in found.differences] == ["Parking", "Parking"]
    assert [one.after[1].moved for one in found.differences] == [True, True]
    worst = preview(lambda: bet("parking", parking, kind="worst"), language="en")
    assert shown(worst) == [("parking", 90, "public", ["Parking!"], [])]


def test_a_bet_on_staff_content_changes_no_public_answer(shelf: Shelf) -> None:
    note = publishing.article("What to say about bins")
    shelf.items["note"] = note
    found = preview(lambda: bet("bin", note), language="en")
    assert [(one.text, one.audience) for one in found.differences] == [("bins", "staff")]


def test_nothing_to_compare_asks_nothing(shelf: Shelf) -> None:
    found = preview(lambda: taught("bak → container", language="nl"), language="nl")
    assert (found.answers_in, found.differences, shelf.asked) == ("en", (), [])


def test_a_refusal_is_the_deeds(shelf: Shelf) -> None:
    with pytest.raises(Refused):
        preview(lambda: taught("bin → bins"), language="en")


@pytest.mark.parametrize("there", [True, False])
def test_parts_that_are_not_installed(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    """The log of questions and the ranking may be missing; what is there is asked as agreed."""
    calls: list[dict[str, Any]] = []

    def recent(**values: Any) -> list[Question]:
        calls.append(values)
        return [Question("bin", 1, "public")]

    offered: Callable[[str, str], Any] = lambda module, name: recent if there and name == "recent" else None  # noqa: E731
    monkeypatch.setattr(previewing, "_offered", offered)
    found = preview(lambda: taught("bin → container"), language="en")
    assert (found.questions, found.differences) == (int(there), ())
    assert calls == [{"days": 7, "limit": 200}] * there


def test_what_is_missing_in_an_installed_part_is_an_error() -> None:
    assert previewing._offered("search.nowhere", "ranked") is None
    assert previewing._offered("search.analysis", "nothing") is None
    assert previewing._offered("search.analysis", "key") is analysis.key
