"""What plain SQL needs: each keystroke asks it, since Django takes longer to put a query together than the
database to answer it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections


def holes(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def uuid_in(value: UUID, using: str = DEFAULT_DB_ALIAS) -> UUID | str:
    """As the database keeps it."""
    return value if connections[using].features.has_native_uuid_field else value.hex


def uuid_out(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
