"""A new generation, beside the one that answers: filled with what is published, brought up to the log, then
switched to. It is made in small steps, so that a worker can do other things between them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from elasticsearch import Elasticsearch

from cms.publications import queries
from cms.publications.models import Current, Cursor
from cms.publications.vocabulary import Audience, Status

from . import generations
from .generations import BUILDING, Generation
from .writing import write

log = logging.getLogger("oneanswer.elasticsearch")
AT_ONCE = 200


@dataclass(frozen=True)
class Step:
    """How many items of all that are published have been written."""

    done: int
    total: int


class AnotherEpoch(Exception):
    """A backup was restored while a generation was read or built: it has to be built again."""


def build(client: Elasticsearch) -> Iterator[Step]:
    """Everything from an empty generation to the answering one. Nothing is lost that is published meanwhile:
    its entries come after the cursor that was set before the first item was read."""
    generation = generations.create(client)
    try:
        yield from _fill(client, generation)
        generations.switch(client, generation)
    except BaseException:
        # Nobody shall wait for it; its indices go with the next one that is completed.
        Cursor.objects.filter(pk=generation.cursor_name + BUILDING).delete()
        raise
    log.info("Elasticsearch answers from the generation %s.", generation.name)
    # Another process may have completed one since: it is the one that answers which stays.
    generations.remove_others(client, kept=generations.answering(client) or generation)


def _fill(client: Elasticsearch, generation: Generation) -> Iterator[Step]:
    cursor = generation.cursor
    assert cursor is not None
    published = Current.objects.filter(status=Status.PUBLISHED)
    done, total = 0, published.count()
    last: UUID | None = None
    while items := _next(last):
        write(client, generation, items, epoch=cursor.epoch)
        last, done = items[-1], done + len(items)
        Cursor.objects.filter(pk=cursor.pk).update(moved_at=timezone.now())
        yield Step(done, max(done, total))
    while read(client, generation):
        yield Step(done, max(done, total))
    client.indices.refresh(index=[generation.index(audience) for audience in Audience.values])


def read(client: Elasticsearch, generation: Generation) -> int:
    """Read a generation on from its cursor, some entries further; returns how many. Raises `AnotherEpoch`."""
    cursor = generation.cursor
    if cursor is None:
        raise AnotherEpoch
    entries, restart = queries.entries_after(cursor.epoch, cursor.seq, limit=AT_ONCE)
    if restart:
        raise AnotherEpoch
    if entries:
        items = list(dict.fromkeys(entry.item_id for entry in entries))
        write(client, generation, items, epoch=cursor.epoch, refresh=True)
        moved: dict[str, Any] = {"seq": entries[-1].seq, "moved_at": timezone.now()}
        Cursor.objects.filter(pk=cursor.pk, epoch=cursor.epoch, seq__lt=entries[-1].seq).update(**moved)
    return len(entries)


def _next(last: UUID | None) -> list[UUID]:
    """The next items that are published, in the order of their ids."""
    rows = Current.objects.filter(status=Status.PUBLISHED)
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
