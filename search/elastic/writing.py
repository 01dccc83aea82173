"""Writing what items say now. Each row's version is the number of its item's newest entry in the log, so that a
write which comes late, or twice, changes nothing; what says nothing any more leaves a row behind that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from cms.core import clock
from cms.publications.models import Current, Entry
from cms.publications.queries import overlaid
from cms.publications.vocabulary import Status
from search.documents import Searched, searched
from search.models import indexes_for

from .client import NotTaken
from .generations import Generation
from .rows import GONE, row

_MOST_BYTES = 5_000_000  # in one request
_EPOCH = 2**40  # entries until the next epoch's versions begin
_CONFLICT = 409


def write(
    client: Elasticsearch,
    generation: Generation,
    items: Collection[UUID],
    *,
    epoch: int,
    again: bool = False,
    refresh: bool = False,
) -> None:
    """Bring a generation in line with what `items` say now. `again`: also over a row of the same version."""
    actions = _actions(generation, items, epoch, "external_gte" if again else "external")
    for taken, answer in streaming_bulk(
        client,
        actions,
        chunk_size=500,
        max_chunk_bytes=_MOST_BYTES,
        raise_on_error=False,
        refresh=refresh,
        require_alias=True,
    ):
        about = answer["index"]
        if not taken and about["status"] != _CONFLICT:
            raise NotTaken(f"{about['_id']}: {about.get('error')}", about["status"])


def version(epoch: int, seq: int) -> int:
    """A log that was put back from a backup counts on from an older number, in the next epoch."""
    return epoch * _EPOCH + seq


def said(current: Current) -> Searched | None:
    """What an item is found by; None when it says nothing (any more)."""
    document = overlaid(current) if current.status == Status.PUBLISHED else None
    return searched(document, on=clock.today(current.entry.at)) if document else None


def _actions(
    generation: Generation, items: Collection[UUID], epoch: int, version_type: str
) -> Iterator[dict[str, Any]]:
    audiences: dict[UUID, set[str]] = {}
    for item, audience in Entry.objects.filter(item__in=items).values_list("item", "audience").distinct():
        audiences.setdefault(item, set()).add(audience)
    rows = Current.objects.filter(pk__in=items).select_related("document", "department", "entry")
    for current in rows:
        document = said(current)
        wanted = set(indexes_for(document.audience)) if document else set()
        ever = {index for audience in audiences[current.pk] for index in indexes_for(audience)}
        for index in sorted(wanted | ever):
            yield {
                "_index": generation.writes(index),
                "_id": str(current.pk),
                "_version": version(epoch, current.entry_id),
                "_version_type": version_type,
                "_source": row(document) if document and index in wanted else GONE,
            }
