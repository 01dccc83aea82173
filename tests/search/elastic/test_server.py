"""What the other tests take for granted of the Elasticsearch that they are given."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import ConnectionError, Elasticsearch

from .server import Cluster, Node, running_cluster

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]

TERMS = {"properties": {"title": {"type": "text", "analyzer": "whitespace"}, "shelf": {"type": "keyword"}}}
ALL, AT_ONCE = 600, 10


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


@pytest.fixture
def cluster(open_folder: Path) -> Iterator[Cluster]:
    with running_cluster(open_folder) as running:
        yield running


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


def test_a_node_that_was_killed_comes_back_with_what_it_acknowledged(node: Node, index: str) -> None:
    put(client(node), index, 5, {"permit": {"title": "park permit", "shelf": "parks"}})
    node.kill()
    with pytest.raises(ConnectionError):
        client(node).count(index=index)
    node.start()
    node.wait_until_healthy()
    assert names(client(node).search(index=index)) == ["permit"]


def test_of_two_nodes_one_may_be_killed_while_documents_come_in(cluster: Cluster) -> None:
    es = client(cluster.leader)
    settings = {"number_of_shards": 4, "number_of_replicas": 1}
    es.indices.create(index="public", settings=settings, mappings=TERMS, wait_for_active_shards=2)
    copies = [(copy["node"], copy["prirep"]) for copy in es.cat.shards(index="public", format="json")]
    assert {("leader", "p"), ("follower", "p"), ("leader", "r"), ("follower", "r")} == set(copies)

    acknowledged: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(_write, cluster.leader, acknowledged)
        while not writing.done():
            if len(acknowledged) > ALL / 3:
                cluster.follower.kill()
            so_far = len(acknowledged)
            answer = es.search(index="public", size=0, track_total_hits=True)
            assert answer["_shards"]["failed"] == 0
            assert answer["hits"]["total"]["value"] >= so_far
    writing.result()
    assert not cluster.follower.runs
    # 409: Elasticsearch's own second try, after the first had come as far as the copy that lived on.
    assert set(acknowledged) <= {201, 409}
    assert es.count(index="public")["count"] == ALL
    assert es.cluster.health()["status"] == "yellow"

    cluster.follower.start()
    cluster.follower.wait_until_healthy(nodes=2)
    assert es.cluster.health(wait_for_status="green", timeout="60s")["status"] == "green"
    there = client(cluster.follower).search(
        index="public", size=0, preference="_only_local", track_total_hits=True
    )
    assert there["hits"]["total"]["value"] == ALL


def _write(node: Node, acknowledged: list[int]) -> None:
    es = client(node)
    for start in range(0, ALL, AT_ONCE):
        documents = {str(n): {"title": f"park {n}", "shelf": "parks"} for n in range(start, start + AT_ONCE)}
        acknowledged += put(es, "public", 1, documents)
