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
    shelf = models.TextField(help_text=_("what can be filtered by (documents.Shelf)"))
    title = models.CharField(max_length=300, help_text=_("folded: its place in the alphabet"))
    changed = models.DateField(help_text=_("the day of its newest entry"))

    class Meta:
        abstract = True


class ExactKey(models.Model):
    """A whole title or code by which a document is found before all others."""

    key = models.CharField(max_length=300, db_index=True)

    class Meta:
        abstract = True


class ShownText(models.Model):
    """What snippets are cut from, and the words that the dictionary counts; apart, so that the rows that
    are counted stay small."""

    text = models.TextField()
    words = models.TextField(help_text=_("one a line: the word, and its stem where that differs"))

    class Meta:
        abstract = True


class Word(models.Model):
    """A word of the index, as it is written, with its stem and the number of documents that have it.

    One edit leaves one half of a word as it was: so words that are spelt much like another are found by
    how they begin or end among those of about its length. Codes and numbers have the length 0, since
    they aren't corrected; the row without a word counts the documents.
    """

    form = models.CharField(max_length=64)
    stem = models.CharField(max_length=64)
    documents = models.IntegerField(default=0)
    length = models.PositiveSmallIntegerField(default=0)
    backwards = models.CharField(max_length=64)

    class Meta:
        abstract = True


class PublicDocument(IndexedDocument):
    pass


class PublicKey(ExactKey):
    document = models.ForeignKey(PublicDocument, on_delete=models.CASCADE, related_name="keys")


class PublicText(ShownText):
    document = models.OneToOneField(PublicDocument, primary_key=True, on_delete=models.CASCADE)


class PublicWord(Word):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "stem"], name="a_public_word_stands_once")]
        indexes = [
            models.Index(fields=["stem"], name="public_words_by_stem"),
            models.Index(fields=["length", "form"], name="public_words_forwards"),
            models.Index(fields=["length", "backwards"], name="public_words_backwards"),
        ]


class StaffDocument(IndexedDocument):
    pass


class StaffKey(ExactKey):
    document = models.ForeignKey(StaffDocument, on_delete=models.CASCADE, related_name="keys")


class StaffText(ShownText):
    document = models.OneToOneField(StaffDocument, primary_key=True, on_delete=models.CASCADE)


class StaffWord(Word):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "stem"], name="a_staff_word_stands_once")]
        indexes = [
            models.Index(fields=["stem"], name="staff_words_by_stem"),
            models.Index(fields=["length", "form"], name="staff_words_forwards"),
            models.Index(fields=["length", "backwards"], name="staff_words_backwards"),
        ]


class Tables:
    """The models of one index, and the name of its full text table on SQLite."""

    def __init__(self, document: Any, key: Any, text: Any, word: Any) -> None:
        self.document, self.key, self.text, self.word = document, key, text, word
        self.name: str = document._meta.db_table
        self.full_text = f"{self.name}_fts"


INDEXES: dict[str, Tables] = {
    Audience.PUBLIC: Tables(PublicDocument, PublicKey, PublicText, PublicWord),
    Audience.STAFF: Tables(StaffDocument, StaffKey, StaffText, StaffWord),
}


def indexes_for(audience: str) -> list[str]:
    """The indexes that an item of an audience stands in: staff find public items too."""
    return [Audience.PUBLIC, Audience.STAFF] if audience == Audience.PUBLIC else [Audience.STAFF]
