from __future__ import annotations

from collections.abc import Iterator

import pytest

from .town import Town, running_town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo municipality, seeded and served once for all journeys of this process."""
    with running_town(tmp_path_factory.mktemp("town")) as running:
        yield running
