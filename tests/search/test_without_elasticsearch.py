"""The extra stays one: nobody needs Elasticsearch's client who has no Elasticsearch."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any
from unittest import mock

from django.test import Client

from search import elastic
from search.engines import embedded, engine

WITHOUT_THE_CLIENT = """
import sys
sys.modules.update(dict.fromkeys(("elasticsearch", "elastic_transport")))  # importing them fails
import django
django.setup()
import cms.asgi, cms.urls
from django.core.management import call_command
call_command("check")
"""


def test_all_of_the_site_starts_without_the_client() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_CLIENT], env=os.environ, check=False, timeout=120
    )
    assert done.returncode == 0


def test_nothing_is_asked_where_there_is_none(db: None) -> None:
    assert engine() == embedded()
    assert elastic.read_on() == 0
    assert elastic.measures() == {}
    assert Client().get("/readyz").json() == {"ready": True, "why": [], "degraded": []}


def test_a_client_that_is_missing_is_named_and_stops_nobody(db: None, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert elastic.client_is_installed(None) == []
    with mock.patch.object(elastic, "_has_client", return_value=False):
        [error] = elastic.client_is_installed(None)
        assert "requirements/elasticsearch.lock" in str(error.hint)
        assert engine() == embedded()
        assert elastic.read_on() == 0
        [why] = Client().get("/readyz").json()["degraded"]
        assert "isn't installed" in why
