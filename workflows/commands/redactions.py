"""Redaction: a text is emptied for a legal reason, by two people; the chain stays whole."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.errors import Refusal, Refused, refuse_if
from cms.organisation.queries import person
from cms.publications import commands as log_commands
from cms.publications import queries as log
from cms.publications.models import Current, Entry
from cms.publications.vocabulary import EntryKind, Lane, Status

from .. import rules
from ..models import Redaction


@transaction.atomic
def ask_redaction(entry: Entry, *, by: AbstractUser, ground: str) -> Redaction:
    """Ask that the text of an entry be emptied, naming the legal ground."""
    if entry.document_id is None:
        raise Refused(Refusal("no-text", _("This entry holds no text."), 422))
    live = Current.objects.filter(document_id=entry.document_id, status=Status.PUBLISHED).exists()
    refuse_if(rules.why_not_ask_redaction(person(by), ground=ground, live=live))
    row, made = Redaction.objects.get_or_create(
        entry=entry, defaults={"ground": ground.strip(), "asked_by": by}
    )
    if made:
        audit.record("redaction asked", entry.cursor, by=by, ground=ground)
    return row


@transaction.atomic
def confirm_redaction(redaction: Redaction, *, by: AbstractUser) -> Entry:
    """A second person confirms; the body is emptied, and the log says so."""
    row = Redaction.objects.select_for_update(of=("self",)).select_related("entry__item", "entry__document")
    redaction = row.get(pk=redaction.pk)
    refuse_if(
        rules.why_not_confirm_redaction(
            person(by), asked_by=redaction.asked_by_id, confirmed=redaction.confirmed_by_id is not None
        )
    )
    entry = redaction.entry
    live = Current.objects.filter(document_id=entry.document_id, status=Status.PUBLISHED).exists()
    if live:
        raise Refused(Refusal("still-live", _("This text is published now. Correct or withdraw it first.")))
    redaction.confirmed_by_id = by.pk
    redaction.confirmed_at = clock.now()
    redaction.save()
    permit = log_commands.issue(
        entry.item,
        entry.document_id,
        kind=EntryKind.REDACTED,
        lane=Lane.LEGAL,
        grounds={"type": "redaction", "id": redaction.pk},
        people=[redaction.asked_by_id, by.pk],
        based_on=log.newest_seq(entry.item),
        payload={"reason": redaction.ground, "entry": entry.seq},
    )
    (written,) = log_commands.spend([permit], by=by)
    assert entry.document is not None
    log_commands.empty_document(entry.document)
    return written
