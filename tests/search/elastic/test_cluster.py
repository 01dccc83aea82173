"""A cluster of two that loses one in the middle of a load, through our own reader and engine."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest

from cms.publications.chain import head
from search import elastic
from search.elastic import building, client, generations, health, verification
from search.elastic.engine import ElasticEngine
from search.queries import find
from tests.search.publishing import a_log_without_editors, service

from .conftest import Time
from .server import Cluster

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]
BEFORE, MEANWHILE, AT_ONCE = 40, 80, 8


def cursor() -> int:
    answering = generations.answering(client.for_writing())
    assert answering is not None and answering.cursor is not None
    return answering.cursor.seq


def test_one_of_two_nodes_is_killed_in_the_middle_of_a_load(
    cluster: Cluster,
    switched_on: Callable[[str], None],
    time: Time,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    db: None,
) -> None:
    settings.ELASTICSEARCH_SHARDS = 4
    switched_on(f"{cluster.follower.url},{cluster.leader.url}")
    monkeypatch.setattr(building, "AT_ONCE", AT_ONCE)
    es = client.for_writing()
    with a_log_without_editors():
        for number in range(BEFORE):
            service(f"Permit {number}")
        elastic.read_on()
        assert es.cluster.health(wait_for_status="green", timeout="60s")["status"] == "green"
        where = es.cat.shards(index=f"{generations.answers('public')}*", format="json")
        assert {(copy["node"], copy["prirep"]) for copy in where} == {
            (node, kind) for node in ("leader", "follower") for kind in ("p", "r")
        }
        for number in range(MEANWHILE):
            service(f"Permit {BEFORE + number}")

        killing = _killed_at_the_third_write(cluster, monkeypatch)
        for _attempt in range(10):
            elastic.read_on()
            assert find("permit 7", audience="public").results[0].title == "Permit 7"
            if cursor() == head().seq:
                break
            time.pass_by(10)  # the reader's pause after a request that failed
        killing.join()
        assert not cluster.follower.runs
        assert cursor() == head().seq

        # What lives on holds everything, and answers.
        time.pass_by(health.PAUSE)
        assert len(ElasticEngine().items("public")) == BEFORE + MEANWHILE
        assert verification.differences() == []
        service("Published to half a cluster")
        elastic.read_on()
        assert elastic.why_not_well() == ""
        assert find("half cluster", audience="public").total == 1

        cluster.follower.start()
        cluster.follower.wait_until_healthy(nodes=2)
        assert es.cluster.health(wait_for_status="green", timeout="60s")["status"] == "green"
        for index in ("public", "staff"):
            there = es.search(index=generations.answers(index), preference="_only_nodes:follower", size=0)
            assert there["hits"]["total"]["value"] == BEFORE + MEANWHILE + 1


def _killed_at_the_third_write(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Thread:
    """Kills the follower while the reader's third request is on its way."""
    killing = Thread(target=cluster.follower.kill)
    real, count = building.write, 0

    def writing(*args: Any, **more: Any) -> None:
        nonlocal count
        count += 1
        if count == 3:
            killing.start()
        real(*args, **more)

    monkeypatch.setattr(building, "write", writing)
    return killing
