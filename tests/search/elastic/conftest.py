from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.search.publishing import a_log_without_editors

from .server import Cluster, Node, running_cluster

# Without the client the group is left out, and named as that (tests/groups.py).
collect_ignore_glob = [] if find_spec("elasticsearch") else ["test_*.py"]


@pytest.fixture
def cluster(open_folder: Path) -> Iterator[Cluster]:
    with running_cluster(open_folder) as running:
        yield running


class Time:
    """A clock that goes on when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The time by which this process looks at Elasticsearch, and waits for it."""
    from search.elastic import health, reader

    time = Time()
    watch, reads = health.Watch(clock=time), reader.Reader(clock=time)
    monkeypatch.setattr(health, "_this_process", watch)
    monkeypatch.setattr(reader, "_this_process", reads)
    return time


@pytest.fixture
def switched_on(settings: Any, time: Time) -> Iterator[Callable[[str], None]]:
    """Switches a site over to Elasticsearch, on indices of the test's own, which it finds empty."""
    from search.elastic import client

    def switch_on(url: str) -> None:
        client.forget()
        settings.ELASTICSEARCH_URL = url

    settings.ELASTICSEARCH_PREFIX = f"test-{uuid4().hex}"
    settings.ELASTICSEARCH_TIMEOUT = 30.0
    yield switch_on
    with suppress(*client.ERRORS):
        indices = client.for_writing().indices
        for index in indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*"):
            indices.delete(index=index)
    client.forget()


@pytest.fixture
def site(node: Node, switched_on: Callable[[str], None], db: Any) -> Iterator[Node]:
    """A site with a log and with Elasticsearch, which has not read anything of it yet."""
    switched_on(node.url)
    with a_log_without_editors():
        yield node
    if not node.runs:  # a test that killed it, and failed before it was started again
        node.start()
        node.wait_until_healthy()
