"""SQLite's FTS5, in the same file as everything else. Its rows are written in the publication's
transaction; those of a deleted document go by a trigger (see `search/triggers.py`)."""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from search.analysis import Query, Word
from search.documents import FIELDS, WEIGHTS, Searched
from search.models import INDEXES

from . import rows
from .protocol import Hit, telling

_SHORT = 3  # a beginning of fewer letters is looked for in titles and names alone
_BM25 = ", ".join(str(WEIGHTS[name]) for name in FIELDS)


class SqliteEngine:
    """Filters join after `MATCH` by CROSS JOIN: `rowid IN (SELECT …)` is a thousand times slower."""

    def put(self, index: str, document: Searched) -> None:
        table = INDEXES[index].full_text
        number = rows.keep(index, document)
        holes = ", ".join(["%s"] * (len(FIELDS) + 1))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE rowid = %s", [number])
            cursor.execute(
                f"INSERT INTO {table} (rowid, {', '.join(FIELDS)}) VALUES ({holes})",
                [number, *map(" ".join, document.fields)],
            )

    def remove(self, index: str, item: UUID) -> None:
        rows.forget(index, item)

    def clear(self, index: str) -> None:
        rows.forget_all(index)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {INDEXES[index].full_text}")

    def find(
        self,
        index: str,
        query: Query,
        *,
        shelves: Collection[str] | None = None,
        limit: int = 10,
        offset: int = 0,
        weak: bool = False,
    ) -> list[Hit]:
        if not query.words or shelves == [] or limit < 1:
            return []
        tables = INDEXES[index]
        first = "" if weak else ", ".join(map(str, rows.exact(index, query.key)))
        kept, values = "", []
        if shelves is not None:
            values = list(shelves)
            kept = f" AND d.shelf IN ({', '.join(['%s'] * len(values))})"
        sql = (
            f"SELECT d.item, d.id, d.shelf FROM {tables.full_text} CROSS JOIN {tables.name} d"
            f" ON d.id = {tables.full_text}.rowid WHERE {tables.full_text} MATCH %s{kept}"
            f" ORDER BY d.id IN ({first}) DESC, bm25({tables.full_text}, {_BM25}), d.title, d.item"
            " LIMIT %s OFFSET %s"
        )
        match = self._weak(index, query) if weak else self._match(index, query)
        if not match:
            return []
        return [Hit(UUID(i), n, s) for i, n, s in _all(sql, [match, *values, limit, offset])]

    def count(self, index: str, query: Query) -> dict[str, int]:
        if not query.words:
            return {}
        tables = INDEXES[index]
        sql = (
            f"SELECT d.shelf, count(*) FROM {tables.full_text} CROSS JOIN {tables.name} d"
            f" ON d.id = {tables.full_text}.rowid WHERE {tables.full_text} MATCH %s GROUP BY d.shelf"
        )
        return dict(_all(sql, [self._match(index, query)]))

    def suggest(self, index: str, query: Query, *, limit: int) -> list[UUID]:
        if not query.words:
            return []
        tables = INDEXES[index]
        sql = (
            f"SELECT d.item FROM {tables.full_text} CROSS JOIN {tables.name} d"
            f" ON d.id = {tables.full_text}.rowid WHERE {tables.full_text} MATCH %s"
            f" ORDER BY substr(d.title, 1, %s) = %s DESC,"
            f" bm25({tables.full_text}, {_BM25}), d.title, d.item LIMIT %s"
        )
        match = f"{{title}} : ({self._match(index, query)})"
        return [UUID(row[0]) for row in _all(sql, [match, len(query.start), query.start, limit])]

    def texts(self, index: str, hits: Sequence[Hit]) -> dict[UUID, str]:
        return rows.texts(index, hits)

    def holds(self, index: str, document: Searched) -> bool:
        number = rows.same(index, document)
        sql = f"SELECT {', '.join(FIELDS)} FROM {INDEXES[index].full_text} WHERE rowid = %s"
        return number is not None and _all(sql, [number]) == [tuple(map(" ".join, document.fields))]

    def items(self, index: str) -> set[UUID]:
        return rows.items(index)

    def _match(self, index: str, query: Query) -> str:
        """The question in FTS5's language; every term is quoted."""
        return " AND ".join(self._word(index, word) for word in query.words)

    def _weak(self, index: str, query: Query) -> str:
        """What has some of the words, and not all; nothing when none of them is known."""
        table = INDEXES[index].full_text
        words = [self._word(index, word) for word in query.words]
        each = ", ".join(f"(SELECT count(*) FROM {table} WHERE {table} MATCH %s)" for _ in words)
        rare = telling(words, _all(f"SELECT {each}", words)[0])
        if not rare:
            return ""
        some = f"({' OR '.join(rare)})"
        if len(rare) < len(words):
            some += f" AND ({' OR '.join(words)})"
        return f"({some}) NOT ({' AND '.join(words)})"

    def _word(self, index: str, word: Word) -> str:
        choices = [_quoted(" ".join(phrase)) for phrase in word.phrases]
        if word.prefix:
            where = "{title names} : " if len(word.prefix) < _SHORT else ""
            choices.append(f"{where}{_quoted(word.prefix)} *")
            choices += map(_quoted, self._stems(index, word.prefix))
        return f"({' OR '.join(dict.fromkeys(choices))})"

    def _stems(self, index: str, prefix: str) -> list[str]:
        """Stems of words that begin with what was typed and whose stems no longer do."""
        if len(prefix) < _SHORT:
            return []
        found = (
            INDEXES[index]
            .form.objects.filter(form__gte=prefix, form__lt=f"{prefix}\U0010ffff")
            .extra(where=["substr(stem, 1, %s) <> %s"], params=[len(prefix), prefix])
        )
        return sorted(set(found.values_list("stem", flat=True)[:50]))


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _all(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
