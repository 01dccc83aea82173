"""The third step of a publication: the rows of the embedded engine, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from cms.core import clock
from cms.publications.models import Current, Entry
from cms.publications.registry import Change
from cms.publications.vocabulary import Audience, EntryKind

from .documents import Searched, searched
from .engines import embedded
from .models import indexes_for


def project(change: Change) -> None:
    """Bring the indexes in line with one entry; what is silent afterwards is forgotten."""
    document = change.after
    if document is None or _emptied(change.entry):
        forget(change)
        return
    put(searched(document, on=clock.today(change.entry.at)))


def put(document: Searched) -> None:
    for index in indexes_for(document.audience):
        embedded().put(index, document)


def fill(documents: Sequence[Searched]) -> None:
    """Take all of them in, after `clear`."""
    for index in Audience.values:
        embedded().fill(index, (one for one in documents if index in indexes_for(one.audience)))


def forget(change: Change) -> None:
    for index in indexes_for(change.item.audience):
        embedded().remove(index, change.item.pk)


def clear() -> None:
    """Empty both indexes, before the log is played again."""
    for index in Audience.values:
        embedded().clear(index)


def _emptied(entry: Entry) -> bool:
    """Whether the text that is published now was redacted; of older texts the index knows nothing."""
    if entry.kind != EntryKind.REDACTED:
        return False
    return Current.objects.filter(pk=entry.item_id, document_id=entry.document_id).exists()
