"""The publication log with nothing above it: a kind of item that is only text, and grounds that hold as long
as a test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from cms.core.errors import Refusal
from cms.organisation.models import Department
from cms.publications import commands, current, documents, queries, registry
from cms.publications.models import Entry, Item
from cms.publications.registry import Kind
from cms.publications.vocabulary import EntryKind, Lane

Doc = dict[str, Any]
UNFOUNDED: set[int] = set()


def _verify(permit: Any) -> Refusal | None:
    return Refusal("grounds", "nobody approved this") if permit.grounds["id"] in UNFOUNDED else None


@contextmanager
def log_alone() -> Iterator[None]:
    """Items of the kind `sheet` (public) and `memo` (staff); only Current is derived."""
    nothing: Any = lambda *_args: None  # noqa: E731
    kinds = {
        name: Kind(
            name=name,
            label=name,
            audience=audience,
            compose=nothing,
            draft=nothing,
            missing=lambda _document: [],
            mirror=nothing,
            edit_url=lambda _item: "",
            prefix=prefix,
        )
        for name, audience, prefix in (("sheet", "public", "sheets/"), ("memo", "staff", None))
    }
    projectors = {"current": current.project, "search": nothing, "updates": nothing, "mirror": nothing}
    UNFOUNDED.clear()
    with (
        mock.patch.dict(registry._kinds, kinds, clear=True),
        mock.patch.dict(registry._projectors, projectors, clear=True),
        mock.patch.dict(registry._rebuilders, {}, clear=True),
        mock.patch.dict(registry._verifiers, {"test": _verify}),
    ):
        yield


def sheet(slug: str = "waste", *, kind: str = "sheet") -> Item:
    department = Department.objects.get_or_create(code="parks", defaults={"name": "Parks"})[0]
    return Item.objects.create(
        kind=kind, audience="public" if kind == "sheet" else "staff", department=department
    )


def text_of(item: Item, title: str, **fields: Any) -> Doc:
    return documents.envelope(item, title=title, body={"text": title}, **fields)


def enter(item: Item, kind: str, document: Doc | None = None, *, ground: int = 1, **payload: Any) -> Entry:
    permit = commands.issue(
        item,
        documents.store(document).sha256 if document else None,
        kind=kind,
        lane=Lane.REVIEWED,
        grounds={"type": "test", "id": ground},
        people=[],
        based_on=queries.newest_seq(item),
        payload=payload,
    )
    return commands.spend([permit], by=None)[0]


def publish(item: Item, title: str, *, ground: int = 1, **fields: Any) -> Entry:
    return enter(item, EntryKind.PUBLISHED, text_of(item, title, **fields), ground=ground)


def a_few_entries() -> list[Entry]:
    """A parent and a child that quotes it, a memo, a correction, a move, and a withdrawal."""
    parent, child, memo = sheet(), sheet(), sheet(kind="memo")
    child_text = text_of(child, "Bulky waste", slug="bulky", parent=str(parent.pk))
    child_text["body"]["related"] = [{"item": str(parent.pk)}]
    return [
        publish(parent, "Waste", slug="waste"),
        enter(child, EntryKind.PUBLISHED, child_text),
        publish(memo, "For the desk"),
        publish(parent, "Waste and recycling", slug="waste"),
        enter(parent, EntryKind.MOVED, slug="rubbish", parent=None),
        enter(memo, EntryKind.WITHDRAWN, reason="Out of date."),
    ]
