from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.search.publishing import a_log_without_editors


@pytest.fixture(autouse=True)
def the_log(db: Any) -> Iterator[None]:
    with a_log_without_editors():
        yield
