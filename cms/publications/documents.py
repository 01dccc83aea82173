"""Documents: what people approve and readers get. Composed once, addressed by their hash.

    schema, kind, id, audience, language, department   what it is (`department` is a code)
    title, summary, slug, parent, position, tags       `parent` is an item's id or None
    topics, life_events                                [{"item": id}]
    handling_class, review_on, expires_at              "", None where they don't apply
    facts                                              see `facts.py`
    files                                              [{sha256, name, content_type, size}] that are pinned
    source                                             what the author typed, where it differs from `body`
    body                                               by kind; leaf text is sanitised HTML or plain text

References are `{"item": id}` or `{"item": id, "key": fact key}`, wherever they stand; links in HTML are
`<a href="item:ID">`. One level deep: what is referred to is looked up when it is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from cms.core.canonical import canonical_json, sha256

from .models import Document as Row
from .models import Item

SCHEMA = 1
# From the number of an old schema to the function that makes the next from it.
UPCASTS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
_LINK = re.compile(r'href="item:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')

Doc = dict[str, Any]


def envelope(
    item: Item,
    *,
    title: str,
    body: Doc,
    language: str = "en",
    summary: str = "",
    slug: str = "",
    parent: str | None = None,
    position: int = 0,
    topics: list[Doc] | None = None,
    life_events: list[Doc] | None = None,
    tags: list[str] | None = None,
    handling_class: str = "",
    review_on: date | None = None,
    expires_at: datetime | None = None,
    facts: list[Doc] | None = None,
    files: list[Doc] | None = None,
    source: Doc | None = None,
) -> Doc:
    """A document of `item`, with every field that documents of this schema have."""
    return {
        "schema": SCHEMA,
        "kind": item.kind,
        "id": str(item.pk),
        "audience": item.audience,
        "language": language,
        "department": item.department.code,
        "title": title.strip(),
        "summary": summary.strip(),
        "slug": slug,
        "parent": parent,
        "position": position,
        "topics": topics or [],
        "life_events": life_events or [],
        "tags": sorted(set(tags or [])),
        "handling_class": handling_class,
        "review_on": review_on.isoformat() if review_on else None,
        "expires_at": expires_at.isoformat() if expires_at else None,
        "facts": facts or [],
        "files": files or [],
        "source": source or {},
        "body": body,
    }


def store(document: Doc) -> Row:
    """Keep a document under its hash; the same document is kept once."""
    text = canonical_json(document)
    row, _made = Row.objects.get_or_create(
        sha256=sha256(text), defaults={"schema": document["schema"], "body": text}
    )
    return row


def digest(document: Doc) -> str:
    """The hash that `store` would keep it under."""
    return sha256(canonical_json(document))


def read(row: Row) -> Doc | None:
    """The document in a row, in today's schema; `None` when its body was redacted."""
    if not row.body:
        return None
    document: Doc = json.loads(row.body)
    while document["schema"] < SCHEMA:
        document = UPCASTS[document["schema"]](document)
    return document


def references(document: Doc) -> list[tuple[str, str, str | None]]:
    """What a document speaks of: (role, item id, fact key or None), each once, in order.

    The role is the name of the field that the reference stands in; links in text are `link`.
    """
    found: dict[tuple[str, str, str | None], None] = {}
    for role in ("topics", "life_events"):
        for ref in document[role]:
            found[role, ref["item"], None] = None
    for role, value in _walk("body", document["body"]):
        if isinstance(value, dict):
            found[role, value["item"], value.get("key")] = None
        else:
            for item in _LINK.findall(value):
                found["link", item, None] = None
    own = document["id"]
    return [ref for ref in found if ref[1] != own]


def _walk(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(name, inner)
    elif isinstance(value, dict):
        if "item" in value:
            yield name, value
        else:
            for key, inner in value.items():
                yield from _walk(key, inner)
