"""What an index holds of an item."""

from __future__ import annotations

from typing import Any

from search.documents import FIELDS, Searched

Row = dict[str, Any]
GONE: Row = {}  # what stands for an item that was removed


def row(document: Searched) -> Row:
    return {
        "item": str(document.item),
        "shelf": str(document.shelf),
        "tokens": list(document.shelf.tokens()),
        "place": document.title,
        "length": len(document.title),
        "keys": list(document.keys),
        "changed": document.changed.isoformat(),
        **{name: " ".join(terms) for name, terms in zip(FIELDS, document.fields, strict=True)},
    }
