"""What plain SQL needs: each keystroke asks it, since Django takes longer to put a query together than the
database to answer it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections


def read(sql: str, values: Sequence[Any], using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def holes(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def uuid_in(value: UUID, using: str = DEFAULT_DB_ALIAS) -> UUID | str:
    """As the database keeps it."""
    return value if connections[using].features.has_native_uuid_field else value.hex


def uuid_out(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def day_out(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def moment_out(value: datetime | str) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def json_out(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
