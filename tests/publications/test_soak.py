"""Minutes of publishing at once, on either database: `make soak`."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from cms.publications import commands, queries
from cms.publications.models import Entry, Permit
from tests.publications.test_concurrency import own_connection, permits

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
PUBLISHERS, EACH = 8, 250


def test_two_thousand_entries_by_eight_publishers(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = permits(monkeypatch, PUBLISHERS * EACH)
    finished = threading.Event()
    seen: list[int] = []

    def publish(mine: list[Permit]) -> None:
        with own_connection():
            for permit in mine:
                commands.spend([permit], by=None)

    def read() -> None:
        with own_connection():
            last = False
            while not last:
                last = finished.is_set()
                entries, _restart = queries.entries_after(1, seen[-1] if seen else 0)
                seen.extend(entry.seq for entry in entries)
                last = last and not entries

    with ThreadPoolExecutor(PUBLISHERS + 1) as pool:
        reader = pool.submit(read)
        for writer in [pool.submit(publish, waiting[n::PUBLISHERS]) for n in range(PUBLISHERS)]:
            writer.result()
        finished.set()
        reader.result()
    assert seen == list(range(1, PUBLISHERS * EACH + 1))
    assert Entry.objects.count() == PUBLISHERS * EACH
