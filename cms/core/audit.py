"""Writing the audit trail."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser

from .models import AuditRow


def record(deed: str, subject: object, *, by: AbstractUser | None, **details: Any) -> None:
    """Note that `by` (`None`: the system) did `deed` to `subject`, in the transaction that is open."""
    AuditRow.objects.create(deed=deed, subject=str(subject)[:200], by=by, details=details)
