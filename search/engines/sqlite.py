"""SQLite's FTS5, in the same file as everything else. Its rows are written in the publication's
transaction; those of a deleted document go by a trigger (see `search/triggers.py`)."""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from search.documents import FIELDS, WEIGHTS, Searched, Shelf
from search.models import INDEXES
from search.plainly import holes

from .protocol import EXACT, SHORT, Candidate, Clue, Counts, OneOf, Way, among
from .rows import Rows

_BM25 = ", ".join(str(WEIGHTS[name]) for name in FIELDS)
_HEADING = "{title address names} : "


@dataclass(frozen=True)
class SqliteEngine:
    """Filters are tokens inside `MATCH`; what is read of the hits joins after it by CROSS JOIN:
    `rowid IN (SELECT …)` is a thousand times slower. `bm25` is asked of a bounded number of rows, since it
    costs more than to find them."""

    using: str = DEFAULT_DB_ALIAS

    def put(self, index: str, document: Searched) -> None:
        number = Rows(index, self.using).keep(document)
        with connections[self.using].cursor() as cursor:
            cursor.execute(f"DELETE FROM {INDEXES[index].full_text} WHERE rowid = %s", [number])
            cursor.execute(_insert(index), [number, *_columns(document)])

    def fill(self, index: str, documents: Iterable[Searched]) -> None:
        with connections[self.using].cursor() as cursor:
            for pairs in Rows(index, self.using).fill(documents):
                cursor.executemany(_insert(index), [[number, *_columns(one)] for number, one in pairs])

    def remove(self, index: str, item: UUID) -> None:
        Rows(index, self.using).forget(item)

    def clear(self, index: str) -> None:
        Rows(index, self.using).forget_all()
        with connections[self.using].cursor() as cursor:
            cursor.execute(f"DELETE FROM {INDEXES[index].full_text}")

    def candidates(
        self,
        index: str,
        clues: Sequence[Clue],
        *,
        one_of: Sequence[Clue] = (),
        key: str = "",
        keep: Sequence[OneOf] = (),
        limit: int = 100,
    ) -> list[Candidate]:
        if limit < 1:
            return []
        found = {row.item: row for row in self._exact(index, key, keep)}
        if clues:
            match = _some(one_of, clues) if one_of else _all(clues)
            for where in (_HEADING, ""):
                for row in self._matching(index, _within(f"{where}({match})", keep), limit):
                    found.setdefault(row.item, row)
                if len(found) >= limit:
                    break
        return list(found.values())[:limit]

    def count(
        self, index: str, clues: Sequence[Clue], *, keep: Sequence[OneOf] = (), most: int = 10_000
    ) -> Counts:
        if not clues:
            return Counts()
        tables = INDEXES[index]
        found = Rows(index, self.using).all(
            f"SELECT d.shelf, count(*) FROM (SELECT rowid AS n FROM {tables.full_text}"
            f" WHERE {tables.full_text} MATCH %s LIMIT {most + 1}) CROSS JOIN {tables.name} d ON d.id = n"
            " GROUP BY d.shelf",
            [_within(_all(clues), keep)],
        )
        counts = Counts(dict(found))
        return counts if counts.total <= most else Counts(counts.shelves, is_exact=False)

    def suggest(self, index: str, clues: Sequence[Clue], *, start: str, limit: int) -> list[UUID]:
        if not clues:
            return []
        tables = INDEXES[index]
        sql = (
            f"SELECT d.item FROM {tables.full_text} CROSS JOIN {tables.name} d"
            f" ON d.id = {tables.full_text}.rowid WHERE {tables.full_text} MATCH %s"
            f" ORDER BY substr(d.title, 1, %s) = %s DESC, length(d.title), d.title, d.item LIMIT %s"
        )
        match = f"{{title}} : ({_all(clues)})"
        found = Rows(index, self.using).all(sql, [match, len(start), start, limit])
        return [UUID(item) for (item,) in found]

    def holds(self, index: str, document: Searched) -> bool:
        rows = Rows(index, self.using)
        number = rows.same(document)
        sql = f"SELECT {', '.join(FIELDS)}, shelf FROM {INDEXES[index].full_text} WHERE rowid = %s"
        return number is not None and rows.all(sql, [number]) == [_columns(document)]

    def items(self, index: str) -> set[UUID]:
        return Rows(index, self.using).items()

    def _matching(self, index: str, match: str, limit: int) -> list[Candidate]:
        table = INDEXES[index].full_text
        ranked = f"SELECT rowid AS n, bm25({table}, {_BM25}) AS score FROM {table} WHERE {table} MATCH %s"
        return self._read(
            index,
            f"SELECT n FROM ({ranked} LIMIT {among(limit)}) ORDER BY score, n LIMIT {limit}",
            "0",
            [match],
        )

    def _exact(self, index: str, key: str, keep: Sequence[OneOf]) -> list[Candidate]:
        if not key:
            return []
        table = INDEXES[index].key._meta.db_table
        source = f"SELECT document_id AS n FROM {table} WHERE key = %s LIMIT {EXACT}"
        found = self._read(index, source, "1", [key])
        return [row for row in found if Shelf.read(row.shelf).stands_on(keep)]

    def _read(self, index: str, source: str, exact: str, values: list[Any]) -> list[Candidate]:
        """The numbers of documents are read first, then what they hold."""
        tables = INDEXES[index]
        fields = ", ".join(f"f.{name}" for name in FIELDS)
        found = Rows(index, self.using).all(
            f"SELECT d.item, d.shelf, d.title, {fields}, d.changed, {exact} FROM ({source}) m"
            f" CROSS JOIN {tables.name} d ON d.id = m.n CROSS JOIN {tables.full_text} f ON f.rowid = m.n",
            values,
        )
        return [
            Candidate(UUID(item), shelf, title, tuple(terms), _day(changed), bool(is_exact))
            for item, shelf, title, *terms, changed, is_exact in found
        ]


def _insert(index: str) -> str:
    columns = ("rowid", *FIELDS, "shelf")
    return f"INSERT INTO {INDEXES[index].full_text} ({', '.join(columns)}) VALUES ({holes(columns)})"


def _columns(document: Searched) -> tuple[str, ...]:
    return (*map(" ".join, document.fields), " ".join(document.shelf.tokens()))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _all(clues: Sequence[Clue]) -> str:
    """The clues in FTS5's language; every term is quoted."""
    return " AND ".join(_clue(clue) for clue in clues)


def _some(one_of: Sequence[Clue], clues: Sequence[Clue]) -> str:
    """What has one of some clues; the others are named so that they count in its rank."""
    some = f"({' OR '.join(_clue(clue) for clue in one_of)})"
    others = [_clue(clue) for clue in clues if clue not in one_of]
    return f"{some} AND ({' OR '.join([some, *others])})" if others else some


def _clue(clue: Clue) -> str:
    return f"({' OR '.join(dict.fromkeys(_way(way) for way in clue.ways))})"


def _way(way: Way) -> str:
    if not way.begins:
        return _quoted(" ".join(way.terms))
    where = _HEADING if len(way.terms[0]) < SHORT else ""
    return f"({where}{_quoted(way.terms[0])} *)" if where else f"{_quoted(way.terms[0])} *"


def _within(match: str, keep: Sequence[OneOf]) -> str:
    kept = (f"shelf : ({' OR '.join(map(_quoted, tokens))})" for tokens in keep)
    return " AND ".join([f"({match})", *kept])


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
