"""Kept answers: the same bytes, never older than the log, for nobody in particular."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.organisation.models import Department
from cms.publications import commands, documents, queries, registry
from cms.publications.models import Item
from tests.kinds import DRAFTS, begin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MIDDLEWARE = ["cms.publications.answers.PublicAnswers", *settings.MIDDLEWARE]
    monkeypatch.setitem(registry._verifiers, "test", lambda permit: None)


def publish(item: Item) -> None:
    own = registry.kind(item.kind)
    sha = documents.store(own.compose(own.draft(item))).sha256
    permit = commands.issue(
        item,
        sha,
        kind="published",
        lane="reviewed",
        grounds={"type": "test"},
        people=[],
        based_on=queries.newest_seq(item),
    )
    commands.spend([permit], by=None)


def test_the_second_reader_costs_one_query_and_gets_the_same_bytes() -> None:
    item = begin(Department.objects.create(code="parks", name="Parks"), None, title="First")
    publish(item)
    client, address = Client(), f"/api/v1/public/items/{item.pk}"
    first = client.get(address)
    with CaptureQueriesContext(connection) as asked:
        second = client.get(address)
    assert len(asked) == 1
    assert (second.content, second["ETag"]) == (first.content, first["ETag"])
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_an_entry_ends_what_was_kept() -> None:
    item = begin(Department.objects.create(code="parks", name="Parks"), None, title="First")
    publish(item)
    client, address = Client(), f"/api/v1/public/items/{item.pk}"
    assert client.get(address).json()["title"] == "First"
    assert client.get(address).json()["title"] == "First"
    DRAFTS[str(item.pk)]["title"] = "Second"
    publish(item)
    assert client.get(address).json()["title"] == "Second"


def test_what_is_for_staff_is_never_kept(admin_client: Client) -> None:
    item = begin(Department.objects.create(code="parks", name="Parks"), None, kind="paper")
    publish(item)
    address = f"/api/v1/agent/items/{item.pk}"
    assert admin_client.get(address).status_code == 401
    assert Client().get(address).status_code == 401
    assert Client().get(f"/api/v1/public/items/{item.pk}").status_code == 404
