"""What each entry means to the people who answer, and who has heard of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.publications.models import Entry, Item
from cms.publications.vocabulary import Audience, EntryKind, Lane


class Update(models.Model):
    """What an entry means to a reader. Derived: `recompose` writes it again from the log."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="update")
    epoch = models.PositiveIntegerField()
    audience = models.CharField(max_length=6, choices=Audience)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=12, choices=EntryKind)
    lane = models.CharField(max_length=10, choices=Lane)
    is_first = models.BooleanField(help_text="readers got nothing of the item before")
    title = models.CharField(max_length=255)
    changes = models.JSONField(help_text="`facts` and `texts`, as `publications.differences` gives them")
    quoted_by = models.JSONField(
        help_text="what is published and speaks of it: id, type, title, audience, keys"
    )
    reason = models.TextField(blank=True)
    instead = models.JSONField(null=True, help_text="id and title of where to go for a withdrawn item")
    at = models.DateTimeField()

    class Meta:
        ordering = ["entry"]
        indexes = [models.Index(fields=["item", "entry"], name="updates_of_an_item")]

    def __str__(self) -> str:
        return f"{self.cursor} {self.title}"

    @property
    def seq(self) -> int:
        return self.entry_id

    @property
    def cursor(self) -> str:
        """`epoch-seq`, the name of its entry."""
        return f"{self.epoch}-{self.entry_id}"


class Receipt(models.Model):
    """A person has seen, or acknowledged, what an entry told them. It outlives every rebuilding."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="receipts")
    seen_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="a_person_has_one_receipt_of_an_entry"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=models.F("seen_at")),
                name="what_is_acknowledged_was_seen",
            ),
        ]
        indexes = [models.Index(fields=["person", "acknowledged_at"], name="receipts_of_a_person")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.person_id}"
