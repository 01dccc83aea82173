"""The one way to empty the publication log. The database refuses it to everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction

from cms.publications import registry, triggers

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@contextmanager
def emptying_the_log() -> Iterator[None]:
    """Inside, the database lets rows of the log go; afterwards it refuses again."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # A test that left a transaction open is to fail, not to hang.
                cursor.execute("SET LOCAL lock_timeout = '20s'")
        with triggers.removed(connection):
            yield
            if connection.vendor == "postgresql":
                connection.check_constraints()


def rows_of_migrations() -> Rows:
    """What the tables hold before the first test: Wagtail's root page, its locale, permissions."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in _filled(_tables()):
            cursor.execute(f"SELECT * FROM {_quoted(table)}")
            columns = [column[0] for column in cursor.description]
            found[table] = (columns, cursor.fetchall())
    return found


def start_afresh(rows: Rows) -> None:
    """Empty every table, and put back what migrations had put there, in one transaction."""
    with emptying_the_log():
        for clear in registry.rebuilders().values():
            clear()
        with connection.cursor() as cursor:
            for table in _filled(_tables()):
                cursor.execute(f"DELETE FROM {_quoted(table)}")
            for table, (columns, values) in rows.items():
                names = ", ".join(map(_quoted, columns))
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({marks})", values)
    ContentType.objects.clear_cache()
    cache.clear()


def _tables() -> list[str]:
    there = set(connection.introspection.table_names())
    models = apps.get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in models if m._meta.managed and not m._meta.proxy} & there)


def _filled(tables: list[str]) -> list[str]:
    wanted = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(wanted)
        return [row[0] for row in cursor.fetchall()]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
