"""Staff notices: an item of their own that refers to what they stand on. They have no draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.errors import Refusal, Refused
from cms.publications import documents
from cms.publications.models import Current, Item
from cms.publications.registry import Change
from cms.publications.vocabulary import Status

from . import queries
from .vocabulary import NOTICE_LENGTH

Doc = dict[str, Any]


def document_of(item: Item, target: Item, *, text: str, signed: str, until: datetime | None) -> Doc:
    """The document of a staff notice on `target`."""
    return documents.envelope(
        item,
        title=_("Staff notice: %(title)s") % {"title": queries.title_of(target.pk)},
        body={
            "text": text.replace("\r\n", "\n").strip(),
            "target": {"item": str(target.pk)},
            "signed": signed,
        },
        expires_at=until,
    )


def missing(document: Doc) -> list[str]:
    body, expires = document["body"], document["expires_at"]
    sentences = []
    if not body["text"]:
        sentences.append(_("Write what agents should know."))
    if len(body["text"]) > NOTICE_LENGTH:
        sentences.append(
            _("Shorten the notice: it has %(length)d characters, and %(most)d fit above an answer.")
            % {"length": len(body["text"]), "most": NOTICE_LENGTH}
        )
    if expires and datetime.fromisoformat(expires) <= clock.now():
        sentences.append(_("Choose a moment to come for its end, or none."))
    if not Current.objects.filter(pk=body["target"]["item"], status=Status.PUBLISHED).exists():
        sentences.append(_("What it stands on isn't published."))
    return sentences


def no_draft(subject: Any) -> Any:
    """A notice is written and published in one go; there is nothing to send for approval."""
    raise Refused(
        Refusal(
            "no-draft",
            _("A staff notice has no draft. A champion removes it and puts another in its place."),
        )
    )


def mirror(change: Change) -> None:
    """Nobody edits a notice, so that there is nothing to show editors."""


def edit_url(item: Item) -> str:
    return reverse("articles_notices")
