"""What all of these deeds have in common: the right, the lock, the stamp, and what the audit is told."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.errors import Refusal, Refused, refuse_if
from cms.organisation.queries import person
from search.wordbook.models import Bet, Edition, Taught
from search.wordbook.rules import why_not_language, why_not_note, why_not_teach
from search.wordbook.vocabulary import languages

Row = TypeVar("Row", bound=Taught)
_UNTOLD = frozenset({"id", "key", "digest", "taught_by", "taught_at"})


def ask(by: AbstractUser | None) -> None:
    """Whether a person may teach the search; the command line may."""
    if by is not None:
        refuse_if(why_not_teach(person(by)))


def begin(by: AbstractUser | None) -> None:
    """Ask for the right; make others who teach wait until this is done; give a new stamp."""
    ask(by)
    stamp(lock())


def lock() -> Edition:
    """Until the transaction ends, others who teach wait."""
    Edition.objects.get_or_create(pk=1)
    return Edition.objects.select_for_update().get(pk=1)


def stamp(edition: Edition) -> None:
    """Tell every process that keeps a wordbook to read again."""
    edition.stamp = uuid.uuid4()
    edition.save(update_fields=["stamp"])


def refuse_common(language: str, note: str) -> None:
    refuse_if(why_not_language(language, languages()) or why_not_note(note))


def write(row: Row, by: AbstractUser | None, **values: Any) -> Row:
    """Fill and save a row; whoever does is who taught it from then on."""
    for name, value in {**values, "taught_by": by, "taught_at": clock.now()}.items():
        setattr(row, name, value)
    row.save()
    return row


def again(row: Row) -> Row:
    """The row as it stands under the lock."""
    found = type(row)._default_manager.filter(pk=row.pk).first()
    if found is None:
        raise Refused(Refusal("removed-already", _("Somebody has removed this in the meantime."), 404))
    return found


def remove(row: Taught, deed: str, by: AbstractUser | None) -> None:
    """The audit trail keeps what it was."""
    begin(by)
    row = again(row)
    audit.record(deed, row, by=by, number=row.pk, before=told(row))
    row.delete()


def told(row: Taught) -> dict[str, str]:
    """A row's values by the names of its fields, for the audit."""
    fields = (field for field in row._meta.concrete_fields if field.name not in _UNTOLD)
    values = {field.name: str(getattr(row, field.attname)) for field in fields}
    return {**values, "item": f"{row.title} ({row.item_id})"} if isinstance(row, Bet) else values
