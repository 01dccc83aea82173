"""The full text: FTS5 on SQLite, a tsvector with its index on PostgreSQL. One of each index's own."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = ("oneanswer_search_publicdocument", "oneanswer_search_staffdocument")
WORDS = ("oneanswer_search_publicword", "oneanswer_search_staffword")


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        _on_postgres(schema_editor.execute)
        return
    for table in TABLES:
        # Terms come analysed: they end at spaces alone, and keep the signs of codes.
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5("
            "title, address, names, gist, body, shelf, tokenize = \"ascii tokenchars '-_./@&+='\", prefix = '1 2 3')"
        )


def _on_postgres(execute: Any) -> None:
    for table in TABLES:
        for column in ("vector", "heading"):
            execute(f"ALTER TABLE {table} ADD COLUMN {column} tsvector")
            execute(f"CREATE INDEX {table}_{column} ON {table} USING gin ({column}) WITH (fastupdate = off)")
        execute(f"ALTER TABLE {table} ADD COLUMN terms text[]")
    for table in WORDS:  # ordered sign by sign, so that an index tells how words begin
        for column in ("form", "stem", "backwards"):
            execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(64) COLLATE "C"')


def remove(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            for column in ("vector", "heading", "terms"):
                schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        else:
            # The tables themselves go in the migration before, with what refers to this one.
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_fts_goes_with_its_document")
            schema_editor.execute(f"DROP TABLE {table}_fts")


class Migration(migrations.Migration):
    dependencies = [("oneanswer_search", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]
