"""Hearing of an update: seen when it was shown, acknowledged when the person says so."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.errors import Refusal, Refused
from cms.organisation.queries import person
from cms.publications.models import Entry

from . import queries
from .models import Receipt, Update


@transaction.atomic
def acknowledge(entry: Entry, *, by: AbstractUser) -> Receipt:
    """Note that `by` has taken in what an entry told. A second time changes nothing, and answers the same.

    Raises `Refused` for people who are told nothing.
    """
    if not person(by).is_staff_reader:
        raise Refused(
            Refusal("not-staff", _("Only people with a role acknowledge updates. Ask for one first."), 403)
        )
    receipt, _made = Receipt.objects.get_or_create(entry=entry, person=by, defaults={"seen_at": clock.now()})
    done = Receipt.objects.filter(pk=receipt.pk, acknowledged_at=None).update(
        acknowledged_at=max(clock.now(), receipt.seen_at)
    )
    if done:
        audit.record("update acknowledged", entry.cursor, by=by)
    receipt.refresh_from_db()
    return receipt


def mark_seen(updates: Iterable[Update], *, by: AbstractUser) -> None:
    """Note that these updates were shown to a person; those seen before keep their first time."""
    unseen = queries.unseen(updates, by)
    if unseen:
        now = clock.now()
        Receipt.objects.bulk_create(
            (Receipt(entry_id=seq, person=by, seen_at=now) for seq in unseen), ignore_conflicts=True
        )
