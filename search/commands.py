"""Building the indexes anew, and mending what differs from the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from cms.core import audit, clock
from cms.publications import chain
from cms.publications.models import Current
from cms.publications.queries import overlaid
from cms.publications.vocabulary import Audience, Status

from . import dictionary, projector
from .dictionary import Dictionary
from .documents import Searched, searched
from .engines import embedded
from .models import indexes_for

Progress = Callable[[int, int], None]
_STEP = 200


@dataclass(frozen=True)
class Difference:
    """What an index says otherwise than the log: an item is `missing`, `stale` (other words) or `surplus`,
    or, of no item, the `dictionary` counts words otherwise than they stand in the texts."""

    index: str
    item: UUID | None
    what: str


def rebuild(*, progress: Progress = lambda done, total: None) -> int:
    """Build both indexes from what is published now; returns how many items stand in them.

    The texts are analysed first. Only writing holds up publications, and what was published meanwhile
    is analysed again then.
    """
    prepared = {item: (entry, text) for item, entry, text in _expected(progress)}
    with transaction.atomic():
        chain.lock_head()
        now = []
        for item, entry in _published().values_list("pk", "entry_id").iterator():
            read, text = prepared.get(item, (0, None))
            now.append(text if read == entry else _searched(_published().get(pk=item)))
        projector.clear()
        projector.fill([text for text in now if text is not None])
        audit.record("search rebuilt", f"{len(prepared)} items", by=None)
    return len(prepared)


def differences(*, progress: Progress = lambda done, total: None) -> list[Difference]:
    """Where the indexes don't say what is published now."""
    found: list[Difference] = []
    held = {index: embedded().items(index) for index in Audience.values}
    wanted: dict[str, set[UUID]] = {index: set() for index in Audience.values}
    words: dict[str, Counter[str]] = {index: Counter() for index in Audience.values}
    for item, _entry, text in _expected(progress):
        for index in indexes_for(text.audience):
            wanted[index].add(item)
            words[index].update(dictionary.lines(text))
            if item not in held[index]:
                found.append(Difference(index, item, "missing"))
            elif not embedded().holds(index, text):
                found.append(Difference(index, item, "stale"))
    for index in Audience.values:
        found += [Difference(index, item, "surplus") for item in sorted(held[index] - wanted[index])]
        if Dictionary(index).says() != words[index]:
            found.append(Difference(index, None, "dictionary"))
    return found


@transaction.atomic
def repair(found: list[Difference]) -> None:
    """Write again, or forget, what differs, as it stands now."""
    chain.lock_head()
    items = [difference for difference in found if difference.item]
    for difference in items:
        row = _published().filter(pk=difference.item).first()
        text = _searched(row) if row else None
        if text is not None and difference.index in indexes_for(text.audience):
            embedded().put(difference.index, text)
        elif difference.item:
            embedded().remove(difference.index, difference.item)
    for index in {difference.index for difference in found}:
        Dictionary(index).recount()
    audit.record("search repaired", f"{len(found)} differences", by=None)


def _published() -> QuerySet[Current]:
    return (
        Current.objects.filter(status=Status.PUBLISHED)
        .select_related("document", "department", "entry")
        .order_by("pk")
    )


def _expected(progress: Progress) -> Iterator[tuple[UUID, int, Searched]]:
    """What each published item should be found by, with its newest entry."""
    total = _published().count()
    for done, row in enumerate(_published().iterator(chunk_size=_STEP), start=1):
        text = _searched(row)
        if text is not None:
            yield row.pk, row.entry_id, text
        if done % _STEP == 0 or done == total:
            progress(done, total)


def _searched(row: Current) -> Searched | None:
    document = overlaid(row)
    return searched(document, on=clock.today(row.entry.at)) if document else None
