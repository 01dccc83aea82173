"""Several processes count at once, and lose nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from search.learning import commands
from search.learning.models import Gap, Question, Use
from search.learning.patience import PATIENCE, try_to
from tests.people import person
from tests.search.publishing import a_log_without_editors, service

from .asking import ask, counted, told
from .conftest import Clock

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture(autouse=True)
def committed_log(transactional_db: Any) -> Iterator[None]:
    with a_log_without_editors():
        yield


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each in a thread with a connection of its own, as processes have."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result(timeout=60) for one in [pool.submit(run, deed) for deed in deeds]]


def test_every_search_is_counted() -> None:
    at_once(*[lambda: [ask("bins") for _one in range(5)]] * MANY)
    assert counted() == [("bins", 5 * MANY, 5 * MANY, 0)]


def test_a_days_most_holds_for_all_together() -> None:
    bins = service("Bins")
    question = ask("bins", bins, times=1000)
    at_once(*[lambda: [commands.count_use(question, bins.pk, how="answered") for _one in range(3)]] * MANY)
    assert (Use.objects.get().points, Use.objects.get().strength) == (6, 6)


def test_what_a_window_sends_twice_is_one_search(the_clock: Clock) -> None:
    bins, window = service("Bins"), UUID(int=7)
    sent = partial(commands.use_at_desk, told("bins", bins), bins.pk, how="opened", window=window, step=1)
    at_once(*[sent] * MANY)
    assert Use.objects.get().points == 1
    the_clock.pass_(minutes=31)
    assert sum(at_once(*[commands.tidy] * MANY)) == 1
    assert counted() == [("bins", 1, 0, 1)]


def test_a_double_click_makes_one_task() -> None:
    ask("bins", times=3)
    champion = person("champion")
    key = Question.objects.get().key
    click = partial(commands.open_gap, audience="public", key=key, by=champion)
    assert len({gap.pk for gap in at_once(*[click] * MANY)}) == 1
    assert Gap.objects.count() == 1


def test_counting_waits_for_nobody_for_long(caplog: pytest.LogCaptureFixture) -> None:
    """Somebody else holds what has to be written, a long publication for one: the count is left out."""
    ask("bins")
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Question.objects.select_for_update().get()
            held.set()
            done.wait(timeout=30)

    def count() -> None:
        held.wait(timeout=30)
        try:
            try_to(partial(ask, "bins"))
        finally:
            done.set()

    with caplog.at_level("WARNING", logger="oneanswer.search"):
        at_once(hold, count)
    assert "was not counted this time" in caplog.text
    assert counted() == [("bins", 1, 1, 0)]
    assert PATIENCE < 1000
    ask("bins")
    assert counted() == [("bins", 2, 2, 0)]
