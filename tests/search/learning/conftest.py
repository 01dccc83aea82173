from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.search.publishing import a_log_without_editors

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = MONDAY

    def pass_(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


@pytest.fixture(autouse=True)
def the_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: one.now)
    return one


@pytest.fixture
def the_log(db: Any) -> Iterator[None]:
    with a_log_without_editors():
        yield
