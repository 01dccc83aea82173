"""What the worker does by date: searches end, and what is old is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from cms.core import clock
from search.learning.models import Question, Running, Use
from search.learning.rules import ENDS_AFTER

from .windows import count_running

_STEP = 200


def tidy(now: datetime | None = None) -> int:
    """Count searches of which nothing more is heard, delete questions older than `SEARCH_LOG_DAYS`, and
    uses that have faded. Writes only where there is something to do; returns how much that was."""
    moment = now or clock.now()
    return _end_searches(moment) + _forget(moment)


def _end_searches(moment: datetime) -> int:
    over = Running.objects.filter(touched_at__lt=moment - ENDS_AFTER)
    ended = 0
    for window in list(over.values_list("pk", flat=True)[:_STEP]):
        with transaction.atomic():
            row = over.select_for_update().filter(pk=window).first()
            if row is not None:
                count_running(row)
                row.delete()
                ended += 1
    return ended


def _forget(moment: datetime) -> int:
    last = clock.today(moment) - timedelta(days=settings.SEARCH_LOG_DAYS)
    old = Question.objects.filter(day__lt=last)
    unused = Use.objects.filter(day__lt=last)
    gone = 0
    for rows in (old, unused):
        if rows.exists():
            gone += rows.delete()[0]
    return gone
