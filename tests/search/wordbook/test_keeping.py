"""The wordbook is kept until something changes, in one cheap read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from search.wordbook.models import Synonyms
from search.wordbook.queries import wordbook
from tests.search import publishing

from .teaching import bet, in_days, taught


def book() -> Any:
    return wordbook("en", audience="public")


def test_one_read_when_nothing_changed(django_assert_num_queries: Any) -> None:
    taught("bin → container")
    first = book()
    with django_assert_num_queries(1):
        assert book() is first
        assert first.instead


def test_every_change_is_seen_at_once() -> None:
    taught("bin → container")
    assert set(book().instead) == {("bin",)}
    taught("pram → buggy")
    assert set(book().instead) == {("bin",), ("pram",)}
    bet("bins", publishing.service("Bins"))
    assert book().best


def test_the_next_day_is_read_anew() -> None:
    bet("bins", publishing.service("Bins"), last_day=in_days(0))
    assert book().best
    assert not wordbook("en", audience="public", today=in_days(1)).best


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_leaves_no_trace() -> None:
    """A number would come again after a rollback, with other words behind it."""
    taught("bin → container")
    assert set(book().instead) == {("bin",)}
    with transaction.atomic():
        taught("pram → buggy")
        assert set(book().instead) == {("bin",), ("pram",)}
        transaction.set_rollback(True)
    assert set(book().instead) == {("bin",)}
    taught("cot → crib")
    assert set(book().instead) == {("bin",), ("cot",)}
    assert Synonyms.objects.count() == 2
