"""The stream, from a real server process, of entries that this process writes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from cms.organisation import commands as organisation
from cms.organisation.models import Membership
from cms.publications import commands as publications

from .publishing import article, new_item, publish, publish_service, someone
from .serving import DEADLINE, Server, a_server, database_address, reading

pytestmark = pytest.mark.usefixtures("committed_log")


@pytest.fixture(scope="module")
def running(django_db_setup: None, django_db_blocker: Any) -> Iterator[Server]:
    """One process for all these tests; it reads whatever database they write."""
    with django_db_blocker.unblock():
        address = database_address()
    with a_server(address) as server:
        yield server


@pytest.fixture
def server(running: Server, committed_log: None) -> Server:
    agent = someone("agent1")
    running.token = organisation.create_token(agent, "test", by=agent)[1]
    return running


def test_an_entry_of_another_process_arrives(server: Server) -> None:
    with reading(server, server.token) as stream:
        for title in ("Beach hut", "Dog licence", "Allotment"):
            publish_service(title)
            event = stream.next(DEADLINE)
            assert (event.name, event.data["title"]) == ("update", title)
            assert event.id == event.data["cursor"]
            assert event.data["acknowledged"] is False


def test_without_a_cursor_the_stream_begins_now(server: Server) -> None:
    publish_service("Before")
    with reading(server, server.token) as stream:
        publish_service("After")
        assert stream.next().data["title"] == "After"


def test_whoever_was_away_gets_each_entry_exactly_once(server: Server) -> None:
    with reading(server, server.token) as stream:
        publish_service()
        assert stream.updates(1) == [1]
        last = stream.last_id
    for _n in range(60):
        publish_service()
    item = new_item("article")
    publish(item, article(item))

    with reading(server, server.token, last=last, after="1-0") as stream:
        assert stream.updates(61) == list(range(2, 63))
        publish_service()
        assert stream.updates(1) == [63]
        assert stream.events.empty()


def test_whoever_was_cut_off_before_the_first_event_misses_nothing(server: Server) -> None:
    publish_service()
    with reading(server, server.token) as stream:
        last = stream.last_id
    publish_service("Meanwhile")
    with reading(server, server.token, last=last) as stream:
        assert stream.next().data["title"] == "Meanwhile"


@pytest.mark.parametrize("cursor", ["1-2", "7-1", "2-99"])
def test_a_reader_of_another_epoch_starts_again(server: Server, cursor: str) -> None:
    publish_service()
    publish_service()
    publications.restored()
    publish_service()
    with reading(server, server.token, last=cursor) as stream:
        first = stream.next()
        assert (first.name, first.data) == ("restart", {"epoch": 2})
        assert stream.updates(3) == [1, 2, 3]
        last = stream.last_id
    with reading(server, server.token, last=last) as stream:
        publish_service()
        assert stream.next().data["seq"] == 4


def test_a_restored_log_restarts_the_streams_that_are_open(server: Server) -> None:
    publish_service()
    with reading(server, server.token) as stream:
        publications.restored()
        assert stream.next().name == "restart"
        assert stream.updates(1) == [1]


def test_the_stream_ends_with_the_right_to_read_it(server: Server) -> None:
    with reading(server, server.token) as stream:
        Membership.objects.all().delete()
        publish_service()
        assert stream.closed.wait(DEADLINE)
        assert stream.events.empty()


def test_one_person_has_eight_streams_and_no_ninth(server: Server) -> None:
    contexts = [reading(server, server.token) for _n in range(8)]
    for context in contexts:
        context.__enter__()
    try:
        answer = httpx.get(server.stream_address, headers=server.headers(server.token))
        assert answer.status_code == 429
        assert answer.json()["type"].endswith("too-many-streams")
    finally:
        for context in contexts:
            context.__exit__(None, None, None)
    until = time.monotonic() + DEADLINE
    while _status(server) == 429:
        assert time.monotonic() < until, "places are given back when readers hang up"


def _status(server: Server) -> int:
    with httpx.stream("GET", server.stream_address, headers=server.headers(server.token)) as answer:
        return answer.status_code


def test_ctrl_c_stops_a_server_with_open_streams(server: Server) -> None:
    with (
        a_server(database_address()) as other,
        reading(other, server.token) as one,
        reading(other, server.token) as two,
    ):
        other.stop()
        assert one.closed.wait(DEADLINE)
        assert two.closed.wait(DEADLINE)


def test_nobody_reads_the_stream_without_signing_in(server: Server) -> None:
    for headers in ({}, {"Authorization": "Bearer oa_wrong"}, {"Cookie": "sessionid=wrong"}):
        assert httpx.get(server.stream_address, headers=headers).status_code == 401
