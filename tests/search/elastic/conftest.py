from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .server import Node, reachable_folder, running_node


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def node(open_folder: Path) -> Iterator[Node]:
    """One Elasticsearch for all tests of this process."""
    with running_node(open_folder) as running:
        yield running
