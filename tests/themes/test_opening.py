"""What is open now: a truth table, on ordinary days, closed days and the days of 23 and 25 hours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from themes.opening import closures_ahead, opening, spans_text, today_text, week

from .publishing import closure, fact, hours

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = hours(*[(day, "09:00", "17:00") for day in range(1, 6)])
LUNCH = hours((2, "09:00", "12:30"), (2, "13:30", "16:30"))
NIGHT = hours((2, "18:00", "23:59"), (3, "00:00", "08:00"))
LATE = hours((2, "20:00", "02:00"))
ALWAYS = hours(*[(day, "00:00", "23:59") for day in range(1, 8)])
EARLY_SUNDAY = hours((7, "00:30", "03:00"))
CHRISTMAS = closure("Christmas", "2026-12-25", "2026-12-28")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("facts", "now", "is_open", "sentence"),
    [
        # 24 November 2026 is a Tuesday.
        ([NINE_TO_FIVE], "2026-11-24T08:59", False, "Closed now, opens at 9:00"),
        ([NINE_TO_FIVE], "2026-11-24T09:00", True, "Open now, until 17:00"),
        ([NINE_TO_FIVE], "2026-11-24T16:59", True, "Open now, until 17:00"),
        ([NINE_TO_FIVE], "2026-11-24T17:00", False, "Closed now, opens tomorrow at 9:00"),
        ([NINE_TO_FIVE], "2026-11-27T18:00", False, "Closed now, opens on Monday 30 November at 9:00"),
        ([LUNCH], "2026-11-24T12:30", False, "Closed now, opens at 13:30"),
        ([LUNCH], "2026-11-24T13:30", True, "Open now, until 16:30"),
        ([NIGHT], "2026-11-24T23:59", True, "Open now, until Wednesday 25 November at 8:00"),
        ([NIGHT], "2026-11-25T00:00", True, "Open now, until 8:00"),
        ([LATE], "2026-11-25T01:59", True, "Open now, until 2:00"),
        ([LATE], "2026-11-25T02:00", False, "Closed now, opens on Tuesday 1 December at 20:00"),
        ([hours((2, "18:00", "23:59"))], "2026-11-24T19:00", True, "Open now, until midnight"),
        ([ALWAYS], "2026-11-24T03:00", True, "Open now, day and night"),
        ([NINE_TO_FIVE, CHRISTMAS], "2026-12-24T18:00", False, "Closed now, opens on Tuesday 29 December at 9:00"),
        ([NINE_TO_FIVE, CHRISTMAS], "2026-12-25T10:00", False,
         "Closed today (Christmas), opens on Tuesday 29 December at 9:00"),
        ([NINE_TO_FIVE, CHRISTMAS], "2026-12-28T10:00", False, "Closed today (Christmas), opens tomorrow at 9:00"),
        ([NINE_TO_FIVE, closure("Works", "2026-11-01", "2028-01-01")], "2026-11-24T10:00", False,
         "Closed today (Works)"),
        ([hours()], "2026-11-24T10:00", False, "Closed now"),
        # The clocks go forward on Sunday 29 March 2026 at 1:00, back on Sunday 25 October at 2:00.
        ([EARLY_SUNDAY], "2026-03-29T00:29", False, "Closed now, opens at 0:30"),
        ([EARLY_SUNDAY], "2026-03-29T02:30", True, "Open now, until 3:00"),
        ([EARLY_SUNDAY], "2026-03-29T03:00", False, "Closed now, opens on Sunday 5 April at 0:30"),
        ([EARLY_SUNDAY], "2026-10-25T02:59", True, "Open now, until 3:00"),
        ([EARLY_SUNDAY], "2026-10-25T03:00", False, "Closed now, opens on Sunday 1 November at 0:30"),
        ([hours((7, "09:00", "17:00"))], "2026-03-29T09:00", True, "Open now, until 17:00"),
        ([hours((7, "09:00", "17:00"))], "2026-10-25T08:59", False, "Closed now, opens at 9:00"),
    ],
)  # fmt: skip
def test_truth_table(facts: list[dict[str, Any]], now: str, is_open: bool, sentence: str) -> None:
    state = opening(facts, at(now))
    assert state is not None
    assert (state.is_open, state.sentence) == (is_open, sentence)


def test_an_hour_that_comes_twice_is_open_twice_and_closes_at_the_second() -> None:
    facts = [hours((7, "00:30", "01:30"))]
    first = opening(facts, datetime(2026, 10, 25, 0, 15, tzinfo=UTC))  # 1:15 in summer time
    second = opening(facts, datetime(2026, 10, 25, 1, 15, tzinfo=UTC))  # 1:15 again
    after = opening(facts, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert first
    assert second
    assert after
    assert (first.is_open, second.is_open, after.is_open) == (True, True, False)


def test_an_hour_that_never_comes_is_told_without_an_error() -> None:
    state = opening([hours((7, "01:15", "01:45"))], datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
    assert state is not None
    assert not state.is_open


def test_without_hours_nothing_is_said() -> None:
    assert opening([CHRISTMAS], at("2026-12-25T10:00")) is None


def test_the_season_of_the_day_counts_and_tomorrow_may_be_another() -> None:
    summer = hours((4, "08:00", "19:00"), label="Summer", valid_from="2026-04-01", valid_to="2026-09-30")
    winter = hours((4, "09:00", "16:00"), label="Winter", valid_from="2026-10-01", valid_to=None)
    open_late = opening([summer, winter], at("2026-09-24T18:00"))
    shut = opening([summer, winter], at("2026-10-01T08:30"))
    assert open_late
    assert open_late.sentence == "Open now, until 19:00"
    assert shut
    assert shut.sentence == "Closed now, opens at 9:00"


def test_today_in_words() -> None:
    day = at("2026-11-24T12:00").date()
    assert today_text([LUNCH], day) == "9:00 to 12:30, 13:30 to 16:30"
    assert today_text([ALWAYS], day) == "all day"
    assert today_text([hours((1, "09:00", "17:00"))], day) == "closed"
    assert today_text([LUNCH, closure("", "2026-11-24", "2026-11-24")], day) == "closed"
    assert today_text([LUNCH, closure("Works", "2026-11-24", "2026-11-24")], day) == "closed (Works)"
    assert spans_text(NIGHT["days"], 2) == "18:00 to midnight"


def test_a_week_has_seven_days_and_marks_today() -> None:
    days = week(NINE_TO_FIVE, at("2026-11-24T12:00").date())
    assert [day.spans for day in days] == ["9:00 to 17:00"] * 5 + ["Closed"] * 2
    assert [day.name for day in days if day.is_today] == ["Tuesday"]


def test_closures_that_are_over_are_left_out() -> None:
    over = closure("Easter", "2026-04-03", "2026-04-06")
    ahead = closures_ahead([CHRISTMAS, over, fact("phone", "", number="1")], at("2026-11-24T12:00").date())
    assert ahead == [CHRISTMAS]
