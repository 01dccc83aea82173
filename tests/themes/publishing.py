"""A town published for tests of the public site: real entries of the log, on grounds that a test vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import uuid4

from cms.organisation.models import Department
from cms.publications import commands, documents, queries, registry
from cms.publications.models import Entry, Item
from cms.publications.readings import Reading
from cms.publications.registry import Kind
from cms.publications.vocabulary import EntryKind, Lane

Doc = dict[str, Any]
PREFIXES: dict[str, str | None] = {
    "home": "",
    "topic": "",
    "service": "",
    "life_event": "life-events/",
    "department": "departments/",
    "place": "places/",
    "contact_point": None,
    "notice": None,
    "article": None,
    "staff_notice": None,
}
STAFF_KINDS = {"article", "staff_notice"}
BODIES: dict[str, Doc] = {
    "service": {
        "purpose": "",
        "who_for": "",
        "what_to_bring": "",
        "steps": [],
        "channels": [],
        "tasks": [],
        "related": [],
        "downloads": [],
        "standard_codes": [],
        "target_groups": [],
    },
    "topic": {"intro": ""},
    "life_event": {"intro": "", "first": ""},
    "department": {"intro": "", "code": "parks"},
    "home": {"welcome": "", "top_tasks": []},
    "place": {"getting_there": "", "accessibility": "", "photo": None},
    "contact_point": {},
    "notice": {"text": "", "level": "info"},
    "article": {"short_answer": "", "answer": "", "service": None, "quotes": []},
    "staff_notice": {"text": "", "target": None, "signed": ""},
}


def _kind(name: str) -> Kind:
    nothing: Any = lambda *_args: None  # noqa: E731
    return Kind(
        name=name,
        label=name.replace("_", " ").capitalize(),
        audience="staff" if name in STAFF_KINDS else "public",
        compose=nothing,
        draft=nothing,
        missing=lambda _document: [],
        mirror=nothing,
        edit_url=lambda _item: "",
        prefix=PREFIXES[name],
    )


@contextmanager
def a_log_without_editors() -> Iterator[None]:
    """The log with Current and search; no editing tables, nobody told."""
    with (
        mock.patch.dict(registry._kinds, {name: _kind(name) for name in PREFIXES}, clear=True),
        mock.patch.dict(registry._projectors, {"updates": lambda _c: None, "mirror": lambda _c: None}),
        mock.patch.dict(registry._verifiers, {"test": lambda _permit: None}),
    ):
        yield


@contextmanager
def a_log_with_updates() -> Iterator[None]:
    """The log with all that readers see of it, agents' updates too; no editing tables."""
    updates = registry._projectors["updates"]
    with a_log_without_editors(), mock.patch.dict(registry._projectors, {"updates": updates}):
        yield


def department(code: str = "parks", name: str = "Parks and Streets") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name": name})[0]


def new_item(kind: str, code: str = "parks") -> Item:
    audience = "staff" if kind in STAFF_KINDS else "public"
    return Item.objects.create(kind=kind, audience=audience, department=department(code, code.capitalize()))


def document(item: Item, title: str, **fields: Any) -> Doc:
    """A document of `item`; what the body doesn't say is empty."""
    body = {**BODIES[item.kind], **fields.pop("body", {})}
    if PREFIXES[item.kind] is not None and item.kind != "home":
        fields.setdefault("slug", title.lower().replace(" ", "-"))
    return documents.envelope(item, title=title, body=body, **fields)


def publish(
    kind: str,
    title: str,
    *,
    item: Item | None = None,
    code: str = "parks",
    lane: str = Lane.REVIEWED,
    **fields: Any,
) -> Item:
    """A published item of `kind`, or a new text of `item`."""
    item = item or new_item(kind, code)
    enter(item, EntryKind.PUBLISHED, document(item, title, **fields), lane=lane)
    return item


def preview(kind: str, title: str, **fields: Any) -> Reading:
    """The reading of a document that is not published."""
    return queries.preview(document(new_item(kind), title, **fields))


def ref(item: Item) -> Doc:
    return {"item": str(item.pk)}


def fact(kind: str, label: str, **values: Any) -> Doc:
    return {"key": str(uuid4()), "kind": kind, "label": label, "valid_from": None, "valid_to": None, **values}


def fee(label: str, amount: str, **values: Any) -> Doc:
    return fact("fee", label, **{"amount": amount, "currency": "GBP", "condition": "", **values})


def hours(*days: tuple[int, str, str], label: str = "Opening hours", **values: Any) -> Doc:
    """`hours((1, "09:00", "17:00"))`: Mondays from nine to five."""
    lines = [{"weekday": day, "opens": opens, "closes": closes} for day, opens, closes in days]
    return fact("hours", label, **{"days": lines, "note": "", **values})


def closure(label: str, first: str, last: str) -> Doc:
    return fact("closure", label, valid_from=first, valid_to=last)


def channel(kind: str, **values: Any) -> Doc:
    empty = {"can_do": "transaction", "label": "", "address": "", "place": None, "contact_point": None}
    return {"kind": kind, **empty, **values}


def task(label: str, url: str, *, kind: str = "apply", state: str = "working") -> Doc:
    return {"kind": kind, "label": label, "url": url, "state": state}


def step(title: str, text: str = "", *, type: str = "step") -> Doc:
    return {"type": type, "title": title, "text": text}


def enter(
    item: Item, kind: str, document: Doc | None = None, *, lane: str = Lane.REVIEWED, **payload: Any
) -> Entry:
    """One entry, with its permit, as whoever holds the grounds would write it."""
    permit = commands.issue(
        item,
        documents.store(document).sha256 if document else None,
        kind=kind,
        lane=lane,
        grounds={"type": "test"},
        people=[],
        based_on=queries.newest_seq(item),
        payload=payload,
    )
    return commands.spend([permit], by=None)[0]
