"""Wagtail's own `live`, brought in line with the log. For editors' eyes only: readers never look here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction

from cms.publications import documents, registry
from cms.publications.registry import Change
from cms.publications.vocabulary import EntryKind

from .models import DraftPage
from .queries import draft_row

log = logging.getLogger("oneanswer.mirror")


def project(change: Change) -> None:
    """Let the kind of an item mirror an entry."""
    registry.kind(change.item.kind).mirror(change)


def mirror(change: Change) -> None:
    """Show editors what an entry did. The log has allowed it already: what fails here is noted, undone,
    and holds nobody up."""
    deeds: dict[str, Callable[[Any, Change], None]] = {
        EntryKind.PUBLISHED: _published,
        EntryKind.WITHDRAWN: _withdrawn,
        EntryKind.MOVED: _moved,
    }
    deed = deeds.get(change.entry.kind)
    row = draft_row(change.item) if deed else None
    if deed is None or row is None:
        return
    try:
        with transaction.atomic():
            deed(row, change)
    except Exception:
        log.exception("Wagtail's own state of %s could not be brought in line.", change.item)


def _published(row: Any, change: Change) -> None:
    revision = row.latest_revision
    draft = row.get_latest_revision_as_object()
    same = _says_the_same(draft, change)
    first = row.first_published_at or change.entry.at
    if same and revision is not None:
        draft.has_unpublished_changes = False
        draft.live_revision = revision
        row = draft
        row.draft_title = row.title
    else:
        row.has_unpublished_changes = True
    row.live = True
    row.expired = False
    row.first_published_at = first
    row.last_published_at = change.entry.at
    _save(row)


def _withdrawn(row: Any, change: Change) -> None:
    type(row).objects.filter(pk=row.pk).update(live=False, has_unpublished_changes=True)


def _moved(row: Any, change: Change) -> None:
    slug, parent = change.entry.payload["slug"], change.entry.payload["parent"]
    revision = row.latest_revision
    if revision is not None and revision.content.get("slug") != slug:
        # The address is not the writers' words; their next draft starts from where the page stands.
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])
    if hasattr(row, "slug"):
        row.slug = slug
        _save(row)
    if isinstance(row, DraftPage) and parent:
        above = _page_of(parent)
        if above is not None and not row.is_child_of(above):
            row.refresh_from_db()
            row.move(above, pos="last-child")


def _says_the_same(draft: Any, change: Change) -> bool:
    assert change.after is not None
    composed = registry.kind(change.item.kind).compose(draft)
    return documents.digest(composed) == change.entry.document_id


def _page_of(item_id: str) -> DraftPage | None:
    """The page in which the item above is written."""
    for model in DraftPage.__subclasses__():
        page = model.objects.filter(item_id=item_id).first()
        if page is not None:
            return page
    return None


def _save(row: Any) -> None:
    if isinstance(row, DraftPage):
        row.save(clean=False)
    else:
        row.save()
