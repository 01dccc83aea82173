"""Elasticsearch behind the protocol of engines: it counts and finds candidates; terms, ranks and snippets are
ours, as with every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Query
from elasticsearch.helpers import bulk, scan

from search.documents import FIELDS, Searched
from search.engines.protocol import Candidate, Clue, Counts, OneOf

from . import client, generations, questions
from .rows import GONE, row

MOST = 10_000  # rows in one answer, Elasticsearch's own limit; and buckets of shelves


@dataclass(frozen=True)
class ElasticEngine:
    """`index` leads from an audience to the name of an index, else of the alias that answers. What is put here
    directly is newer than all that was put before; the reader says how new it is (see `writing`)."""

    index: Callable[[str], str] = generations.answers
    server: Callable[[], Elasticsearch] = client.for_questions

    def put(self, index: str, document: Searched) -> None:
        self.server().index(
            index=self.index(index), id=str(document.item), document=row(document), refresh=True
        )

    def remove(self, index: str, item: UUID) -> None:
        self.server().index(index=self.index(index), id=str(item), document=GONE, refresh=True)

    def clear(self, index: str) -> None:
        name = self.index(index)
        every = scan(self.server(), index=name, query={"_source": False}, size=1000)
        deletions = ({"_op_type": "delete", "_index": name, "_id": hit["_id"]} for hit in every)
        bulk(self.server(), deletions, refresh=True)

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
        if limit < 1 or not (clues or key):
            return []
        asked = self._search(index, questions.candidates(clues, one_of, key, keep))
        # Rows come whole: to leave fields out costs Elasticsearch more than to send them.
        asked = asked.sort("_score", "place", "item")[: min(limit, MOST)]
        asked = asked.extra(track_total_hits=False)
        return [_candidate(hit["_source"], key) for hit in _answer(asked)["hits"]["hits"]]

    def count(
        self, index: str, clues: Sequence[Clue], *, keep: Sequence[OneOf] = (), most: int = MOST
    ) -> Counts:
        if not clues:
            return Counts()
        asked = self._search(index, questions.all_of(clues, keep))[:0]
        asked = asked.extra(terminate_after=most + 1, track_total_hits=False)
        asked.aggs.bucket("shelves", "terms", field="shelf", size=MOST)
        found = _answer(asked)["aggregations"]["shelves"]
        counts = Counts({bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]})
        complete = counts.total <= most and not found["sum_other_doc_count"]
        return counts if complete else Counts(counts.shelves, is_exact=False)

    def suggest(self, index: str, clues: Sequence[Clue], *, start: str, limit: int) -> list[UUID]:
        found: list[UUID] = []
        if not clues:
            return found
        for beginning in (True, False):
            if len(found) < limit:
                asked = self._search(index, questions.titles(clues, start, beginning=beginning))
                asked = asked.source(["item"]).sort("length", "place", "item")[: limit - len(found)]
                found += [UUID(hit["_source"]["item"]) for hit in _answer(asked)["hits"]["hits"]]
        return found

    def holds(self, index: str, document: Searched) -> bool:
        return self.rows(index, [document.item]).get(document.item) == row(document)

    def items(self, index: str) -> set[UUID]:
        """All but what is gone."""
        hits = scan(
            self.server(),
            index=self.index(index),
            query={"query": {"exists": {"field": "item"}}, "_source": False},
            size=1000,
        )
        return {UUID(hit["_id"]) for hit in hits}

    def rows(self, index: str, items: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        """What an index holds of some items; without those that it never held."""
        if not items:
            return {}
        found = self.server().mget(index=self.index(index), ids=[str(item) for item in items])
        return {UUID(doc["_id"]): doc["_source"] for doc in found["docs"] if doc["found"]}

    def _search(self, index: str, query: Query) -> Search:
        """Half an answer is none: where a shard fails or is late, the embedded engine answers."""
        search = Search(using=self.server(), index=self.index(index)).query(query)
        # Each shard would weigh words by its own documents alone.
        kind = "dfs_query_then_fetch" if settings.ELASTICSEARCH_SHARDS > 1 else "query_then_fetch"
        return search.params(allow_partial_search_results=False, search_type=kind)


def _answer(asked: Search) -> dict[str, Any]:
    found: dict[str, Any] = asked.execute().to_dict()
    return found


def _candidate(source: dict[str, Any], key: str) -> Candidate:
    return Candidate(
        item=UUID(source["item"]),
        shelf=source["shelf"],
        title=source["place"],
        fields=tuple(source[name] for name in FIELDS),
        changed=date.fromisoformat(source["changed"]),
        exact=bool(key) and key in source["keys"],
    )
