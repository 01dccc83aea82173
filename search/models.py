"""The rows beside the full text: two indexes that share nothing, so that staff content can't weigh in
what the public finds. The full text itself is the engine's (see `migrations`)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.publications.vocabulary import Audience


class IndexedDocument(models.Model):
    """One published item in an index: where it stands among the filters."""

    item = models.UUIDField(unique=True)
    shelf = models.TextField(help_text=_("type|department|handling class|life events"))
    title = models.CharField(max_length=300, help_text=_("folded: its place in the alphabet"))

    class Meta:
        abstract = True


class ExactKey(models.Model):
    """A whole title or code by which a document is found before all others."""

    key = models.CharField(max_length=300, db_index=True)

    class Meta:
        abstract = True


class ShownText(models.Model):
    """What snippets are cut from; apart, so that the rows that are counted stay small."""

    text = models.TextField()

    class Meta:
        abstract = True


class WordForm(models.Model):
    """A word of the index whose stem differs from it; what is typed may be longer than a stem."""

    form = models.CharField(max_length=64, db_index=True)
    stem = models.CharField(max_length=64)

    class Meta:
        abstract = True


class PublicDocument(IndexedDocument):
    pass


class PublicKey(ExactKey):
    document = models.ForeignKey(PublicDocument, on_delete=models.CASCADE, related_name="keys")


class PublicText(ShownText):
    document = models.OneToOneField(PublicDocument, primary_key=True, on_delete=models.CASCADE)


class PublicForm(WordForm):
    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "stem"], name="a_public_word_form_stands_once")
        ]


class StaffDocument(IndexedDocument):
    pass


class StaffKey(ExactKey):
    document = models.ForeignKey(StaffDocument, on_delete=models.CASCADE, related_name="keys")


class StaffText(ShownText):
    document = models.OneToOneField(StaffDocument, primary_key=True, on_delete=models.CASCADE)


class StaffForm(WordForm):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "stem"], name="a_staff_word_form_stands_once")]


class Tables:
    """The models of one index, and the name of its full text table on SQLite."""

    def __init__(self, document: Any, key: Any, text: Any, form: Any) -> None:
        self.document, self.key, self.text, self.form = document, key, text, form
        self.name: str = document._meta.db_table
        self.full_text = f"{self.name}_fts"


INDEXES: dict[str, Tables] = {
    Audience.PUBLIC: Tables(PublicDocument, PublicKey, PublicText, PublicForm),
    Audience.STAFF: Tables(StaffDocument, StaffKey, StaffText, StaffForm),
}


def indexes_for(audience: str) -> list[str]:
    """The indexes that an item of an audience stands in: staff find public items too."""
    return [Audience.PUBLIC, Audience.STAFF] if audience == Audience.PUBLIC else [Audience.STAFF]
