"""What both embedded engines keep in ordinary rows.

What each keystroke asks is plain SQL: to put a query together in Django takes longer than to answer it.
"""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from search.documents import Searched
from search.models import INDEXES

from .protocol import Hit


def keep(index: str, searched: Searched) -> int:
    """Write an item's rows; returns its number in the index."""
    tables = INDEXES[index]
    row, made = tables.document.objects.update_or_create(item=searched.item, defaults=_columns(searched))
    if not made:
        tables.key.objects.filter(document=row).delete()
    tables.key.objects.bulk_create(tables.key(document=row, key=key) for key in searched.keys)
    tables.text.objects.update_or_create(document=row, defaults={"text": searched.shown})
    tables.form.objects.bulk_create(
        (tables.form(form=form[:64], stem=stem[:64]) for form, stem in searched.forms),
        ignore_conflicts=True,
    )
    number: int = row.pk
    return number


def forget(index: str, item: UUID) -> None:
    INDEXES[index].document.objects.filter(item=item).delete()


def forget_all(index: str) -> None:
    tables = INDEXES[index]
    for model in (tables.key, tables.text, tables.form, tables.document):
        model.objects.all().delete()


def exact(index: str, key: str) -> list[int]:
    """The numbers of the documents whose title or code is `key`."""
    if not key:
        return []
    with connection.cursor() as cursor:
        table = INDEXES[index].key._meta.db_table
        cursor.execute(f"SELECT document_id FROM {table} WHERE key = %s LIMIT 100", [key])
        return [number for (number,) in cursor.fetchall()]


def texts(index: str, hits: Sequence[Hit]) -> dict[UUID, str]:
    items = {hit.number: hit.item for hit in hits}
    if not items:
        return {}
    with connection.cursor() as cursor:
        table, holes = INDEXES[index].text._meta.db_table, ", ".join(["%s"] * len(items))
        cursor.execute(f"SELECT document_id, text FROM {table} WHERE document_id IN ({holes})", list(items))
        return {items[number]: text for number, text in cursor.fetchall()}


def same(index: str, searched: Searched) -> int | None:
    """The number of an item whose rows say just what they should; None when they don't."""
    tables = INDEXES[index]
    row = tables.document.objects.filter(item=searched.item, **_columns(searched)).first()
    if row is None:
        return None
    keys = set(tables.key.objects.filter(document=row).values_list("key", flat=True))
    shown = tables.text.objects.filter(pk=row.pk).values_list("text", flat=True).first()
    wanted = dict(searched.forms)
    known = dict(tables.form.objects.filter(form__in=wanted).values_list("form", "stem"))
    agree = keys == set(searched.keys) and shown == searched.shown and set(wanted) == set(known)
    return row.pk if agree else None


def items(index: str) -> set[UUID]:
    return set(INDEXES[index].document.objects.values_list("item", flat=True))


def _columns(searched: Searched) -> dict[str, str]:
    return {"shelf": str(searched.shelf), "title": searched.title}
