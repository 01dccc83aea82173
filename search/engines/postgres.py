"""PostgreSQL's tsvector over our own terms: no parser and no dictionary of the database takes part.

Ranked by the sum of each word's `ts_rank` times its rarity, since PostgreSQL's own ranks take a word
that stands everywhere for as telling as one that stands once.
"""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log
from typing import Any
from uuid import UUID

from django.db import connection

from search.analysis import Query, Word
from search.documents import WEIGHTS, Searched
from search.models import INDEXES

from . import rows
from .protocol import Hit, telling

_SHORT = 3  # a beginning of fewer letters is looked for in titles and names alone
_LABELS = "ABCD"  # of the fields, from most to least telling
_LAST_POSITION = 16_383
_LARGEST = max(WEIGHTS.values())
_WEIGHTS = "{" + ",".join(str(weight / _LARGEST) for weight in reversed(WEIGHTS.values())) + "}"


class PostgresEngine:
    def put(self, index: str, document: Searched) -> None:
        number = rows.keep(index, document)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {INDEXES[index].name} SET vector = %s::tsvector WHERE id = %s",
                [_vector(document), number],
            )

    def remove(self, index: str, item: UUID) -> None:
        rows.forget(index, item)

    def clear(self, index: str) -> None:
        rows.forget_all(index)

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
        words = self._words(index, query)
        size, frequencies = self._frequencies(index, words)
        match = " & ".join(words)
        if weak:
            rare = telling(words, frequencies)
            if not rare:
                return []
            match = f"({' | '.join(rare)}) & !({match})"
        rank, values = self._rank(words, size, frequencies)
        kept = ""
        values = [*values, match]
        if shelves is not None:
            kept = " AND shelf = ANY(%s)"
            values.append(list(shelves))
        sql = (
            f"SELECT item, id, shelf, {rank} AS score FROM {INDEXES[index].name}"
            f" WHERE vector @@ %s::tsquery{kept}"
            ' ORDER BY id = ANY(%s) DESC, score DESC, title COLLATE "C", item LIMIT %s OFFSET %s'
        )
        first = [] if weak else rows.exact(index, query.key)
        return [Hit(i, n, s) for i, n, s, _rank in _all(sql, [*values, first, limit, offset])]

    def count(self, index: str, query: Query) -> dict[str, int]:
        if not query.words:
            return {}
        sql = f"SELECT shelf, count(*) FROM {INDEXES[index].name} WHERE vector @@ %s::tsquery GROUP BY shelf"
        return dict(_all(sql, [" & ".join(self._words(index, query))]))

    def suggest(self, index: str, query: Query, *, limit: int) -> list[UUID]:
        if not query.words:
            return []
        words = self._words(index, query, labels="A")
        rank, values = self._rank(words, *self._frequencies(index, words))
        sql = (
            f"SELECT item, {rank} AS score FROM {INDEXES[index].name} WHERE vector @@ %s::tsquery"
            " ORDER BY left(title, %s) = %s DESC, score DESC,"
            ' title COLLATE "C", item LIMIT %s'
        )
        begins = [len(query.start), query.start]
        found = _all(sql, [*values, " & ".join(words), *begins, limit])
        return [row[0] for row in found]

    def texts(self, index: str, hits: Sequence[Hit]) -> dict[UUID, str]:
        return rows.texts(index, hits)

    def holds(self, index: str, document: Searched) -> bool:
        number = rows.same(index, document)
        sql = f"SELECT vector = %s::tsvector FROM {INDEXES[index].name} WHERE id = %s"
        return number is not None and _all(sql, [_vector(document), number]) == [(True,)]

    def items(self, index: str) -> set[UUID]:
        return rows.items(index)

    def _frequencies(self, index: str, words: list[str]) -> tuple[int, list[int]]:
        """How many documents there are, and how many have each word."""
        table = INDEXES[index].name
        each = ", ".join(f"(SELECT count(*) FROM {table} WHERE vector @@ %s::tsquery)" for _ in words)
        size, *found = _all(f"SELECT (SELECT count(*) FROM {table}), {each}", words)[0]
        return size, found

    def _rank(self, words: list[str], size: int, frequencies: list[int]) -> tuple[str, list[Any]]:
        """SQL that sums up what each word is worth, and its values."""
        worth = [log(1 + (size - n + 0.5) / (n + 0.5)) for n in frequencies]
        sql = " + ".join("%s * ts_rank(%s::real[], vector, %s::tsquery, 1)" for _ in words)
        values = [v for w, word in zip(worth, words, strict=True) for v in (round(w, 9), _WEIGHTS, word)]
        return f"round(({sql})::numeric, 9)", values

    def _words(self, index: str, query: Query, labels: str = "") -> list[str]:
        return [self._word(index, word, labels) for word in query.words]

    def _word(self, index: str, word: Word, labels: str) -> str:
        suffix = f":{labels}" if labels else ""
        choices = [
            f"({' <-> '.join(f'{_quoted(term)}{suffix}' for term in phrase)})" for phrase in word.phrases
        ]
        if word.prefix:
            where = labels or ("AB" if len(word.prefix) < _SHORT else "")
            choices.append(f"{_quoted(word.prefix)}:*{where}")
            choices += [f"{_quoted(stem)}{suffix}" for stem in self._stems(index, word.prefix)]
        return f"({' | '.join(dict.fromkeys(choices))})"

    def _stems(self, index: str, prefix: str) -> list[str]:
        """Stems of words that begin with what was typed and whose stems no longer do."""
        if len(prefix) < _SHORT:
            return []
        found = INDEXES[index].form.objects.filter(form__startswith=prefix)
        return sorted(set(found.exclude(stem__startswith=prefix).values_list("stem", flat=True)[:50]))


def _vector(document: Searched) -> str:
    """Terms with positions and labels, as PostgreSQL writes them."""
    places: dict[str, list[str]] = {}
    position = 0
    for label, terms in zip(_LABELS, document.fields, strict=True):
        for term in terms:
            position = min(position + 1, _LAST_POSITION)
            places.setdefault(term, []).append(f"{position}{label}")
        position += 10  # no phrase reaches from one field into the next
    return " ".join(f"{_quoted(term)}:{','.join(where[:255])}" for term, where in places.items())


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _all(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
