"""What is open now: hours and closures, by the municipality's clock.

Spans are compared as moments in UTC, so that a day of 23 or 25 hours is told as it is. A span that
closes at 23:59 or 00:00 lasts until midnight; one that closes before it opens ends on the next day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core import clock
from cms.publications import facts

Fact = Mapping[str, Any]
HORIZON = 60  # days; further ahead nobody plans a visit by a line on a page
MIDNIGHT = {"23:59", "24:00", "00:00"}


@dataclass(frozen=True)
class Opening:
    """How a place or a phone line stands at a moment, in words."""

    is_open: bool
    sentence: str
    today: str


@dataclass(frozen=True)
class Day:
    """One line of the table of a week."""

    name: str
    spans: str
    is_today: bool


def opening(item_facts: Sequence[Fact], now: datetime) -> Opening | None:
    """How the item with these facts stands at `now`; `None` when its hours are not known."""
    if not any(fact["kind"] == "hours" for fact in item_facts):
        return None
    today = clock.today(now)
    spans = _spans(item_facts, today - timedelta(days=1), HORIZON)
    current = next((span for span in spans if span[0] <= now < span[1]), None)
    if current is not None:
        return Opening(True, _until(current[1], today), today_text(item_facts, today))
    following = next((span[0] for span in spans if span[0] > now), None)
    return Opening(False, _closed(item_facts, following, today), today_text(item_facts, today))


def hours_on(item_facts: Iterable[Fact], day: date) -> Fact | None:
    """The hours that hold on a day: the first in the author's order, where there are several."""
    held = facts.in_effect([f for f in item_facts if f["kind"] == "hours"], day)
    return held[0] if held else None


def closure_on(item_facts: Iterable[Fact], day: date) -> Fact | None:
    held = facts.in_effect([f for f in item_facts if f["kind"] == "closure"], day)
    return held[0] if held else None


def closures_ahead(item_facts: Iterable[Fact], day: date) -> list[Fact]:
    """Closures that run or are still to come, soonest first."""
    ahead = [
        f
        for f in item_facts
        if f["kind"] == "closure" and (not f["valid_to"] or f["valid_to"] >= day.isoformat())
    ]
    return sorted(ahead, key=lambda f: f["valid_from"] or "")


def today_text(item_facts: Sequence[Fact], day: date) -> str:
    """`9:00 to 12:30, 13:30 to 16:30`, or `closed (Christmas)`: it stands behind “Today:”."""
    closure = closure_on(item_facts, day)
    if closure is not None:
        return _("closed (%(why)s)") % {"why": closure["label"]} if closure["label"] else _("closed")
    hours = hours_on(item_facts, day)
    spans = spans_text(hours["days"], day.isoweekday()) if hours else ""
    return spans or _("closed")


def week(hours: Fact, day: date) -> list[Day]:
    """The seven days of a week with these hours; closed days are said to be closed."""
    return [
        Day(name, spans_text(hours["days"], number) or _("Closed"), number == day.isoweekday())
        for number, name in enumerate(facts.weekday_names(), start=1)
    ]


def spans_text(days: Iterable[Mapping[str, Any]], weekday: int) -> str:
    """The spans of one weekday in words; empty when it is closed."""
    spans = sorted((d["opens"], d["closes"]) for d in days if d["weekday"] == weekday)
    return ", ".join(_span_text(opens, closes) for opens, closes in spans)


def _span_text(opens: str, closes: str) -> str:
    if opens == "00:00" and closes in MIDNIGHT:
        return _("all day")
    return _("%(opens)s to %(closes)s") % {
        "opens": _("midnight") if opens == "00:00" else opens.removeprefix("0"),
        "closes": _("midnight") if closes in MIDNIGHT else closes.removeprefix("0"),
    }


def _spans(item_facts: Sequence[Fact], first: date, days: int) -> list[tuple[datetime, datetime]]:
    """The spans from `first` on, in order, with those that touch made one."""
    found: list[tuple[datetime, datetime]] = []
    for day in (first + timedelta(days=n) for n in range(days)):
        hours = hours_on(item_facts, day)
        if hours is None or closure_on(item_facts, day) is not None:
            continue
        for line in hours["days"]:
            if line["weekday"] == day.isoweekday():
                found.append(_moments(day, line["opens"], line["closes"]))
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _moments(day: date, opens: str, closes: str) -> tuple[datetime, datetime]:
    start = time.fromisoformat(opens)
    end = time(0) if closes in MIDNIGHT else time.fromisoformat(closes)
    last = day + timedelta(days=1) if end <= start or closes in MIDNIGHT else day
    return _utc(day, start, 0), max(_utc(last, end, 0), _utc(last, end, 1))


def _utc(day: date, at: time, fold: int) -> datetime:
    local = datetime.combine(day, at, tzinfo=timezone.get_default_timezone()).replace(fold=fold)
    return local.astimezone(UTC)


def _until(end: datetime, today: date) -> str:
    local = timezone.localtime(end, timezone.get_default_timezone())
    if local.date() == today:
        return _("Open now, until %(time)s") % {"time": _clock(local)}
    if local.date() == today + timedelta(days=1) and local.time() == time(0):
        return _("Open now, until midnight")
    if (local.date() - today).days >= HORIZON - 2:
        return _("Open now, day and night")
    return _("Open now, until %(day)s at %(time)s") % {
        "day": date_format(local, "l j F"),
        "time": _clock(local),
    }


def _closed(item_facts: Sequence[Fact], following: datetime | None, today: date) -> str:
    closure = closure_on(item_facts, today)
    now = _closed_for(closure) if closure is not None else _("closed now")
    now = now[:1].upper() + now[1:]
    if following is None:
        return now
    local = timezone.localtime(following, timezone.get_default_timezone())
    said = {"closed": now, "time": _clock(local), "day": date_format(local, "l j F")}
    if local.date() == today:
        return _("%(closed)s, opens at %(time)s") % said
    if local.date() == today + timedelta(days=1):
        return _("%(closed)s, opens tomorrow at %(time)s") % said
    return _("%(closed)s, opens on %(day)s at %(time)s") % said


def _closed_for(closure: Fact) -> str:
    if closure["label"]:
        return _("closed today (%(why)s)") % {"why": closure["label"]}
    return _("closed today")


def _clock(local: datetime) -> str:
    return _("midnight") if local.time() == time(0) else date_format(local, "G:i")
