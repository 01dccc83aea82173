"""Questions without an answer, and the tasks that they become."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cms.core.errors import Refused
from cms.core.models import AuditRow
from search.learning import commands, queries
from search.learning.models import Gap
from search.learning.rules import lack
from tests.people import person
from tests.search.publishing import service

from .asking import ask, told
from .conftest import MONDAY, Clock

pytestmark = pytest.mark.usefixtures("the_log")


def listed() -> list[tuple[str, str, int, bool]]:
    """(question, audience, times, is a task) as the report has them."""
    return [
        (row["text"], row["audience"], row["asked"], row["gap"] is not None)
        for row in queries.unanswered(queries.first_day())
    ]


def task(text: str, *, by: str = "champion", audience: str = "public") -> Gap:
    return commands.open_gap(audience=audience, key=told(text).key, by=person(by))


def refused(deed: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as error:
        deed(*args, **kwargs)
    return error.value.refusal.code


@pytest.mark.parametrize(
    ("times", "empty", "used", "missing"),
    [
        (2, 2, 0, "nothing"),
        (3, 2, 1, "nothing"),
        (4, 2, 0, "unused"),
        (4, 2, 1, None),
        (5, 0, 1, None),
        (6, 0, 1, "seldom"),
        (1, 0, 1, None),
        (100, 0, 20, None),
        (100, 0, 19, "seldom"),
    ],
)
def test_what_lacks_an_answer(times: int, empty: int, used: int, missing: str | None) -> None:
    assert lack(times, empty, used) == missing
    snow = service("Snow")
    if times > empty:
        ask("snow", snow, times=times - empty)
    if empty:
        ask("snow", times=empty)
    if used:
        commands.count_use(told("snow", snow, audience="public"), snow.pk, how="opened", times=used)
    rows = list(queries.unanswered(queries.first_day()))
    assert bool(rows) is (missing is not None)
    for row in rows:
        assert lack(row["asked"], row["nothing"], row["helped"]) == missing


def test_by_demand_and_for_each_audience() -> None:
    ask("council tax", times=3)
    ask("snow", times=9)
    ask("snow", times=2, audience="staff")
    ask("only once")
    ask("old", times=50, on=date(2026, 11, 16))
    assert listed() == [
        ("snow", "public", 9, False),
        ("council tax", "public", 3, False),
        ("snow", "staff", 2, False),
    ]


def test_one_click_makes_a_task_and_the_next_finds_it() -> None:
    ask("snow", times=9)
    gap = task("snow", by="supervisor")
    assert task("snow") == gap == task("snow", by="webmaster")
    assert (gap.text, gap.times, gap.state, gap.opened_by) == ("snow", 9, "open", person("supervisor"))
    assert listed() == [("snow", "public", 9, True)]
    ask("snow", times=4, audience="staff")
    assert task("snow", audience="staff") == gap  # one question, whoever asks it
    row = AuditRow.objects.get(deed="question made a task")
    assert (row.by, row.subject) == (person("supervisor"), "snow")
    assert row.details == {"number": gap.pk, "audience": "public", "times": 9}


def test_an_answered_question_counts_anew_from_the_next_day(the_clock: Clock) -> None:
    ask("snow", times=9)
    gap = commands.answer_gap(task("snow"), by=person("champion"), note=" wrote an  article ")
    assert (gap.state, gap.note, gap.closed_by, gap.closed_at) == (
        "answered", "wrote an article", person("champion"), MONDAY,
    )  # fmt: skip
    ask("snow", times=5)
    assert listed() == []
    the_clock.pass_(days=1)
    ask("snow", times=2)
    assert listed() == [("snow", "public", 2, False)]
    assert task("snow") != gap


def test_a_declined_question_does_not_come_back_by_itself(the_clock: Clock) -> None:
    ask("snow", times=9)
    gap = commands.decline_gap(task("snow"), by=person("champion"), note="The county clears it.")
    the_clock.pass_(days=3)
    ask("snow", times=9)
    assert listed() == []
    again = task("snow")
    assert again != gap and listed() == [("snow", "public", 18, True)]
    assert [row.deed for row in AuditRow.objects.order_by("id")] == [
        "question made a task", "question declined", "question made a task",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["author.parks", "editor.parks", "agent1", "admin", "administrator"])
def test_others_neither_open_nor_end_a_task(name: str) -> None:
    ask("snow", times=9)
    assert refused(task, "snow", by=name) == "questions-right-missing"
    gap = task("snow")
    assert refused(commands.answer_gap, gap, by=person(name)) == "task-right-missing"
    assert refused(commands.decline_gap, gap, by=person(name), note="no") == "task-right-missing"
    gap.refresh_from_db()
    assert gap.state == "open"


def test_a_supervisor_opens_and_a_champion_or_a_webmaster_ends() -> None:
    ask("snow", times=9)
    gap = task("snow", by="supervisor")
    assert refused(commands.answer_gap, gap, by=person("supervisor")) == "task-right-missing"
    commands.answer_gap(gap, by=person("webmaster"))
    assert refused(commands.answer_gap, gap, by=person("champion")) == "task-ended"
    assert refused(commands.decline_gap, gap, by=person("champion"), note="no") == "task-ended"


def test_declining_needs_a_reason() -> None:
    ask("snow", times=9)
    gap = task("snow")
    assert refused(commands.decline_gap, gap, by=person("champion"), note="  ") == "reason-missing"
    assert refused(commands.decline_gap, gap, by=person("champion"), note="x" * 301) == "note-too-long"
    assert refused(commands.answer_gap, gap, by=person("champion"), note="x" * 301) == "note-too-long"


def test_no_task_without_a_question_that_lacks_an_answer() -> None:
    snow = service("Snow")
    question = ask("snow", snow, times=5)
    assert refused(task, "never asked") == "question-unknown"
    assert refused(commands.open_gap, audience="public", key="", by=person("champion")) == "question-unknown"
    commands.count_use(question, snow.pk, how="opened", times=4)
    assert refused(task, "snow") == "question-answered"
    assert not Gap.objects.exists()


def test_tasks_outlive_the_numbers(the_clock: Clock) -> None:
    ask("snow", times=9)
    gap = task("snow")
    the_clock.pass_(days=200)
    commands.tidy()
    assert Gap.objects.get() == gap and listed() == []
