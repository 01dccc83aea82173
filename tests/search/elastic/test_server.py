"""What the other tests take for granted of the Elasticsearch that they are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from .server import Node

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]

TERMS = {"properties": {"title": {"type": "text", "analyzer": "whitespace"}, "shelf": {"type": "keyword"}}}


def client(node: Node) -> Elasticsearch:
    """Never asks twice: what fails is seen."""
    return Elasticsearch(node.url, request_timeout=60, max_retries=0)


@pytest.fixture
def index(node: Node) -> Iterator[str]:
    name = f"test-{uuid4().hex}"
    settings = {"number_of_shards": 1, "number_of_replicas": 0}
    client(node).indices.create(index=name, settings=settings, mappings=TERMS)
    yield name
    client(node).indices.delete(index=name)


def put(of: Elasticsearch, index: str, version: int, documents: dict[str, Any]) -> list[int]:
    """Puts documents at a version of ours; returns the status of each."""
    lines: list[dict[str, Any]] = []
    for name, document in documents.items():
        head = {"_id": name, "version": version, "version_type": "external"}
        lines += [{"index": head}, document]
    return [item["index"]["status"] for item in of.bulk(index=index, operations=lines, refresh=True)["items"]]


def names(answer: Any) -> list[str]:
    return [hit["_id"] for hit in answer["hits"]["hits"]]


def test_what_is_put_is_found_by_its_terms(node: Node, index: str) -> None:
    es = client(node)
    documents = {
        "permit": {"title": "park permit", "shelf": "parks"},
        "fine": {"title": "park fine", "shelf": "housing"},
    }
    assert put(es, index, 5, documents) == [201, 201]
    assert names(es.search(index=index, query={"match_phrase": {"title": "park permit"}})) == ["permit"]
    assert names(es.search(index=index, query={"match": {"title": "parks"}})) == []
    shelves = {"shelves": {"terms": {"field": "shelf"}}}
    answer = es.search(
        index=index, query={"term": {"title": "park"}}, aggs=shelves, post_filter={"term": {"shelf": "parks"}}
    )
    assert names(answer) == ["permit"]
    assert {b["key"] for b in answer["aggregations"]["shelves"]["buckets"]} == {"housing", "parks"}


def test_an_older_version_is_refused(node: Node, index: str) -> None:
    es = client(node)
    document = {"title": "new", "shelf": "parks"}
    assert put(es, index, 5, {"permit": document}) == [201]
    assert put(es, index, 5, {"permit": document}) == put(es, index, 4, {"permit": document}) == [409]
    es.delete(index=index, id="permit", version=6, version_type="external")
    assert put(es, index, 5, {"permit": document}) == [409]
    assert not es.exists(index=index, id="permit")
