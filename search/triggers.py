"""On SQLite, the full text of a deleted row goes with it, whoever deletes it. Put back after every
migration, since remaking a table silently drops its triggers."""

# ruff: noqa: S608  (names of tables are ours)
from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import INDEXES


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers anew; safe to repeat. Nothing is needed on PostgreSQL."""
    if connection.vendor != "sqlite":
        return
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for tables in INDEXES.values():
            if tables.name not in there or tables.full_text not in there:
                continue
            name = f"{tables.full_text}_goes_with_its_document"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} AFTER DELETE ON {tables.name}"
                f" BEGIN DELETE FROM {tables.full_text} WHERE rowid = OLD.id; END"
            )


def put_back(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After each migration of any app; waits until the tables are there."""
    if sender.label == "oneanswer_search":
        install(connections[using])
