"""The suite's own ground: a test that commits leaves nothing behind, and takes nothing away."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from wagtail.models import Page

from cms.publications import triggers
from cms.publications.models import Entry
from tests.publications.log_alone import a_few_entries, log_alone


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_each_begins_with_an_empty_log_and_a_root_page(time: str) -> None:
    assert not Entry.objects.exists()
    assert Page.objects.filter(depth=1).exists()
    assert not Page.objects.filter(depth=2).exists()
    assert Permission.objects.filter(content_type=ContentType.objects.get_for_model(Page)).exists()
    with log_alone():
        assert len(a_few_entries()) == 6


@pytest.mark.django_db(transaction=True)
def test_the_log_still_refuses_afterwards() -> None:
    assert triggers.missing(connection) == []
    with log_alone():
        a_few_entries()
    with pytest.raises(DatabaseError, match="Nothing is deleted"), transaction.atomic():
        Entry.objects.all()._raw_delete("default")
