"""Publishing in tests of what readers are told: real entries of the log, on grounds that a test vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from cms.core import clock
from cms.organisation.models import Department, Membership
from cms.publications import commands, documents, queries, registry
from cms.publications.models import Entry, Item
from cms.publications.registry import Kind
from cms.publications.vocabulary import EntryKind, Lane

Doc = dict[str, Any]
STAFF_KINDS = {"article", "staff_notice"}
PREFIXES = {"place": "places/", "topic": "", "service": "", "article": None, "staff_notice": None}


def _nothing(*_args: Any) -> Any:
    return None


def _kind(name: str) -> Kind:
    return Kind(
        name=name,
        label={"service": "Service page", "article": "Article"}.get(name, name),
        audience="staff" if name in STAFF_KINDS else "public",
        compose=_nothing,
        draft=_nothing,
        missing=lambda _document: [],
        mirror=_nothing,
        edit_url=lambda _item: "",
        prefix=PREFIXES[name],
    )


@contextmanager
def a_log_without_editors(*, searched: bool = False) -> Iterator[None]:
    """The log with the projections that are tested here; no editing tables, and search where asked."""
    silent = {"mirror": _nothing} if searched else {"mirror": _nothing, "search": _nothing}
    with (
        mock.patch.dict(registry._kinds, {name: _kind(name) for name in PREFIXES}, clear=True),
        mock.patch.dict(registry._projectors, silent),
        mock.patch.dict(registry._verifiers, {"test": lambda _permit: None}),
    ):
        yield


def department(code: str = "parks", name: str = "Parks and Streets") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name": name})[0]


def someone(username: str, role: str | None = "agent", *, years_here: int = 1) -> AbstractUser:
    person = get_user_model().objects.create_user(username, f"{username}@marhaven.example", "demo")
    person.date_joined = clock.now() - timedelta(days=365 * years_here)
    person.save()
    if role:
        Membership.objects.create(person=person, role=role)
    return person


def new_item(kind: str = "service", code: str = "parks") -> Item:
    audience = "staff" if kind in STAFF_KINDS else "public"
    return Item.objects.create(kind=kind, audience=audience, department=department(code))


def fee(key: str, amount: str, *, since: str | None = None, until: str | None = None) -> Doc:
    return {
        "key": key,
        "kind": "fee",
        "label": "Adult permit",
        "amount": amount,
        "currency": "GBP",
        "condition": "",
        "valid_from": since,
        "valid_to": until,
    }


def service(item: Item, **fields: Any) -> Doc:
    body = {
        "purpose": "<p>Park near your home.</p>",
        "who_for": "<p>People who live in a permit street.</p>",
        "what_to_bring": "",
        "steps": [],
        "channels": [],
        "tasks": [],
        "related": [],
        "downloads": [],
        "standard_codes": [],
        "target_groups": ["residents"],
    }
    body.update(fields.pop("body", {}))
    fields = {"title": "Resident parking permit", "slug": f"permit-{str(item.pk)[:8]}", **fields}
    return documents.envelope(item, body=body, **fields)


def article(item: Item, *, about: Item | None = None, quotes: list[Doc] | None = None, **fields: Any) -> Doc:
    body = {
        "short_answer": "You can park once the permit shows on our map.",
        "answer": "<p>It shows within a minute.</p>",
        "ask_caller": "<ul><li>Which street?</li></ul>",
        "internal_contacts": "<p>Permit team, extension 204</p>",
        "pass_on": "<p>To planning, when the street isn't listed.</p>",
        "service": {"item": str(about.pk)} if about else None,
        "quotes": quotes or [],
    }
    body.update(fields.pop("body", {}))
    fields = {"title": "What does a parking permit cost?", **fields}
    return documents.envelope(item, body=body, **fields)


def staff_notice(item: Item, *, about: Item, text: str, signed: str = "Rosa Lind") -> Doc:
    body = {"text": text, "target": {"item": str(about.pk)}, "signed": signed}
    return documents.envelope(item, title=text[:60], body=body)


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


def publish(item: Item, document: Doc) -> Entry:
    return enter(item, EntryKind.PUBLISHED, document)


def publish_service(title: str = "Resident parking permit") -> Item:
    item = new_item()
    publish(item, service(item, title=title))
    return item


def key() -> str:
    return str(uuid4())
