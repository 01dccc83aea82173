"""What the database itself refuses, whoever asks. Put back after every migration.

A migration that adds a NOT NULL column remakes the table on SQLite and silently drops its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOG = "publications_entry"
PERMIT = "publications_permit"
DOCUMENT = "publications_document"
FILE = "publications_pinnedfile"

_REFUSALS = {
    "the_log_is_never_changed": (LOG, "UPDATE", "The publication log is never changed."),
    "the_log_is_never_cut": (LOG, "DELETE", "Nothing is deleted from the publication log."),
    "a_permit_is_never_deleted": (PERMIT, "DELETE", "A permit is never deleted."),
    "a_document_is_never_deleted": (DOCUMENT, "DELETE", "A document is never deleted; redact it."),
    "a_pinned_file_is_never_deleted": (FILE, "DELETE", "A pinned file is never deleted; redact it."),
}


def _permit_changed(cast: str) -> str:
    same = "OLD.item_id <> NEW.item_id OR OLD.kind <> NEW.kind OR OLD.lane <> NEW.lane"
    same += " OR COALESCE(OLD.document_id, '') <> COALESCE(NEW.document_id, '') OR OLD.id <> NEW.id"
    for column in ("grounds", "payload", "people"):
        same += f" OR OLD.{column}{cast} <> NEW.{column}{cast}"
    same += " OR COALESCE(OLD.based_on, -1) <> COALESCE(NEW.based_on, -1)"
    same += f" OR COALESCE(OLD.not_before{cast}, '') <> COALESCE(NEW.not_before{cast}, '')"
    # What was revoked once stays revoked, for the reason that was given.
    revoked = f"COALESCE(NEW.revoked_at{cast}, '') || NEW.revoked_because"
    same += f" OR (OLD.revoked_at IS NOT NULL AND OLD.revoked_at{cast} || OLD.revoked_because <> {revoked})"
    return same


_SQLITE = {
    "the_log_grows_by_one": (
        LOG,
        f"""BEFORE INSERT ON {LOG} WHEN
            NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM {LOG})
            OR NEW.previous_hash <> COALESCE(
                (SELECT hash FROM {LOG} ORDER BY seq DESC LIMIT 1), '{"0" * 64}')
        BEGIN SELECT RAISE(ABORT, 'An entry takes the next number and names its predecessor.'); END""",
    ),
    "a_document_is_only_emptied": (
        DOCUMENT,
        f"""BEFORE UPDATE ON {DOCUMENT} WHEN NEW.body <> '' OR NEW.sha256 <> OLD.sha256
        BEGIN SELECT RAISE(ABORT, 'A document is never changed.'); END""",
    ),
    "a_permit_keeps_what_it_permits": (
        PERMIT,
        f"""BEFORE UPDATE ON {PERMIT} WHEN {_permit_changed("")}
        BEGIN SELECT RAISE(ABORT, 'A permit is revoked, never changed.'); END""",
    ),
    **{
        name: (
            table,
            f"BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        )
        for name, (table, event, sentence) in _REFUSALS.items()
    },
}

_POSTGRES_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION oneanswer_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;
CREATE OR REPLACE FUNCTION oneanswer_next_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    SELECT seq, hash INTO last FROM {LOG} ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> COALESCE(last.seq, 0) + 1
       OR NEW.previous_hash <> COALESCE(last.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'An entry takes the next number and names its predecessor.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
_POSTGRES = {
    "the_log_grows_by_one": (
        LOG,
        f"BEFORE INSERT ON {LOG} FOR EACH ROW EXECUTE FUNCTION oneanswer_next_entry()",
    ),
    "a_document_is_only_emptied": (
        DOCUMENT,
        f"BEFORE UPDATE ON {DOCUMENT} FOR EACH ROW WHEN (NEW.body <> '' OR NEW.sha256 <> OLD.sha256)"
        " EXECUTE FUNCTION oneanswer_refuse('A document is never changed.')",
    ),
    "a_permit_keeps_what_it_permits": (
        PERMIT,
        f"BEFORE UPDATE ON {PERMIT} FOR EACH ROW WHEN ({_permit_changed('::text')})"
        " EXECUTE FUNCTION oneanswer_refuse('A permit is revoked, never changed.')",
    ),
    **{
        name: (
            table,
            f"BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION oneanswer_refuse('{sentence}')",
        )
        for name, (table, event, sentence) in _REFUSALS.items()
    },
    **{
        f"{table}_is_never_truncated": (
            table,
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
            " EXECUTE FUNCTION oneanswer_refuse('The publication log is never emptied.')",
        )
        for table in (LOG, PERMIT, DOCUMENT, FILE)
    },
}


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew; safe to repeat."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTIONS)
        for name, (table, definition) in _wanted(connection).items():
            cursor.execute(_drop(connection, name, table))
            cursor.execute(f"CREATE TRIGGER {name} {definition}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not there, or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    return sorted(set(_wanted(connection)) - there)


@contextmanager
def removed(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers, for the one test fixture that empties the log."""
    with connection.cursor() as cursor:
        for name, (table, _definition) in _wanted(connection).items():
            cursor.execute(_drop(connection, name, table))
    try:
        yield
    finally:
        install(connection)


def put_back(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After each migration of any app; does nothing until the tables are there."""
    connection = connections[using]
    if sender.label == "publications" and LOG in connection.introspection.table_names():
        install(connection)


def _drop(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{on}"
