"""Each entry is unread until it is acknowledged, once, by each person for themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cms.core import clock
from cms.core.errors import Refused
from cms.core.models import AuditRow
from kb.updates import queries
from kb.updates.commands import acknowledge, mark_seen
from kb.updates.models import Receipt
from kb.updates.queries import Position

from .publishing import article, new_item, publish, publish_service, someone

pytestmark = pytest.mark.usefixtures("the_log")


@pytest.mark.parametrize(
    ("seen", "acknowledged", "came_before", "unread"),
    [
        (False, False, True, True),
        (True, False, True, True),
        (True, True, True, False),
        (False, True, True, False),
        (False, False, False, False),
    ],
)
def test_what_is_unread(seen: bool, acknowledged: bool, came_before: bool, unread: bool) -> None:
    agent = someone("agent1")
    entry = publish_service().entries.get()
    if not came_before:
        agent.date_joined = clock.now() + timedelta(seconds=1)
    if seen:
        mark_seen([entry.update], by=agent)
    if acknowledged:
        acknowledge(entry, by=agent)

    assert queries.unread_count(agent) == int(unread)
    assert [u.seq for u in queries.unread(agent)] == ([entry.seq] if unread else [])
    assert [u.acknowledged for u in queries.after(0, agent)] == [acknowledged]


def test_acknowledging_twice_changes_nothing() -> None:
    agent = someone("agent1")
    entry = publish_service().entries.get()

    first = acknowledge(entry, by=agent)
    second = acknowledge(entry, by=agent)

    assert first.acknowledged_at == second.acknowledged_at
    assert Receipt.objects.count() == 1
    assert AuditRow.objects.filter(deed="update acknowledged", by=agent).count() == 1


def test_seeing_keeps_the_first_time_and_acknowledges_nothing() -> None:
    agent = someone("agent1")
    entry = publish_service().entries.get()
    mark_seen([entry.update], by=agent)
    first = Receipt.objects.get().seen_at
    mark_seen([entry.update], by=agent)
    assert (Receipt.objects.get().seen_at, Receipt.objects.get().acknowledged_at) == (first, None)


def test_one_person_acknowledges_for_nobody_else() -> None:
    one, other = someone("agent1"), someone("agent2")
    acknowledge(publish_service().entries.get(), by=one)
    assert (queries.unread_count(one), queries.unread_count(other)) == (0, 1)


def test_who_has_no_role_acknowledges_nothing() -> None:
    entry = publish_service().entries.get()
    with pytest.raises(Refused):
        acknowledge(entry, by=someone("visitor", role=None))
    assert not Receipt.objects.exists()


def test_staff_and_public_entries_come_in_one_order() -> None:
    agent = someone("agent1")
    publish_service()
    item = new_item("article")
    publish(item, article(item))
    publish_service("Dog licence")
    rows = queries.next_in_order(0, agent, limit=10)
    assert [(u.seq, u.audience) for u in rows] == [(1, "public"), (2, "staff"), (3, "public")]


def test_a_gap_is_never_skipped() -> None:
    agent = someone("agent1")
    for _n in range(3):
        publish_service()
    publish_service().updates.model.objects.get(pk=2).delete()
    assert [u.seq for u in queries.next_in_order(0, agent, limit=10)] == [1]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1-0", Position(1, 0)),
        (" 2-17 ", Position(2, 17)),
        ("17", None),
        ("1-", None),
        ("0-4", None),
        ("1--4", None),
        ("1-4; DROP", None),
        ("1-" + "9" * 40, None),
        ("١-٤", None),
    ],
)
def test_cursors(text: str, place: Position | None) -> None:
    assert queries.position(text) == place


@pytest.mark.parametrize(
    ("reader", "end", "restart"),
    [
        ((1, 5), (1, 5), False),
        ((1, 4), (1, 5), False),
        ((1, 6), (1, 5), True),
        ((1, 5), (2, 5), True),
        ((3, 1), (2, 5), True),
    ],
)
def test_who_starts_again(reader: tuple[int, int], end: tuple[int, int], restart: bool) -> None:
    assert queries.must_restart(Position(*reader), Position(*end)) is restart
