"""Items, documents, permits, the log; and what is derived from it for readers to look up."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .vocabulary import Audience, EntryKind, HandlingClass, Lane, Status


class Item(models.Model):
    """Anything that can be published. What it says stands in the log, what is being written beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    audience = models.CharField(max_length=6, choices=Audience)
    department = models.ForeignKey("organisation.Department", on_delete=models.PROTECT, related_name="items")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Document(models.Model):
    """A composed text, canonical JSON, addressed by its hash. An emptied body was redacted."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    schema = models.PositiveSmallIntegerField()
    body = models.TextField()
    composed_at = models.DateTimeField(auto_now_add=True)


class PinnedFile(models.Model):
    """Bytes of an image or file, addressed by their hash; kept in the storage named `pinned`."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text=_("in bytes"))
    redacted_at = models.DateTimeField(null=True)


class Head(models.Model):
    """The end of the log: one row, locked by whoever writes until their transaction ends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.PositiveIntegerField(default=1)
    seq = models.PositiveBigIntegerField(default=0)
    public_seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_head")]


class Permit(models.Model):
    """The right to write one entry, once. Its grounds can be derived again from the rows of verdicts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField(max_length=12, choices=EntryKind)
    lane = models.CharField(max_length=10, choices=Lane)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    grounds = models.JSONField(help_text=_("`type`, and what the verifier of that type needs"))
    payload = models.JSONField(default=dict, help_text=_("reason, instead, slug, parent, date, keys …"))
    people = models.JSONField(default=list, help_text=_("numbers of the people, in order of their deeds"))
    based_on = models.PositiveBigIntegerField(
        null=True, help_text=_("the item's newest entry when its text was composed")
    )
    not_before = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=300, default="")


class Entry(models.Model):
    """One line of the publication log. Never changed, never deleted; the database refuses it too."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    public_seq = models.PositiveBigIntegerField(null=True, unique=True)
    epoch = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=EntryKind)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="entries")
    audience = models.CharField(max_length=6, choices=Audience)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="entries")
    permit = models.OneToOneField(Permit, on_delete=models.PROTECT, related_name="entry")
    lane = models.CharField(max_length=10, choices=Lane)
    files = models.JSONField(default=list)
    people = models.JSONField(default=list)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["item", "seq"], name="entries_of_an_item")]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="public", public_seq__isnull=False)
                | Q(audience="staff", public_seq__isnull=True),
                name="public_entries_alone_have_a_public_number",
            ),
            models.CheckConstraint(
                condition=~Q(kind="published") | Q(document__isnull=False),
                name="what_is_published_has_a_document",
            ),
        ]

    def __str__(self) -> str:
        return self.cursor

    @property
    def cursor(self) -> str:
        """`epoch-seq`: where a reader stands who has read this entry."""
        return f"{self.epoch}-{self.seq}"


class Current(models.Model):
    """What an item says now, and where it stands. Derived: `recompose` builds it again from the log."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="current")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    text_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status)
    kind = models.CharField(max_length=20)
    audience = models.CharField(max_length=6, choices=Audience)
    department = models.ForeignKey("organisation.Department", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    slug = models.CharField(max_length=255, blank=True)
    parent = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="children_now")
    path = models.CharField(max_length=1000, null=True, unique=True)
    position = models.IntegerField(default=0)
    handling_class = models.CharField(max_length=1, blank=True, choices=HandlingClass)
    language = models.CharField(max_length=10)
    review_on = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True)
    next_effect_on = models.DateField(null=True)
    first_published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text=_("why it was withdrawn"))
    instead = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "status", "title"], name="current_by_kind"),
            models.Index(fields=["parent", "position"], name="current_by_parent"),
            models.Index(
                fields=["next_effect_on"],
                condition=Q(next_effect_on__isnull=False),
                name="current_by_next_effect",
            ),
            models.Index(
                fields=["expires_at"], condition=Q(expires_at__isnull=False), name="current_by_expiry"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Address(models.Model):
    """A path that leads, or once led, to an item."""

    path = models.CharField(max_length=1000, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="addresses")


class Reference(models.Model):
    """An item that now speaks of another: as a whole, or by quoting one of its facts."""

    source = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="refers_to")
    target = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="referred_to_by")
    key = models.UUIDField(null=True)
    role = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["target", "role"], name="references_to")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "role"],
                condition=Q(key__isnull=True),
                name="a_reference_to_an_item_stands_once",
            ),
            models.UniqueConstraint(
                fields=["source", "target", "role", "key"],
                condition=Q(key__isnull=False),
                name="a_reference_to_a_fact_stands_once",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="nothing_quotes_itself"),
        ]


class CurrentFact(models.Model):
    """One fact of what is published now, small and apart, so that quoting it reads no documents."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="facts_now")
    key = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    value = models.JSONField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["item", "position"]
        indexes = [models.Index(fields=["item", "key"], name="facts_by_key")]


class CurrentFile(models.Model):
    """A pinned file that an item holds now: whoever may read the item may have it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="files_now")
    sha256 = models.CharField(max_length=64, db_index=True)


class Cursor(models.Model):
    """How far a named reader of the log has come."""

    name = models.CharField(max_length=60, primary_key=True)
    epoch = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    moved_at = models.DateTimeField(auto_now=True)


class Restoration(models.Model):
    """A backup was restored: the epoch that began then, after which entry, by whom."""

    epoch = models.PositiveIntegerField(primary_key=True)
    after_seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
