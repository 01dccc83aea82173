"""People who search, by the names of their deeds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from cms.publications.models import Item
from search.learning import commands
from search.learning.models import Question
from search.learning.tokens import Told, tell


def told(text: str, *items: Item, audience: str = "staff") -> Told:
    """A question, and what was found for it."""
    found = tell(text, audience=audience, total=len(items), hits=[item.pk for item in items])
    assert found is not None
    return found


def ask(text: str, *items: Item, times: int = 1, audience: str = "public", on: date | None = None) -> Told:
    question = told(text, *items, audience=audience)
    commands.count_search(question, times=times, on=on)
    return question


def counted(**values: Any) -> list[tuple[str, int, int, int]]:
    """(question, times, empty, used) of each row."""
    rows = Question.objects.filter(**values).order_by("day", "audience", "text")
    return list(rows.values_list("text", "times", "empty", "used"))


class Desk:
    """One window of an agent's desk."""

    def __init__(self) -> None:
        self.window: UUID = uuid4()
        self.step = 0

    def settle(self, text: str, *items: Item, step: int | None = None) -> None:
        self.step += 1
        commands.go_on(told(text, *items), window=self.window, step=step or self.step)

    def use(self, text: str, item: Item, *, how: str = "opened", step: int | None = None) -> None:
        self.step += 1
        commands.use_at_desk(told(text, item), item.pk, how=how, window=self.window, step=step or self.step)
