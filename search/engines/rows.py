"""What both embedded engines keep in ordinary rows, and what is read from there whichever engine answers.

What each keystroke asks is plain SQL: to put a query together in Django takes longer than to answer it.
"""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from search.dictionary import Dictionary, lines
from search.documents import Searched
from search.models import INDEXES, Tables
from search.plainly import holes, uuid_in, uuid_out

_AT_ONCE = 500


@dataclass(frozen=True)
class Rows:
    """The rows of one index in one database."""

    index: str
    using: str = DEFAULT_DB_ALIAS

    @property
    def tables(self) -> Tables:
        return INDEXES[self.index]

    @property
    def dictionary(self) -> Dictionary:
        return Dictionary(self.index, self.using)

    def keep(self, searched: Searched) -> int:
        """Write an item's rows; returns its number in the index."""
        documents, keys, texts = (
            model.objects.using(self.using)
            for model in (self.tables.document, self.tables.key, self.tables.text)
        )
        row, made = documents.update_or_create(item=searched.item, defaults=_columns(searched))
        old: list[str] = []
        if not made:
            keys.filter(document=row).delete()
            old = self._words(row.pk)
        keys.bulk_create(self.tables.key(document=row, key=key) for key in searched.keys)
        new = lines(searched)
        said = {"text": searched.shown, "words": "\n".join(new)}
        texts.update_or_create(document=row, defaults=said)
        self.dictionary.change(new=new, old=old)
        number: int = row.pk
        return number

    def fill(
        self,
        documents: Iterable[Searched],
        columns: Sequence[str] = (),
        values: Callable[[Searched], Sequence[Any]] = lambda document: (),
    ) -> Iterator[list[tuple[int, Searched]]]:
        """Write the rows of items that the index doesn't hold, with `columns` that are the engine's own; gives
        some at a time with their numbers. The dictionary counts them at the end."""
        words: Counter[str] = Counter()
        rest = iter(documents)
        while some := list(islice(rest, _AT_ONCE)):
            self._insert(some, columns, values)
            numbers = dict(self._of([searched.item for searched in some], f"d.id FROM {self.tables.name} d"))
            pairs = [(numbers[searched.item], searched) for searched in some]
            self._beside(pairs, words)
            yield pairs
        self.dictionary.add(words)

    def forget(self, item: UUID) -> None:
        row = self.tables.document.objects.using(self.using).filter(item=item).first()
        if row is not None:
            self.dictionary.change(new=[], old=self._words(row.pk))
            row.delete()

    def forget_all(self) -> None:
        for model in (self.tables.key, self.tables.text, self.tables.word, self.tables.document):
            model.objects.using(self.using).all().delete()

    def texts(self, items: Sequence[UUID]) -> dict[UUID, str]:
        """What snippets of the items are cut from."""
        table = self.tables.text._meta.db_table
        rows = self._of(items, f"t.text FROM {self.tables.name} d JOIN {table} t ON t.document_id = d.id")
        return dict(rows)

    def shelves(self, items: Sequence[UUID]) -> dict[UUID, str]:
        """Where the items stand among the filters; those that the index doesn't hold are absent."""
        return dict(self._of(items, f"d.shelf FROM {self.tables.name} d"))

    def same(self, searched: Searched) -> int | None:
        """The number of an item whose rows say just what they should; None when they don't."""
        documents = self.tables.document.objects.using(self.using)
        row = documents.filter(item=searched.item, **_columns(searched)).first()
        if row is None:
            return None
        keys = set(
            self.tables.key.objects.using(self.using).filter(document=row).values_list("key", flat=True)
        )
        text = (
            self.tables.text.objects.using(self.using).filter(pk=row.pk).values_list("text", "words").first()
        )
        agree = keys == set(searched.keys) and text == (searched.shown, "\n".join(lines(searched)))
        return row.pk if agree else None

    def items(self) -> set[UUID]:
        return set(self.tables.document.objects.using(self.using).values_list("item", flat=True))

    def all(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def _insert(
        self,
        some: Sequence[Searched],
        columns: Sequence[str],
        values: Callable[[Searched], Sequence[Any]],
    ) -> None:
        names = ["item", *_columns(some[0]), *columns]
        rows = [[uuid_in(one.item, self.using), *_columns(one).values(), *values(one)] for one in some]
        with connections[self.using].cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.tables.name} ({', '.join(names)}) VALUES ({holes(names)})", rows
            )

    def _beside(self, pairs: Sequence[tuple[int, Searched]], words: Counter[str]) -> None:
        """The keys and texts of documents by their numbers; `words` gets theirs."""
        keys, texts = [], []
        for number, searched in pairs:
            keys += [self.tables.key(document_id=number, key=key) for key in searched.keys]
            found = lines(searched)
            words.update(found)
            texts.append(self.tables.text(document_id=number, text=searched.shown, words="\n".join(found)))
        self.tables.key.objects.using(self.using).bulk_create(keys)
        self.tables.text.objects.using(self.using).bulk_create(texts)

    def _words(self, number: int) -> list[str]:
        found = self.tables.text.objects.using(self.using).filter(pk=number).values_list("words", flat=True)
        return [word for words in found for word in words.split("\n")]

    def _of(self, items: Sequence[UUID], what: str) -> list[tuple[UUID, Any]]:
        if not items:
            return []
        keys = [uuid_in(item, self.using) for item in items]
        found = self.all(f"SELECT d.item, {what} WHERE d.item IN ({holes(keys)})", keys)
        return [(uuid_out(item), value) for item, value in found]


def _columns(searched: Searched) -> dict[str, Any]:
    return {"shelf": str(searched.shelf), "title": searched.title, "changed": searched.changed}
