"""PostgreSQL's tsvector over our own terms: no parser and no dictionary of the database takes part.

`heading` has the terms of titles and names alone, since an index can't tell where in a text a term
stands. Both have the tokens of the shelf, without a place, beside the terms.
"""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from search.documents import FIELDS, WEIGHTS, Searched, Shelf
from search.models import INDEXES

from .protocol import EXACT, SHORT, Candidate, Clue, Counts, OneOf, Way, among
from .rows import Rows

_LABELS = {"title": "A", "address": "B", "names": "B", "gist": "C", "body": "D"}
_LAST_POSITION = 16_383
_LARGEST = max(WEIGHTS.values())
# Of D, C, B and A, in this order.
_WEIGHTS = "{" + ",".join(str(WEIGHTS[name] / _LARGEST) for name in ("body", "gist", "names", "title")) + "}"


@dataclass(frozen=True)
class PostgresEngine:
    using: str = DEFAULT_DB_ALIAS

    def put(self, index: str, document: Searched) -> None:
        number = Rows(index, self.using).keep(document)
        with connections[self.using].cursor() as cursor:
            cursor.execute(
                f"UPDATE {INDEXES[index].name} SET vector = %s::tsvector, heading = %s::tsvector, terms = %s"
                " WHERE id = %s",
                [*_columns(document), number],
            )

    def fill(self, index: str, documents: Iterable[Searched]) -> None:
        for _pairs in Rows(index, self.using).fill(documents, ("vector", "heading", "terms"), _columns):
            pass  # nothing is left to write: the columns are in the same table

    def remove(self, index: str, item: UUID) -> None:
        Rows(index, self.using).forget(item)

    def clear(self, index: str) -> None:
        Rows(index, self.using).forget_all()

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
            match = _some(one_of) if one_of else _all(clues)
            for column in ("heading", "vector"):
                for row in self._matching(index, column, _within(match, keep), _some(clues), limit):
                    found.setdefault(row.item, row)
                if len(found) >= limit:
                    break
        return list(found.values())[:limit]

    def count(
        self, index: str, clues: Sequence[Clue], *, keep: Sequence[OneOf] = (), most: int = 10_000
    ) -> Counts:
        if not clues:
            return Counts()
        sql = (
            f"SELECT shelf, count(*) FROM (SELECT shelf FROM {INDEXES[index].name}"
            f" WHERE vector @@ %s::tsquery LIMIT {most + 1}) m GROUP BY shelf"
        )
        counts = Counts(dict(Rows(index, self.using).all(sql, [_within(_all(clues), keep)])))
        return counts if counts.total <= most else Counts(counts.shelves, is_exact=False)

    def suggest(self, index: str, clues: Sequence[Clue], *, start: str, limit: int) -> list[UUID]:
        if not clues:
            return []
        sql = (
            f"SELECT item FROM {INDEXES[index].name} WHERE heading @@ %s::tsquery"
            ' ORDER BY left(title, %s) = %s DESC, length(title), title COLLATE "C", item LIMIT %s'
        )
        values = [_all(clues, labels="A"), len(start), start, limit]
        return [row[0] for row in Rows(index, self.using).all(sql, values)]

    def holds(self, index: str, document: Searched) -> bool:
        rows = Rows(index, self.using)
        number = rows.same(document)
        sql = (
            "SELECT vector = %s::tsvector AND heading = %s::tsvector AND terms = %s"
            f" FROM {INDEXES[index].name} WHERE id = %s"
        )
        return number is not None and rows.all(sql, [*_columns(document), number]) == [(True,)]

    def items(self, index: str) -> set[UUID]:
        return Rows(index, self.using).items()

    def _matching(self, index: str, column: str, match: str, rank: str, limit: int) -> list[Candidate]:
        ranked = (
            f"SELECT id, ts_rank(%s::real[], vector, %s::tsquery, 1) AS score FROM {INDEXES[index].name}"
            f" WHERE {column} @@ %s::tsquery LIMIT {among(limit)}"
        )
        source = f"SELECT id FROM ({ranked}) r ORDER BY score DESC, id LIMIT {limit}"
        return self._read(index, source, "false", [_WEIGHTS, rank, match])

    def _exact(self, index: str, key: str, keep: Sequence[OneOf]) -> list[Candidate]:
        if not key:
            return []
        table = INDEXES[index].key._meta.db_table
        source = f"SELECT document_id AS id FROM {table} WHERE key = %s LIMIT {EXACT}"
        found = self._read(index, source, "true", [key])
        return [row for row in found if Shelf.read(row.shelf).stands_on(keep)]

    def _read(self, index: str, source: str, exact: str, values: list[Any]) -> list[Candidate]:
        found = Rows(index, self.using).all(
            f"SELECT d.item, d.shelf, d.title, d.terms, d.changed, {exact} FROM ({source}) m"
            f" JOIN {INDEXES[index].name} d ON d.id = m.id",
            values,
        )
        return [
            Candidate(item, shelf, title, tuple(terms), changed, is_exact)
            for item, shelf, title, terms, changed, is_exact in found
        ]


def _all(clues: Sequence[Clue], labels: str = "") -> str:
    return " & ".join(_clue(clue, labels) for clue in clues)


def _some(clues: Sequence[Clue]) -> str:
    return f"({' | '.join(_clue(clue) for clue in clues)})"


def _clue(clue: Clue, labels: str = "") -> str:
    return f"({' | '.join(dict.fromkeys(_way(way, labels) for way in clue.ways))})"


def _way(way: Way, labels: str) -> str:
    suffix = f":{labels}" if labels else ""
    if not way.begins:
        return f"({' <-> '.join(f'{_quoted(term)}{suffix}' for term in way.terms)})"
    where = labels or ("AB" if len(way.terms[0]) < SHORT else "")
    return f"{_quoted(way.terms[0])}:*{where}"


def _within(match: str, keep: Sequence[OneOf]) -> str:
    return " & ".join([f"({match})", *(f"({' | '.join(map(_quoted, tokens))})" for tokens in keep)])


def _columns(document: Searched) -> tuple[str, str, list[str]]:
    shelf = document.shelf.tokens()
    fields = list(zip((_LABELS[name] for name in FIELDS), document.fields, strict=True))
    heading = [(label, terms) for label, terms in fields if label in "AB"]
    return _vector(fields, shelf), _vector(heading, shelf), list(map(" ".join, document.fields))


def _vector(fields: Iterable[tuple[str, Sequence[str]]], tokens: Sequence[str]) -> str:
    """Terms with positions and labels, as PostgreSQL writes them."""
    places: dict[str, list[str]] = {}
    position = 0
    for label, terms in fields:
        for term in terms:
            position = min(position + 1, _LAST_POSITION)
            places.setdefault(term, []).append(f"{position}{label}")
        position += 10  # no phrase reaches from one field into the next
    said = [f"{_quoted(term)}:{','.join(where[:255])}" for term, where in places.items()]
    return " ".join([*said, *map(_quoted, tokens)])


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
