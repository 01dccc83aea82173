"""An update as the API gives it."""

from __future__ import annotations

from typing import Any

from cms.core import clock

from .models import Update
from .sentences import sentence


def update_json(update: Update) -> dict[str, Any]:
    """Who wrote and who approved is no part of it. `update` is read through `queries.told`."""
    return {
        "cursor": update.cursor,
        "seq": update.seq,
        "item": str(update.item_id),
        "type": update.item.kind,
        "title": update.title,
        "kind": update.kind,
        "lane": update.lane,
        "audience": update.audience,
        "at": clock.iso(update.at),
        "sentence": sentence(update, update.item.kind),
        "changes": update.changes,
        "quoted_by": update.quoted_by,
        "reason": update.reason,
        "instead": update.instead,
        "acknowledged": bool(getattr(update, "acknowledged", False)),
    }
