from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .publishing import a_log_without_editors


@pytest.fixture
def the_log(db: Any) -> Iterator[None]:
    with a_log_without_editors():
        yield


@pytest.fixture
def committed_log(transactional_db: Any) -> Iterator[None]:
    """The log as other processes see it."""
    with a_log_without_editors():
        yield
