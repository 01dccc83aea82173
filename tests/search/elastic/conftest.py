from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from .server import Node, reachable_folder, running_node

# Without the client the group is left out, and named as that (tests/groups.py).
collect_ignore_glob = [] if find_spec("elasticsearch") else ["test_*.py"]


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def node(open_folder: Path) -> Iterator[Node]:
    """One Elasticsearch for all tests of this process."""
    with running_node(open_folder) as running:
        yield running
