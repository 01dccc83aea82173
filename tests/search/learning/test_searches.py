"""What counts as one search: at the desk what was typed until it settled, elsewhere each answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings

from cms.publications.registry import due
from search.learning import commands, queries
from search.learning.commands import counting
from search.learning.models import Question, Running, Use
from search.learning.patience import try_to
from search.learning.rules import ENDS_AFTER, continues
from search.learning.tokens import tell
from tests.search.publishing import service

from .asking import Desk, ask, counted, told
from .conftest import MONDAY, Clock

pytestmark = pytest.mark.usefixtures("the_log")


def ended(clock: Clock) -> None:
    """Nothing more is heard for a while."""
    clock.pass_(minutes=31)
    commands.tidy()


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("b", "bi", True),
        ("bins", "bin", True),
        ("Bin", "bin days", True),
        ("bin days", "bindays", True),
        ("bins", "tax", False),
        ("bin days", "days of bins", False),
        ("", "bins", False),
    ],
)
def test_going_on_is_told_from_asking_something_else(before: str, after: str, same: bool) -> None:
    assert continues(before, after) is same


def test_keystrokes_are_one_search_with_the_last_question(the_clock: Clock) -> None:
    bins, desk = service("Bins"), Desk()
    for text in ("b", "bi", "bin", "bins"):
        desk.settle(text, bins)
    assert counted() == []  # it may still go on
    ended(the_clock)
    assert counted() == [("bins", 1, 0, 0)]
    assert not Running.objects.exists()


def test_another_question_ends_the_one_before(the_clock: Clock) -> None:
    bins, desk = service("Bins"), Desk()
    desk.settle("bins", bins)
    desk.settle("council tax")
    assert counted() == [("bins", 1, 0, 0)]
    desk.settle("bins", bins)
    ended(the_clock)
    assert counted() == [("bins", 2, 0, 0), ("council tax", 1, 1, 0)]


def test_what_was_used_settles_a_question(the_clock: Clock) -> None:
    bins, desk = service("Bins"), Desk()
    desk.settle("bin", bins)
    desk.use("bins", bins)
    desk.use("bins", bins, how="answered")
    desk.settle("bins at christmas")  # goes on typing after an answer: asks more
    ended(the_clock)
    assert counted() == [("bins", 1, 0, 1), ("bins at christmas", 1, 1, 0)]


def test_what_comes_twice_or_too_late_changes_nothing(the_clock: Clock) -> None:
    bins, desk = service("Bins"), Desk()
    desk.settle("bins", bins, step=2)
    desk.settle("bin", bins, step=1)
    desk.settle("bins", bins, step=2)
    for _twice in range(2):
        desk.use("bins", bins, step=3)
        desk.use("bins", bins, how="answered", step=4)
    desk.settle("bi", bins, step=1)
    assert Use.objects.get().strength == 4
    ended(the_clock)
    assert counted() == [("bins", 1, 0, 1)]


def test_windows_are_searches_of_their_own(the_clock: Clock) -> None:
    for _agent in range(3):
        Desk().settle("bins")
    ended(the_clock)
    assert counted() == [("bins", 3, 3, 0)]


@pytest.mark.parametrize("hours", [-3, -30, 3, 30])
def test_clocks_may_change_in_the_middle(the_clock: Clock, hours: int) -> None:
    desk = Desk()
    desk.settle("bi")
    the_clock.pass_(hours=hours)
    desk.settle("bins")
    commands.tidy()
    ended(the_clock)
    assert counted() == [("bins", 1, 1, 0)]


def test_a_search_over_midnight_counts_once(the_clock: Clock) -> None:
    desk = Desk()
    the_clock.pass_(hours=13, minutes=59)  # a minute to midnight
    desk.settle("bi")
    the_clock.pass_(minutes=2)
    desk.settle("bins")
    ended(the_clock)
    assert list(Question.objects.values_list("day", "times")) == [(date(2026, 11, 24), 1)]


def test_ending_is_not_done_twice(the_clock: Clock) -> None:
    Desk().settle("bins")
    assert commands.tidy() == 0
    the_clock.pass_(seconds=ENDS_AFTER.total_seconds() + 1)
    assert (commands.tidy(), commands.tidy()) == (1, 0)
    assert counted() == [("bins", 1, 1, 0)]


def test_a_day_has_one_row_for_each_question_and_audience() -> None:
    for text in ("Bin days", "bin day", "BIN DAY!"):
        ask(text)
    ask("bin day", audience="staff")
    ask("bin day", on=date(2026, 11, 22))
    rows = Question.objects.order_by("audience", "day")
    assert list(rows.values_list("audience", "day__day", "times")) == [
        ("public", 22, 1),
        ("public", 23, 3),
        ("staff", 23, 1),
    ]


def test_a_flood_of_different_questions_fills_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    for text in ("bins", "tax", "parks", "bins"):
        ask(text)
    assert counted() == [("bins", 2, 2, 0), ("tax", 1, 1, 0)]


def test_nothing_at_rest_tells_who_asked() -> None:
    """What is kept, column by column: nothing of a person, no time of day, no number that goes on."""
    columns = {
        model.__name__: {field.name for field in model._meta.get_fields()}
        for model in (Question, Use, Running)
    }
    assert columns == {
        "Question": {"id", "audience", "key", "text", "day", "times", "empty", "used"},
        "Use": {"id", "audience", "key", "item", "strength", "day", "points"},
        "Running": {"window", "step", "text", "key", "empty", "used", "touched_at"},
    }


def test_what_is_old_is_forgotten(the_clock: Clock) -> None:
    bins = service("Bins")
    question = ask("bins", bins)
    commands.count_use(question, bins.pk, how="opened")
    with override_settings(SEARCH_LOG_DAYS=30):
        the_clock.pass_(days=30)
        assert commands.tidy() == 0
        the_clock.pass_(days=1)
        assert commands.tidy() == 2
    assert not Question.objects.exists() and not Use.objects.exists()


def test_the_worker_does_it() -> None:
    assert due()["search learning"] is commands.tidy


def test_the_last_week_most_asked_first(the_clock: Clock) -> None:
    ask("old", times=9, on=date(2026, 11, 16))
    ask("council tax", times=2)
    ask("bins", times=2, on=date(2026, 11, 17))
    ask("bins", times=3)
    ask("bins", times=4, audience="staff")
    ask("only once")
    assert queries.recent(days=7, limit=9) == [
        queries.Asked("bins", 5, "public"),
        queries.Asked("bins", 4, "staff"),
        queries.Asked("council tax", 2, "public"),
    ]
    assert len(queries.recent(days=7, limit=1)) == 1
    assert queries.recent(days=1, limit=9)[1].count == 3


def test_a_count_that_fails_is_left_out_and_said(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise DatabaseError("the question stood here")

    with caplog.at_level("WARNING", logger="oneanswer.search"):
        try_to(fails)
    assert "was not counted this time: DatabaseError" in caplog.text
    assert "the question stood here" not in caplog.text
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


def test_days_are_the_municipalitys() -> None:
    assert MONDAY.date() - timedelta(days=6) == queries.first_day()


def test_what_may_not_be_kept_is_not_told() -> None:
    def about(text: str) -> Any:
        return tell(text, audience="public", total=1, hits=())

    assert about("123456782") is None and about("?!") is None
    kept = about("my bsn is 123456782")
    assert (kept.text, "123456782" in kept.key) == ("my bsn is …", False)
    assert told("Bin days").key == told("bin day").key
