"""Two people at the same moment, on PostgreSQL: one deed is done, the other gets a sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from cms.core.errors import Refused
from cms.publications import commands as log_commands
from cms.publications.models import Current, Entry
from tests.kinds import fee, write
from tests.people import department, person
from workflows import commands
from workflows.models import Debt, Submission

from .stories import at_webmaster, corrected_at_once, leaflet, published, staffed, submitted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Iterator[None]:
    with staffed():
        yield


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """What each deed came to: `done`, the code of its refusal, or the name of what went wrong."""
    start = threading.Barrier(len(deeds))

    def attempt(deed: Callable[[], Any]) -> str:
        with own_connection():
            start.wait()
            try:
                deed()
            except Refused as refused:
                return refused.refusal.code
            except Exception as error:
                return repr(error)
            return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(attempt, deeds))


def test_a_click_on_approve_twice() -> None:
    for _time in range(5):
        waiting = at_webmaster()
        by = person("webmaster")
        click = lambda: commands.approve(waiting, by=by, seen=waiting.sha)  # noqa: E731, B023
        assert at_once(click, click) == ["already-decided", "done"]
    assert Entry.objects.count() == 5


def test_two_webmasters() -> None:
    waiting = at_webmaster()
    one, two = person("webmaster"), person("webmaster2")
    assert at_once(
        lambda: commands.approve(waiting, by=one, seen=waiting.sha),
        lambda: commands.approve(waiting, by=two, seen=waiting.sha),
    ) == ["already-decided", "done"]


def test_approving_while_the_author_takes_it_back() -> None:
    for _time in range(5):
        waiting = at_webmaster()
        webmaster, author = person("webmaster"), person("author.parks")
        assert at_once(
            lambda: commands.approve(waiting, by=webmaster, seen=waiting.sha),  # noqa: B023
            lambda: commands.take_back(waiting, by=author),  # noqa: B023
        ) == ["already-decided", "done"]


def test_sending_one_item_twice_and_two_to_one_address() -> None:
    author, other = person("author.parks"), person("author2.parks")
    for number in range(5):
        item = leaflet(slug=f"one-{number}")
        assert at_once(
            lambda: commands.submit([item], by=author),  # noqa: B023
            lambda: commands.submit([item], by=other),  # noqa: B023
        ) == ["done", "waits-already"]
        first, second = leaflet(slug=f"two-{number}"), leaflet(slug=f"two-{number}")
        assert at_once(
            lambda: commands.submit([first], by=author),  # noqa: B023
            lambda: commands.submit([second], by=other),  # noqa: B023
        ) == ["address-taken", "done"]


def test_composing_again_twice() -> None:
    item = published()
    write(item, person("author.parks"), text="New.")
    waiting = submitted(item)
    commands.transfer(item, by=person("webmaster"), reason="Theirs.", department=department("finance"))
    author = person("author.finance")
    again = lambda: commands.compose_again(waiting, by=author)  # noqa: E731
    assert at_once(again, again) == ["already-decided", "done"]
    assert Submission.objects.filter(state="open").count() == 1


def test_two_webmasters_move() -> None:
    for number in range(5):
        item = published(leaflet(slug=f"here-{number}"))
        other = published(leaflet(slug=f"there-{number}"))
        one, two = person("webmaster"), person("webmaster2")
        slug = f"wanted-{number}"
        found = at_once(
            lambda: commands.move(item, by=one, reason="Nicer.", slug=slug),  # noqa: B023
            lambda: commands.move(other, by=two, reason="Nicer.", slug=slug),  # noqa: B023
        )
        assert found == ["address-taken", "done"]
        assert Current.objects.filter(path=f"/leaflets/{slug}/").count() == 1


def test_two_pages_that_move_beneath_each_other() -> None:
    for number in range(5):
        one = published(leaflet(slug=f"one-{number}"))
        two = published(leaflet(slug=f"two-{number}"))
        by, other = person("webmaster"), person("webmaster2")
        found = at_once(
            lambda: commands.move(one, by=by, reason="Order.", parent=two),  # noqa: B023
            lambda: commands.move(two, by=other, reason="Order.", parent=one),  # noqa: B023
        )
        assert found == ["beneath-itself", "done"], found


def test_ending_a_debt_twice() -> None:
    debt = Debt.objects.get(entry=corrected_at_once())
    one, two = person("editor.parks"), person("webmaster")
    assert at_once(
        lambda: commands.end_debt(debt, by=one, outcome="approved"),
        lambda: commands.end_debt(debt, by=two, outcome="withdrawn", note="No."),
    ) == ["debt-ended", "done"]


def test_a_date_that_comes_while_its_item_is_published() -> None:
    from datetime import timedelta

    from cms.core import clock

    for _time in range(5):
        day = clock.today() + timedelta(days=1)
        item = published(leaflet(facts=[fee("Fine", "25.00", valid_from=day.isoformat())]))
        write(item, person("author.parks"), text="New words.")
        waiting = at_webmaster(item)
        webmaster = person("webmaster")
        tomorrow = clock.now() + timedelta(days=1)
        Current.objects.filter(pk=item.pk).update(next_effect_on=clock.today())
        found = at_once(
            lambda: commands.approve(waiting, by=webmaster, seen=waiting.sha),  # noqa: B023
            lambda: log_commands.run_due(tomorrow),  # noqa: B023
            lambda: log_commands.run_due(tomorrow),  # noqa: B023
        )
        assert found == ["done"] * 3


def test_a_page_moves_while_what_stands_beneath_it_is_published() -> None:
    for number in range(8):
        above = published(leaflet(slug=f"above-{number}"))
        waiting = [
            at_webmaster(published_and_changed(slug=f"beneath-{number}-{which}", parent=str(above.pk)))
            for which in range(2)
        ]
        mover, webmaster = person("webmaster2"), person("webmaster")
        found = at_once(
            lambda: commands.move(above, by=mover, reason="Nicer.", slug=f"moved-{number}"),  # noqa: B023
            *[
                lambda one=one: commands.approve(one, by=webmaster, seen=one.sha)  # type: ignore[misc]  # noqa: B023
                for one in waiting
            ],
        )
        assert found == ["done"] * 3, found
        assert Current.objects.filter(path__startswith=f"/leaflets/moved-{number}/beneath").count() == 2


def test_two_items_that_quote_each_other_are_published() -> None:
    for number in range(8):
        prices = [fee("Fine", "25.00"), fee("Fine", "30.00")]
        items = [published(leaflet(facts=[price])) for price in prices]
        for item, other, price in zip(items, reversed(items), reversed(prices), strict=True):
            write(item, person("author.parks"), quotes=[{"item": str(other.pk), "key": price["key"]}])
        waiting = [at_webmaster(item) for item in items]
        webmaster = person("webmaster")
        found = at_once(
            *[
                lambda one=one: commands.approve(one, by=webmaster, seen=one.sha)  # type: ignore[misc]  # noqa: B023
                for one in waiting
            ]
        )
        assert found == ["done"] * 2, (number, found)


def published_and_changed(**draft: Any) -> Any:
    item = published(leaflet(**draft))
    write(item, person("author.parks"), text="New words.")
    return item
