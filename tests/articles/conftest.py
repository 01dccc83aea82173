from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .publishing import services_without_pages


@pytest.fixture(autouse=True)
def _services(db: Any) -> Iterator[None]:
    with services_without_pages():
        yield
