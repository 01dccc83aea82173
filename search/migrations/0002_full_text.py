"""The full text: FTS5 on SQLite, a tsvector with its index on PostgreSQL. One of each index's own."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = ("oneanswer_search_publicdocument", "oneanswer_search_staffdocument")


def make(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} ADD COLUMN vector tsvector")
            schema_editor.execute(
                f"CREATE INDEX {table}_vector ON {table} USING gin (vector) WITH (fastupdate = off)"
            )
        else:
            # Terms come analysed: they end at spaces alone, and keep the signs of codes.
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {table}_fts USING fts5("
                "title, names, gist, body, tokenize = \"ascii tokenchars '-_./@&+'\", prefix = '2 3')"
            )


def remove(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN vector")
        else:
            # The tables themselves go in the migration before, with what refers to this one.
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_fts_goes_with_its_document")
            schema_editor.execute(f"DROP TABLE {table}_fts")


class Migration(migrations.Migration):
    dependencies = [("oneanswer_search", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]
