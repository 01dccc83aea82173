"""Rule 8: what the public finds is the same, byte for byte, with and without staff content."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core import clock

from .publishing import article, publish, service

pytestmark = [pytest.mark.usefixtures("the_log"), pytest.mark.urls("tests.search.urls")]

WORDS = ["parking", "parked", "permit", "permits", "bin", "v888/2", "café", "registration", "secret"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
audiences = st.sampled_from(["public", "public", "article", "staff_notice"])
contents = st.lists(st.tuples(audiences, texts, texts), min_size=1, max_size=8)
questions = st.lists(texts | st.sampled_from(["par", "regist", "se", "p"]), min_size=1, max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=contents, asked=questions)
def test_staff_content_changes_no_byte_of_what_the_public_gets(
    client: Client, monkeypatch: pytest.MonkeyPatch, content: list[tuple[str, str, str]], asked: list[str]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))
    monkeypatch.setattr("search.api.time.perf_counter", lambda: 0.0)
    everything = _answers(client, content, asked, staff=True)
    assert everything == _answers(client, content, asked, staff=False)


def _answers(
    client: Client, content: list[tuple[str, str, str]], asked: list[str], *, staff: bool
) -> list[bytes]:
    """What the public gets to see after `content` was published in its order."""
    with transaction.atomic():
        for number, (kind, title, text) in enumerate(content):
            _publish(kind, title, text, UUID(int=number + 1), staff=staff)
        answers = [
            client.get(f"/api/v1/public/{path}", {"q": question}).content
            for question in asked
            for path in ("search", "suggest")
        ]
        transaction.set_rollback(True)
    return answers


def _publish(kind: str, title: str, text: str, pk: UUID, *, staff: bool) -> None:
    more: dict[str, Any] = {"pk": pk, "tags": [text]}
    if kind == "public":
        service(title, text, **more)
    elif staff and kind == "article":
        article(title, text, short_answer=text, code="secret-department", **more)
    elif staff:
        publish("staff_notice", title, body={"text": text, "signed": "Rosa"}, **more)
