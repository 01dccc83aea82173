"""The news pane: what the person has not acknowledged, newest first, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser

from kb.updates import commands, queries
from kb.updates.models import Update
from kb.updates.sentences import fact_name, fact_values, sentence

from .addresses import Kept, item_address

SHOWN = 30
ONE_LINE = 20  # characters that surely fit beside the tags, however narrow the pane is
PAGE = 50


@dataclass(frozen=True)
class FactChange:
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One update, and what it says when it is opened."""

    update: Update
    sentence: str
    address: str
    facts: tuple[FactChange, ...]
    texts: tuple[dict[str, Any], ...]
    quoted_by: tuple[tuple[str, str, bool], ...]
    acknowledged: bool

    @property
    def has_more(self) -> bool:
        """Whether there is something to open: more to read, or a title or sentence longer than its line."""
        long = max(len(self.update.title), len(self.sentence)) > ONE_LINE
        return bool(long or self.facts or self.texts or self.quoted_by or self.update.reason)


@dataclass(frozen=True)
class News:
    """`cursor` is where the stream goes on from."""

    lines: list[Line]
    count: int
    cursor: str

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def unread(person: AbstractUser, kept: Kept) -> News:
    """What was missed and what is new; noted as seen. The cursor is read first, so that nothing falls
    between the list and the stream."""
    cursor = str(queries.head())
    rows = queries.unread(person)
    shown = list(rows[:SHOWN])
    count = len(shown) if len(shown) < SHOWN else rows.count()
    commands.mark_seen(shown, by=person)
    return News(lines(shown, kept), count, cursor)


def page(person: AbstractUser, number: int) -> tuple[list[Line], bool]:
    """Everything that was told, newest first, and whether there is more."""
    start = (number - 1) * PAGE
    rows = list(queries.everything(person)[start : start + PAGE + 1])
    commands.mark_seen(rows[:PAGE], by=person)
    return lines(rows[:PAGE], {}), len(rows) > PAGE


def lines(updates: Iterable[Update], kept: Kept) -> list[Line]:
    return [_line(update, kept) for update in updates]


def _line(update: Update, kept: Kept) -> Line:
    changes = update.changes
    return Line(
        update=update,
        sentence=sentence(update, update.item.kind),
        address=item_address(str(update.item_id), kept),
        facts=tuple(FactChange(fact_name(fact), *fact_values(fact)) for fact in changes["facts"]),
        # A first text has nothing to be compared with; it is read in full where the line leads.
        texts=() if update.is_first else tuple(_words(text) for text in changes["texts"]),
        quoted_by=tuple(
            (card["title"], item_address(card["id"], kept), card["audience"] == "staff")
            for card in update.quoted_by
        ),
        acknowledged=bool(getattr(update, "acknowledged", False)),
    )


def _words(text: dict[str, Any]) -> dict[str, Any]:
    signs = {"=": "same", "-": "gone", "+": "came"}
    return {
        "label": text["label"],
        "words": [(signs[sign], words) for sign, words in text["words"]],
    }
