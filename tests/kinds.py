"""A kind of item that only tests have, so that the log and the rules can be tried without any form.

A leaflet's draft is a dict in `DRAFTS`; `write(item, by, **changes)` changes it as a form would.
"""

from __future__ import annotations

import uuid
from typing import Any

from cms.organisation.models import Department
from cms.publications import documents, registry
from cms.publications.models import Item
from cms.publications.registry import Change, Kind
from workflows.models import Writing

DRAFTS: dict[str, dict[str, Any]] = {}
MIRRORED: list[tuple[str, bool]] = []


def fee(label: str, amount: str, *, key: str | None = None, **more: Any) -> dict[str, Any]:
    """A fee as documents write it."""
    return {
        "key": key or str(uuid.uuid4()),
        "kind": "fee",
        "label": label,
        "amount": amount,
        "currency": "GBP",
        "condition": "",
        "valid_from": None,
        "valid_to": None,
        **more,
    }


def begin(department: Department, by: Any, *, kind: str = "leaflet", **draft: Any) -> Item:
    """A new leaflet (or staff paper) with its first draft."""
    audience = "staff" if kind == "paper" else "public"
    item = Item.objects.create(kind=kind, audience=audience, department=department)
    DRAFTS[str(item.pk)] = {
        "title": "Leaflet",
        "summary": "",
        "slug": f"leaflet-{item.pk.hex[:8]}" if kind == "leaflet" else "",
        "parent": None,
        "facts": [],
        "text": "Some text.",
        "quotes": [],
        "expires_at": None,
    }
    write(item, by, **draft)
    return item


def write(item: Item, by: Any, **changes: Any) -> None:
    """Save a draft as `by` (None: nobody knows who)."""
    DRAFTS[str(item.pk)] |= changes
    Writing.objects.create(item=item, person=by)


def _draft(item: Item) -> Any:
    return (item, DRAFTS[str(item.pk)])


def _compose(draft: Any) -> dict[str, Any]:
    item, values = draft
    item.refresh_from_db()
    return documents.envelope(
        item,
        title=values["title"],
        summary=values["summary"],
        slug=values["slug"],
        parent=values["parent"],
        facts=values["facts"],
        expires_at=values["expires_at"],
        body={"text": values["text"], "quotes": values["quotes"]},
    )


def _missing(document: dict[str, Any]) -> list[str]:
    found = []
    if not document["title"]:
        found.append("A title is missing.")
    if not document["body"]["text"]:
        found.append("The text is missing.")
    return found


def _mirror(change: Change) -> None:
    MIRRORED.append((str(change.item.pk), change.after is not None))


def register() -> None:
    """Make leaflets (public) and papers (staff) known; safe to repeat."""
    for name, audience, prefix in (("leaflet", "public", "leaflets/"), ("paper", "staff", None)):
        if name not in {kind.name for kind in registry.kinds()}:
            registry.register_kind(
                Kind(
                    name=name,
                    label=name.capitalize(),
                    audience=audience,
                    compose=_compose,
                    draft=_draft,
                    missing=_missing,
                    mirror=_mirror,
                    edit_url=lambda item: f"/edit/{item.pk}/",
                    prefix=prefix,
                )
            )
            registry.register_renderer(
                name, lambda reading, request: f"<p>{reading.standing}</p><h1>{reading.title}</h1>"
            )
