"""The municipality's clock. Dates of effect begin at midnight where the municipality lies."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, in UTC."""
    return timezone.now()


def today(moment: datetime | None = None) -> date:
    """The municipality's date at `moment` (now, unless told)."""
    return timezone.localtime(moment or timezone.now(), timezone.get_default_timezone()).date()


def iso(moment: datetime) -> str:
    """A moment as documents and hashes write it: UTC, microseconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
