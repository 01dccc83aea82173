"""What people in Marhaven searched for in the last week, what they used of it, and what became a task."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from cms.core import clock
from search.learning.asking import tell_of
from search.learning.commands import count_search, count_use, decline_gap, open_gap
from search.learning.tokens import Told
from search.learning.vocabulary import How
from search.queries import find

from . import texts

SHOWN = 30


def ask(items: dict[str, UUID], people: dict[str, AbstractUser]) -> int:
    """Ask the week's questions of the real search, day by day. `items` by their slugs. Returns how many
    searches that were."""
    rows = texts.questions()
    asked = {(row["text"], row["audience"]): _question(row) for row in rows}
    for row in rows:
        _week(row, asked[row["text"], row["audience"]], items)
    for text, audience, name in (
        ("warm spaces", "public", "supervisor"),
        ("foodbank", "staff", "champion2"),
    ):
        open_gap(audience=audience, key=asked[text, audience].key, by=people[name])
    holidays = open_gap(
        audience="public", key=asked["school holidays", "public"].key, by=people["supervisor"]
    )
    decline_gap(
        holidays, by=people["champion"], note=_("The county sets them; the contact centre's notice says so.")
    )
    return sum(sum(row["times"]) for row in rows)


def _question(row: texts.Row) -> Told:
    told = tell_of(find(row["text"], audience=row["audience"], limit=SHOWN), audience=row["audience"])
    assert told is not None
    return told


def _week(row: texts.Row, told: Told, items: dict[str, UUID]) -> None:
    """Each day's searches, and each day's share of what was used."""
    today, total, so_far = clock.today(), sum(row["times"]), 0
    for ago, times in zip(range(len(row["times"]) - 1, -1, -1), row["times"], strict=True):
        day = today - timedelta(days=ago)
        if times:
            count_search(told, times=times, on=day)
        for slug, uses in row.get("used", {}).items():
            due = uses * (so_far + times) // total - uses * so_far // total
            if due and told.found(items[slug]):
                count_use(told, items[slug], how=How.OPENED, times=due, on=day)
        so_far += times
