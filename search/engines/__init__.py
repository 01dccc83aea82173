"""Engines: one protocol, chosen by the database; and Elasticsearch beside it, where there is one."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections

from search import elastic

from .postgres import PostgresEngine
from .protocol import Candidate, Clue, Counts, Embedded, Engine, OneOf, Way
from .rows import Rows
from .sqlite import SqliteEngine

__all__ = ["Candidate", "Clue", "Counts", "Embedded", "Engine", "OneOf", "Rows", "Way", "embedded", "engine"]


def embedded(using: str = DEFAULT_DB_ALIAS) -> Embedded:
    """The engine that lives in a database; its rows are written in the publication's transaction."""
    return PostgresEngine(using) if connections[using].vendor == "postgresql" else SqliteEngine(using)


def engine() -> Engine:
    """The engine that answers."""
    return elastic.either(embedded()) if elastic.configured() else embedded()
