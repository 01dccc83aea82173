"""Reading what search learned."""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from cms.core import clock
from search.plainly import day_out, read, uuid_out

from .models import Gap, Question, Use
from .rules import SELDOM, faded, share
from .vocabulary import Lack, State

WEEK = 7
LEAST = 2  # nobody is shown what was asked once: it may say too much of whoever asked
MOST_USED = 50
LACKS = {
    Lack.NOTHING: Q(nothing__gt=F("asked") - F("nothing")),
    Lack.UNUSED: Q(nothing__lte=F("asked") - F("nothing"), helped=0),
    Lack.SELDOM: Q(nothing__lte=F("asked") - F("nothing"), helped__gt=0, asked__gt=F("helped") * SELDOM),
}


@dataclass(frozen=True)
class Asked:
    """A question as an audience asked it `count` times."""

    text: str
    count: int
    audience: str


def recent(*, days: int, limit: int) -> list[Asked]:
    """What was asked in so many days up to today, most asked first; without what was asked once."""
    rows = asked(first_day(days))[:limit]
    return [Asked(row["text"], row["asked"], row["audience"]) for row in rows]


def used(key: str, *, audience: str) -> Mapping[UUID, float]:
    """What people of an audience used for a question, from 0 to 1: its share of all that they used for it,
    damped while that is little, and fading. One read by index. Nothing that staff do is in the public's."""
    today = clock.today()
    rows = read(
        f"SELECT item_id, strength, day FROM {Use._meta.db_table} WHERE audience = %s AND key = %s"
        f" ORDER BY strength DESC LIMIT {MOST_USED}",
        [str(audience), key],
    )
    now = {uuid_out(item): faded(strength, (today - day_out(day)).days) for item, strength, day in rows}
    total = sum(now.values())
    return {item: share(strength, total) for item, strength in now.items()}


def asked(since: date) -> QuerySet[Any]:
    """Rows `{audience, key, text, asked, nothing, helped, last}`: how often, how often without a result,
    how often with something that was used, and the last day. Most asked first."""
    return _summed(Question.objects.since(since).values("audience", "key"))


def unanswered(since: date) -> QuerySet[Any]:
    """The rows of `asked` that lack an answer, with `gap`, the number of the task that
    is open for it. What was answered counts again from the day after; what was declined doesn't come back."""
    newest = Gap.objects.filter(key=OuterRef("key")).order_by("-pk")
    still = (
        Question.objects.since(since)
        .annotate(
            gap_state=Subquery(newest.values("state")[:1]),
            gap_closed=Subquery(newest.values("closed_on")[:1]),
        )
        .filter(
            Q(gap_state=None) | Q(gap_state=State.OPEN) | Q(gap_state=State.ANSWERED, gap_closed__lt=F("day"))
        )
    )
    lacking = _summed(still.values("audience", "key")).filter(_any(LACKS.values()))
    opened = Gap.objects.open().filter(key=OuterRef("key"))
    return lacking.annotate(gap=Subquery(opened.values("pk")[:1]))


def first_day(days: int = WEEK) -> date:
    """The first of so many days, of which today is the last."""
    return clock.today() - timedelta(days=days - 1)


def kept_since() -> date:
    """The first day of which anything is kept."""
    return clock.today() - timedelta(days=settings.SEARCH_LOG_DAYS)


def _summed(grouped: QuerySet[Any]) -> QuerySet[Any]:
    return (
        grouped.annotate(
            text=Max("text"), asked=Sum("times"), nothing=Sum("empty"), helped=Sum("used"), last=Max("day")
        )
        .filter(asked__gte=LEAST)
        .order_by("-asked", "text", "audience")
    )


def _any(conditions: Any) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
