"""Adding to the numbers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least

from cms.core import clock
from search.learning.models import Question, Use
from search.learning.rules import MOST_POINTS, POINTS, faded
from search.learning.tokens import Told
from search.learning.vocabulary import How

# Different questions of an audience that are kept of one day; a flood of nonsense fills no disk.
MOST_A_DAY = 20_000


@transaction.atomic
def count_search(told: Told, *, times: int = 1, used: int = 0, on: date | None = None) -> None:
    """One search more (or `times`), on a day (today), after `used` of which something was used."""
    day = on or clock.today()
    own = {"day": day, "audience": told.audience, "key": told.key}
    added = {"times": times, "empty": times if told.empty else 0, "used": used}
    more = {name: F(name) + number for name, number in added.items()}
    if Question.objects.filter(**own).update(**more, text=told.text):
        return
    if Question.objects.filter(day=day, audience=told.audience).count() >= MOST_A_DAY:
        return
    try:
        with transaction.atomic():
            Question.objects.create(**own, **added, text=told.text)
    except IntegrityError:  # another process was first
        Question.objects.filter(**own).update(**more)


@transaction.atomic
def count_use(told: Told, item: UUID, *, how: str, times: int = 1, on: date | None = None) -> bool:
    """Somebody used an item that an answer held. Only what was asked on that day or the one before can
    have been used, and no more often. Whether it counted."""
    day = on or clock.today()
    asked = Question.objects.filter(
        audience=told.audience, key=told.key, day__in=[day, day - timedelta(days=1)]
    ).order_by("-day")
    newest = asked.first()
    if newest is None:
        return False
    used = Least(F("used") + times, F("times")) if how == How.OPENED else Greatest(F("used"), 1)
    Question.objects.filter(pk=newest.pk, used__lt=F("times")).update(used=used)
    return strengthen(told, item, how=how, times=times, day=day)


def strengthen(told: Told, item: UUID, *, how: str, day: date, times: int = 1) -> bool:
    """Add what a use is worth, up to a day's most. Reads first: what would add nothing writes nothing."""
    own = {"audience": told.audience, "key": told.key, "item_id": item}
    row = Use.objects.filter(**own).first()
    if row is not None and row.day >= day and row.points >= MOST_POINTS:
        return False
    if row is None:
        Use.objects.bulk_create([Use(**own, day=day)], ignore_conflicts=True)
    row = Use.objects.select_for_update().get(**own)
    if row.day < day:
        row.strength, row.day, row.points = faded(row.strength, (day - row.day).days), day, 0
    added = min(POINTS[How(how)] * times, MOST_POINTS - row.points)
    row.points += added
    row.strength += added
    row.save(update_fields=["strength", "day", "points"])
    return added > 0
