from __future__ import annotations

import pytest

from tests import kinds


@pytest.fixture(autouse=True)
def _kinds() -> None:
    kinds.register()
