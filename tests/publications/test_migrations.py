"""A migration that remakes the log's tables drops SQLite's triggers; they are back afterwards."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from cms.publications import triggers
from cms.publications.models import Document, Entry, Permit


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_back_after_a_migration_that_adds_a_required_column() -> None:
    for model in (Entry, Permit, Document):
        field = models.CharField(max_length=5, default="x")
        field.set_attributes_from_name("added_by_a_later_version")
        field.model = model
        with connection.schema_editor() as editor:
            editor.add_field(model, field)
        try:
            if connection.vendor == "sqlite":
                assert triggers.missing(connection) != []
            call_command("migrate", verbosity=0)
            assert triggers.missing(connection) == []
        finally:
            with connection.schema_editor() as editor:
                editor.remove_field(model, field)
            triggers.install(connection)


@pytest.mark.django_db
def test_without_its_triggers_the_log_could_be_changed() -> None:
    """The counter-proof: it is the triggers that refuse, not something else."""
    sql = "UPDATE publications_document SET body = 'forged' WHERE sha256 = 'x'"
    Document.objects.create(sha256="x", schema=1, body="{}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with triggers.removed(connection), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Document.objects.get(pk="x").body == "forged"
