"""Engines: one protocol, chosen by the database."""

from __future__ import annotations

from django.db import connection

from .postgres import PostgresEngine
from .protocol import Engine, Hit
from .sqlite import SqliteEngine

__all__ = ["Engine", "Hit", "engine"]

_ENGINES: dict[str, Engine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}


def engine() -> Engine:
    """The engine that lives in the database that is used."""
    return _ENGINES[connection.vendor]
