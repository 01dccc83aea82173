from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.publications.vocabulary import Audience
from search.engines import Engine
from search.evaluation.places import APART

from .elastic.server import Node, reachable_folder, running_node
from .publishing import a_log_without_editors


@pytest.fixture
def the_log(db: Any) -> Iterator[None]:
    with a_log_without_editors():
        yield


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def node(open_folder: Path) -> Iterator[Node]:
    """One Elasticsearch for all tests of this process."""
    with running_node(open_folder) as running:
        yield running


@pytest.fixture(scope="session")
def on_elasticsearch(node: Node) -> Engine:
    """Elasticsearch as an engine, on indices of its own."""
    from elasticsearch import Elasticsearch

    from search.elastic import generations
    from search.elastic.engine import ElasticEngine

    client = Elasticsearch(node.url, request_timeout=60)
    name = f"contract-{uuid4().hex}-{{}}".format
    for index in Audience.values:
        generations.make_index(client, name(index))
    return ElasticEngine(name, lambda: client)


@pytest.fixture
def apart(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database that evaluation makes for itself may be used beside the test's own."""
    watched = BaseDatabaseWrapper.ensure_connection

    def ensure_connection(self: BaseDatabaseWrapper) -> None:
        if self.alias != APART:
            watched(self)
        elif self.connection is None:
            with self.wrap_database_errors:
                self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure_connection)
