"""An Elasticsearch that asks for a certificate of ours to be trusted, and who is there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from search import elastic
from search.elastic import client, verification
from search.elastic.engine import ElasticEngine
from search.queries import find
from tests.search.publishing import a_log_without_editors, publish, service

from .conftest import Time
from .secured import PASSWORD, SecuredNode, running_secured_node

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]


@pytest.fixture(scope="module")
def secured(open_folder: Path) -> Iterator[SecuredNode]:
    with running_secured_node(open_folder) as running:
        yield running


@pytest.fixture
def secured_site(
    secured: SecuredNode, switched_on: Callable[[str], None], settings: Any, db: None
) -> Iterator[SecuredNode]:
    settings.ELASTICSEARCH_PREFIX = f"oneanswer-{uuid4().hex}"
    settings.ELASTICSEARCH_CA = str(secured.authority)
    switched_on(secured.url_of("oneanswer"))
    with a_log_without_editors():
        yield secured


def nothing(done: int, total: int) -> None:
    """Nobody watches."""


def test_manage_read_and_write_on_its_own_indices_suffice(secured_site: SecuredNode) -> None:
    permit = service("Parking permit")
    elastic.rebuild(nothing)
    publish("service", "Parking licence", item=permit)
    assert elastic.read_on() == 1
    assert elastic.why_not_well() == ""
    assert [result.title for result in find("licence", audience="public").results] == ["Parking licence"]
    ElasticEngine().remove("public", permit.pk)
    found = elastic.differences()
    assert [what for _index, _item, what in found] == ["missing"]
    elastic.rebuild(nothing)  # removes the generation before it
    assert verification.differences() == []
    assert len(client.for_writing().indices.get(index="oneanswer-*")) == 2


@pytest.mark.parametrize(
    ("user", "password", "trusted", "sentence"),
    [
        ("oneanswer", PASSWORD, False, "certificate isn't trusted"),
        ("oneanswer", "not-the-password", True, "doesn't know the key or the password (401)"),
        ("reader", PASSWORD, True, "may not do this (403)"),
    ],
)
def test_a_door_that_stays_closed_is_named_and_nobody_else_notices(
    secured_site: SecuredNode,
    switched_on: Callable[[str], None],
    settings: Any,
    time: Time,
    caplog: pytest.LogCaptureFixture,
    user: str,
    password: str,
    trusted: bool,
    sentence: str,
) -> None:
    if not trusted:
        settings.ELASTICSEARCH_CA = ""
    switched_on(secured_site.url_of(user, password))
    service("Parking permit")
    with caplog.at_level(logging.INFO):
        assert elastic.read_on() == 0
        readyz = elastic.why_not_well()
        with pytest.raises(elastic.Unreachable) as said:
            elastic.rebuild(nothing)
    assert sentence in str(said.value)
    assert sentence in caplog.text
    # Who may only read can't see from a question what the reader lacks: nothing has been built yet.
    assert sentence in readyz or (user == "reader" and "no index" in readyz)
    assert not any(password in text for text in (str(said.value), readyz, caplog.text))
    assert [result.title for result in find("permit", audience="public").results] == ["Parking permit"]


def test_a_key_that_nobody_gave_out_is_named_but_not_shown(
    secured_site: SecuredNode, switched_on: Callable[[str], None], settings: Any
) -> None:
    settings.ELASTICSEARCH_API_KEY = "bm90LWEta2V5Om5vdC1hLWtleQ=="
    switched_on(secured_site.url)
    assert "(401)" in elastic.why_not_well()
    assert settings.ELASTICSEARCH_API_KEY not in elastic.why_not_well()


@pytest.mark.parametrize(
    ("url", "authority"),
    [("https://oneanswer:secret@search.example", "/nowhere.crt"), ("search.example:9200/secret", "")],
)
def test_settings_that_lead_nowhere_are_named(
    switched_on: Callable[[str], None], settings: Any, db: None, url: str, authority: str
) -> None:
    settings.ELASTICSEARCH_CA = authority
    switched_on(url)
    with a_log_without_editors():
        service("Parking permit")
        assert elastic.read_on() == 0
        assert "ELASTICSEARCH_URL needs addresses" in elastic.why_not_well()
        assert "secret" not in elastic.why_not_well()
        assert find("permit", audience="public").results
