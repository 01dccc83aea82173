"""Counting waits for nobody for long, and nobody waits for it: a count that can't be written is left out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

log = logging.getLogger("oneanswer.search")
PATIENCE = 250  # milliseconds for a lock that somebody else holds, a publication for one


def try_to(deed: Callable[[], object]) -> None:
    """Do it in a transaction; if the database won't, say so in the operators' log and go on."""
    try:
        with _little_patience(), transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
            deed()
    except DatabaseError as error:
        log.warning("What was searched for was not counted this time: %s", type(error).__name__)


@contextmanager
def _little_patience() -> Iterator[None]:
    """On SQLite the wait is the connection's, and has to be given back."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(float(connection.settings_dict["OPTIONS"].get("timeout", 5)) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
