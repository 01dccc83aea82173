from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .publishing import a_log_without_editors


@pytest.fixture
def the_log(db: Any, settings: Any) -> Iterator[None]:
    """An empty log, and the public site alone above it."""
    settings.ROOT_URLCONF = "tests.themes.urls"
    with a_log_without_editors():
        yield
