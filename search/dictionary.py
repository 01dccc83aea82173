"""The words of an index as they are written, each with its stem and how many documents have it.

Public and staff words are in tables of their own: nothing that the public gets is corrected to, counted by
or completed with a word that only staff may read. Kept in the transaction that publishes. What each
keystroke asks is plain SQL: to put a query together in Django takes longer than to answer it.
"""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from .documents import Searched
from .models import INDEXES
from .plainly import holes

AFTER = "\U0010ffff"  # comes after whatever a word may go on with
_AT_ONCE = 400
_LONGEST = 64


class Word(NamedTuple):
    """A word as it is written, its stem, and the number of documents that have it."""

    form: str
    stem: str
    documents: int


@dataclass(frozen=True)
class Dictionary:
    """The words of one index."""

    index: str
    using: str = DEFAULT_DB_ALIAS

    @property
    def table(self) -> str:
        return INDEXES[self.index].word._meta.db_table

    def size(self) -> int:
        """How many documents there are."""
        return self.documents(("",)).get("", 0)

    def documents(self, stems: Collection[str]) -> dict[str, int]:
        """In how many documents each of the terms stands; those that stand in none are absent. A little
        too many where documents have a word in several forms."""
        return self._counted("stem", stems)

    def known(self, forms: Collection[str]) -> dict[str, int]:
        """In how many documents each word stands as it is written here."""
        return self._counted("form", forms)

    def stems(self, forms: Collection[str]) -> dict[str, str]:
        """The stem of each word; of several, the one that more documents have."""
        if not forms:
            return {}
        where = f"form IN ({holes(forms)}) ORDER BY documents, stem"
        sql = f"SELECT form, stem FROM {self.table} WHERE {where}"
        return dict(self._all(sql, list(forms)))

    def beginning(self, start: str, *, most: int) -> list[Word]:
        """The words that begin so, most frequent first."""
        return [
            Word(*row)
            for row in self._all(
                f"SELECT form, stem, documents FROM {self.table} WHERE form >= %s AND form < %s AND length > 0"
                " ORDER BY documents DESC, form LIMIT %s",
                [start, start + AFTER, most],
            )
        ]

    def alike(self, lengths: Collection[int], *, start: str, end: str, forms: Collection[str]) -> list[Word]:
        """Words of these lengths that begin or end so, and those of the forms that there are."""
        parts, values = [], list[Any]()
        for length in sorted(lengths):
            for column, edge in (("form", start), ("backwards", end[::-1])):
                parts.append(f"length = %s AND {column} >= %s AND {column} < %s")
                values += [length, edge, edge + AFTER]
        if forms:
            parts.append(f"length > 0 AND form IN ({holes(forms)})")
            values += forms
        return self._union(parts, values)

    def holding(
        self, starts: Collection[str], ends: Collection[str], *, lengths: Collection[int], most: int
    ) -> list[Word]:
        """Words of these lengths that begin or end in one of several ways, most frequent first."""
        parts, values = [], list[Any]()
        edges = [("form", start) for start in starts] + [("backwards", end[::-1]) for end in ends]
        for length in sorted(lengths):
            for column, edge in edges:
                parts.append(f"length = %s AND {column} >= %s AND {column} < %s")
                values += [length, edge, edge + AFTER]
        found = self._union(parts, values)
        return sorted(found, key=lambda word: (-word.documents, word.form))[:most]

    def change(self, *, new: Collection[str], old: Collection[str]) -> None:
        """A document has the words `new` (see `lines`) in place of `old`."""
        self.add(Counter(line for line in new if line not in old))
        for some in _batches(sorted(set(old).difference(new))):
            stems = [stem for _form, stem in map(read, some)]
            forms = [form for form, _stem in map(read, some)]
            where = " OR ".join(["(form = %s AND stem = %s)"] * len(some))
            values = [value for pair in zip(forms, stems, strict=True) for value in pair]
            self._do(f"UPDATE {self.table} SET documents = documents - 1 WHERE {where}", values)
            self._do(f"DELETE FROM {self.table} WHERE documents <= 0 AND form IN ({holes(forms)})", forms)

    def recount(self) -> None:
        """Count anew from the words of each document that the index holds."""
        self._do(f"DELETE FROM {self.table}", [])
        texts = INDEXES[self.index].text.objects.using(self.using).values_list("words", flat=True)
        found: Counter[str] = Counter()
        for words in texts.iterator():
            found.update(words.split("\n"))
        self.add(found)

    def says(self) -> dict[str, int]:
        """All of it, by line."""
        rows = self._all(f"SELECT form, stem, documents FROM {self.table}", [])
        return {line(form, stem): documents for form, stem, documents in rows}

    def _union(self, parts: Sequence[str], values: list[Any]) -> list[Word]:
        """The words that answer one of several conditions: each by its own index."""
        select = f"SELECT form, stem, documents FROM {self.table} WHERE "
        return [Word(*row) for row in self._all(" UNION ".join(select + part for part in parts), values)]

    def add(self, counts: Mapping[str, int]) -> None:
        """So many more documents have each of the lines."""
        for some in _batches(sorted(counts)):
            values: list[Any] = []
            for text in some:
                form, stem = read(text)
                values += [form, stem, counts[text], len(form) if form.isalpha() else 0, form[::-1]]
            self._do(
                f"INSERT INTO {self.table} (form, stem, documents, length, backwards)"
                f" VALUES {', '.join(['(%s, %s, %s, %s, %s)'] * len(some))} ON CONFLICT (form, stem)"
                f" DO UPDATE SET documents = {self.table}.documents + excluded.documents",
                values,
            )

    def _counted(self, column: str, wanted: Collection[str]) -> dict[str, int]:
        if not wanted:
            return {}
        sql = f"SELECT {column}, sum(documents) FROM {self.table} WHERE {column} IN ({holes(wanted)}) GROUP BY {column}"
        return {word: int(count) for word, count in self._all(sql, list(wanted))}

    def _all(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def _do(self, sql: str, values: list[Any]) -> None:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, values)


def lines(searched: Searched) -> list[str]:
    """The words of a document, one a line, each once: the word, and its stem where that differs; codes
    and numbers too. The empty line counts the document."""
    stems = {stem for _form, stem in searched.forms}
    codes = {term for terms in searched.fields for term in terms if term not in stems}
    found = {line(form, stem) for form, stem in searched.forms} | {line(code, code) for code in codes} | {""}
    return sorted(found)


def line(form: str, stem: str) -> str:
    form, stem = form[:_LONGEST], stem[:_LONGEST]
    return form if form == stem else f"{form} {stem}"


def read(text: str) -> tuple[str, str]:
    form, _space, stem = text.partition(" ")
    return form, stem or form


def _batches(found: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(found)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
