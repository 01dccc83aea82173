"""Publishing in tests of search: real entries of the log, on grounds that a test vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

from cms.organisation.models import Department
from cms.publications import commands, documents, queries, registry
from cms.publications.models import Entry, Item
from cms.publications.registry import Kind
from cms.publications.vocabulary import EntryKind, Lane

Doc = dict[str, Any]
PREFIXES: dict[str, str | None] = {
    "service": "services/",
    "life_event": "life-events/",
    "topic": "topics/",
    "place": "places/",
    "contact_point": None,
    "article": None,
    "staff_notice": None,
}
STAFF_KINDS = {"article", "staff_notice"}


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


def department(code: str = "parks") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name": code.capitalize()})[0]


def publish(
    kind: str,
    title: str,
    *,
    item: Item | None = None,
    pk: UUID | None = None,
    code: str = "parks",
    body: Doc | None = None,
    **fields: Any,
) -> Item:
    """A published item of `kind`, or a new text of `item`."""
    if item is None:
        audience = "staff" if kind in STAFF_KINDS else "public"
        item = Item.objects.create(
            pk=pk or uuid4(), kind=kind, audience=audience, department=department(code)
        )
    if PREFIXES[kind] is not None:
        fields.setdefault("slug", f"{kind}-{item.pk.hex}")
    document = documents.envelope(item, title=title, body=body or {}, **fields)
    enter(item, EntryKind.PUBLISHED, document)
    return item


def service(title: str, text: str = "", **fields: Any) -> Item:
    body = {"purpose": f"<p>{text}</p>", "channels": [], "tasks": [], "standard_codes": []}
    return publish("service", title, body={**body, **fields.pop("body", {})}, **fields)


def article(title: str, answer: str = "", *, about: Item | None = None, **fields: Any) -> Item:
    body = {
        "short_answer": fields.pop("short_answer", ""),
        "answer": f"<p>{answer}</p>",
        "service": {"item": str(about.pk)} if about else None,
    }
    return publish("article", title, body=body, **fields)


def fact(kind: str, label: str, **values: Any) -> Doc:
    return {"key": str(uuid4()), "kind": kind, "label": label, "valid_from": None, "valid_to": None, **values}


def fee(label: str, amount: str, **values: Any) -> Doc:
    return fact("fee", label, amount=amount, currency="GBP", condition="", **values)


def enter(item: Item, kind: str, document: Doc | None = None, **payload: Any) -> Entry:
    """One entry, with its permit, as whoever holds the grounds would write it."""
    permit = commands.issue(
        item,
        documents.store(document).sha256 if document else None,
        kind=kind,
        lane=Lane.REVIEWED,
        grounds={"type": "test"},
        people=[],
        based_on=queries.newest_seq(item),
        payload=payload,
    )
    return commands.spend([permit], by=None)[0]
