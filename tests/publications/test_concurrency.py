"""Eight publishers at once on PostgreSQL, and a reader at its cursor that misses none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from cms.core.errors import Refused
from cms.organisation.models import Department
from cms.publications import chain, commands, documents, queries, registry
from cms.publications.models import Entry, Permit
from tests.kinds import begin

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PUBLISHERS, EACH = 8, 12


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def permits(monkeypatch: pytest.MonkeyPatch, count: int) -> list[Permit]:
    monkeypatch.setitem(registry._verifiers, "test", lambda permit: None)
    parks = Department.objects.create(code="parks", name="Parks")
    made = []
    for number in range(count):
        item = begin(parks, None, kind="leaflet" if number % 3 else "paper", title=f"Number {number}")
        own = registry.kind(item.kind)
        made.append(
            commands.issue(
                item,
                documents.store(own.compose(own.draft(item))).sha256,
                kind="published",
                lane="reviewed",
                grounds={"type": "test"},
                people=[],
                based_on=None,
            )
        )
    return made


def test_a_reader_at_its_cursor_misses_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = permits(monkeypatch, PUBLISHERS * EACH)
    start, finished = threading.Barrier(PUBLISHERS + 1), threading.Event()
    seen: list[int] = []

    def publish(mine: list[Permit]) -> None:
        with own_connection():
            start.wait()
            for permit in mine:
                commands.spend([permit], by=None)

    def read() -> None:
        with own_connection():
            start.wait()
            last = False
            while not last:
                last = finished.is_set()
                entries, _restart = queries.entries_after(1, seen[-1] if seen else 0, limit=7)
                seen.extend(entry.seq for entry in entries)
                last = last and not entries

    with ThreadPoolExecutor(PUBLISHERS + 1) as pool:
        reader = pool.submit(read)
        writers = [pool.submit(publish, waiting[n::PUBLISHERS]) for n in range(PUBLISHERS)]
        for writer in writers:
            writer.result(timeout=60)
        finished.set()
        reader.result(timeout=60)

    assert seen == list(range(1, PUBLISHERS * EACH + 1))
    public = list(Entry.objects.exclude(public_seq=None).order_by("seq").values_list("public_seq", flat=True))
    assert public == list(range(1, len(public) + 1))
    previous = "0" * 64
    for entry in Entry.objects.select_related("permit").order_by("seq"):
        assert entry.previous_hash == previous
        assert chain.entry_hash(entry, entry.permit) == entry.hash
        previous = entry.hash


def test_one_permit_is_spent_once_by_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    (permit,) = permits(monkeypatch, 1)
    start = threading.Barrier(PUBLISHERS)

    def publish() -> Any:
        with own_connection():
            start.wait()
            try:
                return commands.spend([permit], by=None)[0].seq
            except Refused as refused:
                return refused.refusal.code

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        outcomes = [f.result(timeout=60) for f in [pool.submit(publish) for _ in range(PUBLISHERS)]]
    assert sorted(map(str, outcomes)) == ["1", *["permit-spent"] * (PUBLISHERS - 1)]
    assert Entry.objects.count() == 1
