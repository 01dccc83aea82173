"""What people used, as it weighs on what comes next: damped, capped, fading, and the public's apart."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publications.models import Item
from search.learning import commands, queries
from search.learning.models import Use
from search.learning.tokens import Told, read, sign
from search.queries import find
from tests.search.publishing import article, service

from .asking import Desk, ask, counted, told
from .conftest import Clock

pytestmark = pytest.mark.usefixtures("the_log")


def opened(question: Told, item: Item, times: int = 1) -> None:
    for _one in range(times):
        commands.count_use(question, item.pk, how="opened")


def weights(question: Told) -> dict[UUID, float]:
    return {
        item: round(weight, 3)
        for item, weight in queries.used(question.key, audience=question.audience).items()
    }


def test_one_use_says_little_many_say_more(the_clock: Clock) -> None:
    bins, tips = service("Bins"), service("Tips")
    question = ask("bins", bins, tips, times=100)
    opened(question, bins)
    assert weights(question) == {bins.pk: 0.077}
    for _day in range(20):
        the_clock.pass_(days=1)
        ask("bins", bins, tips, times=100)
        opened(question, bins, 6)
        opened(question, tips)
    assert weights(question) == {bins.pk: 0.776, tips.pk: 0.129}
    assert sum(weights(question).values()) < 1


def test_a_day_adds_no_more_than_its_most() -> None:
    bins = service("Bins")
    question = ask("bins", bins, times=1000)
    opened(question, bins, 50)
    for _one in range(50):
        commands.count_use(question, bins.pk, how="answered")
    assert Use.objects.get().strength == 6
    assert weights(question) == {bins.pk: 0.333}
    with CaptureQueriesContext(connection) as asked:
        opened(question, bins)
    assert not [one for one in asked.captured_queries if 'UPDATE "search_learning_use"' in one["sql"]]


def test_it_fades(the_clock: Clock) -> None:
    bins = service("Bins")
    question = ask("bins", bins, times=9)
    opened(question, bins, 6)
    the_clock.pass_(days=30)
    assert weights(question) == {bins.pk: 0.2}
    ask("bins", bins)
    opened(question, bins)
    assert Use.objects.get().strength == pytest.approx(4)


def test_nothing_is_used_that_was_not_asked_or_more_often(the_clock: Clock) -> None:
    bins = service("Bins")
    assert commands.count_use(told("bins", bins, audience="public"), bins.pk, how="opened") is False
    question = ask("bins", bins, times=2)
    opened(question, bins, 5)
    assert counted() == [("bins", 2, 0, 2)]
    the_clock.pass_(days=1)
    assert commands.count_use(question, bins.pk, how="opened") is True  # opened after midnight
    the_clock.pass_(days=1)
    assert commands.count_use(question, bins.pk, how="opened") is False


def test_what_answered_counts_as_used_and_for_more() -> None:
    bins = service("Bins")
    question = ask("bins", bins, times=5)
    commands.count_use(question, bins.pk, how="answered")
    opened(question, bins)
    assert counted() == [("bins", 5, 0, 2)]
    assert Use.objects.get().strength == 4


def test_it_is_one_read() -> None:
    bins = service("Bins")
    opened(ask("bins", bins), bins)
    with CaptureQueriesContext(connection) as asked:
        queries.used("bin", audience="public")
    assert len(asked) == 1
    assert queries.used("", audience="public") == {}


def test_what_staff_use_is_not_the_publics() -> None:
    bins, words = service("Bins"), article("Bins")
    desk = Desk()
    desk.use("bins", bins)
    desk.use("bins", words)
    key = told("bins").key
    assert set(queries.used(key, audience="staff")) == {bins.pk, words.pk}
    assert queries.used(key, audience="public") == {}


def test_a_token_tells_the_question_and_nobody() -> None:
    bins, tips = service("Bins"), service("Tips")
    question = told("bins, 0123 456 789", bins, audience="public")
    token = sign(question)
    assert token == sign(told("bins, 0123 456 789", bins, audience="public"))
    found = read(token)
    assert found == question and found.text == "bins, …"
    assert found.found(bins.pk) and not found.found(tips.pk)
    for forged in ("", "x", token[:-1], token + "x", "a:b", sign(question)[1:]):
        assert read(forged) is None


def test_a_token_holds_a_whole_page_of_results() -> None:
    many = [service(f"Bins {number}") for number in range(30)]
    question = told("b" * 100, *many)
    assert all(question.found(item.pk) for item in many)
    assert len(sign(question)) < 700


def test_what_people_used_comes_sooner_for_them_alone() -> None:
    """Two that are equal to the words: the used one overtakes, for the audience that used it."""
    first, second = service("Bins east"), service("Bins west")
    before = [result.id for result in find("bins", audience="public").results]
    assert before == [str(first.pk), str(second.pk)]
    ask("bins", first, second, times=9)
    opened(told("bins", first, second, audience="public"), second, 6)
    assert [result.id for result in find("bins", audience="public").results] == before[::-1]
    assert [result.id for result in find("bins", audience="staff").results] == before
    assert find("bins", audience="public").key == told("bins").key
