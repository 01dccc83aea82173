from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.updates.publishing import a_log_without_editors, someone


@pytest.fixture
def the_log(db: Any) -> Iterator[None]:
    with a_log_without_editors(searched=True):
        yield


@pytest.fixture
def agent(the_log: None) -> Client:
    client = Client()
    client.force_login(someone("agent1"))
    return client
