"""Searches at the desk: what was typed is one search until another begins, something else is asked, or
nothing more is heard. What is still going on lies in one row for each window of a desk; see `Running`."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from cms.core import clock
from cms.publications.vocabulary import Audience
from search.learning.models import Running
from search.learning.rules import continues
from search.learning.tokens import Told

from .counting import count_search, strengthen


@transaction.atomic
def go_on(told: Told, *, window: UUID, step: int) -> Running:
    """The question of a window has settled. `step` numbers what a window sends, so that what comes twice
    or too late changes nothing, whatever the clocks say."""
    row = _locked(window, told)
    if step <= row.step:
        return row
    if row.key != told.key and (row.used or not continues(row.text, told.text)):
        count_running(row)
        row.used = []
    row.step, row.text, row.key, row.empty = step, told.text, told.key, told.empty
    row.touched_at = clock.now()
    row.save()
    return row


@transaction.atomic
def use_at_desk(told: Told, item: UUID, *, how: str, window: UUID, step: int) -> None:
    """Something of the answer was used: the question has settled with it. The same again counts once."""
    row = go_on(told, window=window, step=step)
    mark = f"{how} {item}"
    if row.key != told.key or mark in row.used:
        return
    row.used = [*row.used, mark]
    row.save(update_fields=["used"])
    strengthen(told, item, how=how, day=clock.today())


def count_running(row: Running) -> None:
    """The search of a window is over."""
    told = Told(Audience.STAFF, row.text, row.key, row.empty, "")
    count_search(told, used=int(bool(row.used)), on=clock.today(row.touched_at))


def _locked(window: UUID, told: Told) -> Running:
    """The window's row, made when it isn't there; other processes wait until this is done."""
    rows = Running.objects.select_for_update()
    row = rows.filter(pk=window).first()
    if row is not None:
        return row
    try:
        with transaction.atomic():
            return Running.objects.create(
                window=window, text=told.text, key=told.key, empty=told.empty, touched_at=clock.now()
            )
    except IntegrityError:  # another process was first
        return rows.get(pk=window)
