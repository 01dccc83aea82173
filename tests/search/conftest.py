from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from search.evaluation.places import APART

from .publishing import a_log_without_editors


@pytest.fixture
def the_log(db: Any) -> Iterator[None]:
    with a_log_without_editors():
        yield


@pytest.fixture
def apart(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database that evaluation makes for itself may be used beside the test's own."""
    watched = BaseDatabaseWrapper.ensure_connection

    def ensure_connection(self: BaseDatabaseWrapper) -> None:
        if self.alias != APART:
            watched(self)
        elif self.connection is None:
            with self.wrap_database_errors:
                self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure_connection)
