"""Where Elasticsearch says otherwise than the log, and mending it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from cms.publications.chain import head
from cms.publications.models import Current
from cms.publications.vocabulary import Audience, Status
from search.models import indexes_for

from . import Found, Unreachable, client, generations
from .building import AnotherEpoch, read
from .engine import ElasticEngine
from .generations import Generation
from .rows import GONE, row
from .writing import said, write

AT_ONCE = 200


def differences() -> list[Found]:
    """The log is read to its end first; what is published meanwhile is looked at a second time."""
    server = client.for_writing()
    generation = _up_to_date(server)
    engine = ElasticEngine(generation.index, client.for_writing)
    server.indices.refresh(index=[generation.index(index) for index in Audience.values])
    found = list(_differences(engine))
    if found:
        _up_to_date(server)
        items = sorted({item for _index, item, _what in found})
        found = [difference for some in _batches(items) for difference in _compared(engine, some)]
    return found


def repair(found: Sequence[Found]) -> list[Found]:
    """Write again what differs as it is said now, over whatever stands there. Returns what differs still: a row
    with a newer version than the log's own, for one; only a new generation mends that."""
    server = client.for_writing()
    generation = _up_to_date(server)
    for some in _batches(sorted({item for _index, item, _what in found})):
        write(server, generation, some, epoch=head().epoch, again=True, refresh=True)
    strange = [(index, item) for index, item, what in differences() if what == "surplus"]
    deletions = [
        {"_op_type": "delete", "_index": generation.writes(index), "_id": str(item)}
        for index, item in strange
    ]
    bulk(server, deletions, refresh=True, require_alias=True)
    return differences()


def _up_to_date(server: Elasticsearch) -> Generation:
    answering = generations.answering(server)
    if answering is None or not answering.is_ours:
        raise _not_built()
    try:
        while read(server, answering):
            pass
    except AnotherEpoch as error:
        raise _not_built() from error
    return answering


def _not_built() -> Unreachable:
    return Unreachable(
        _("Elasticsearch has no index of this log yet. The worker builds one, or `manage.py search_rebuild`.")
    )


def _differences(engine: ElasticEngine) -> Iterator[Found]:
    published = sorted(Current.objects.filter(status=Status.PUBLISHED).values_list("pk", flat=True))
    held = {item for index in Audience.values for item in engine.items(index)}
    for items in _batches([*published, *sorted(held.difference(published))]):
        yield from _compared(engine, items)


def _compared(engine: ElasticEngine, items: list[UUID]) -> Iterator[Found]:
    rows = Current.objects.filter(pk__in=items).select_related("document", "department", "entry")
    wanted = {current.pk: document for current in rows if (document := said(current)) is not None}
    for index in Audience.values:
        held = engine.rows(index, items)
        for item in items:
            document = wanted.get(item)
            there = held.get(item, GONE)
            if document is None or index not in indexes_for(document.audience):
                if there != GONE:
                    yield index, item, "surplus"
            elif there == GONE:
                yield index, item, "missing"
            elif there != row(document):
                yield index, item, "stale"


def _batches(items: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
