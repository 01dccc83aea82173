"""What an entry makes an item say: worked out in one place, for the moment itself and for replaying it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .vocabulary import EntryKind

Doc = dict[str, Any]

# The fields of a document that an entry changes without publishing a new text.
OVERLAID: Mapping[str, tuple[str, ...]] = {
    EntryKind.MOVED: ("slug", "parent"),
    EntryKind.TRANSFERRED: ("department",),
}


def said_after(kind: str, payload: Doc, own: Doc | None, before: Doc | None) -> Doc | None:
    """The item's document after an entry; `own` is the document that the entry publishes, `before` what
    the item said until then. `None`: it says nothing."""
    if kind == EntryKind.PUBLISHED:
        return own
    if kind == EntryKind.WITHDRAWN or before is None:
        return None
    return {**before, **{name: payload[name] for name in OVERLAID.get(kind, ())}}
