"""Who wrote what, what waits for whose approval, who decided, and which reviews are still owed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.publications.models import Document, Entry, Item
from cms.publications.vocabulary import EntryKind, Lane

from .vocabulary import Decision, Deed, Outcome, Stage, State

PERSON = settings.AUTH_USER_MODEL


class Writing(models.Model):
    """A person saved a text of an item. Kept in our own rows, whatever becomes of the revision."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="writings")
    person = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    revision = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]


class Submission(models.Model):
    """A request to publish one document, or a bundle; or to withdraw an item."""

    deed = models.CharField(max_length=8, choices=Deed, default=Deed.PUBLISH)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="submissions")
    department = models.ForeignKey(
        "organisation.Department", on_delete=models.PROTECT, related_name="submissions"
    )
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DEPARTMENT)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    sha = models.CharField(max_length=64, help_text=_("of all its documents: what reviewers have seen"))
    note = models.TextField(_("note to the reviewers"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    instead = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    writers: models.ManyToManyField[Any, Any] = models.ManyToManyField(PERSON, related_name="+")
    previous = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="composed_again_as"
    )
    submitted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["submitted_at"]
        verbose_name = _("submission")

    def __str__(self) -> str:
        return f"{self.get_deed_display()} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def withdrawal(self) -> dict[str, str | None]:
        """What readers are told when its item is withdrawn."""
        return {"reason": self.reason, "instead": str(self.instead_id) if self.instead_id else None}


class SubmissionDocument(models.Model):
    """One document of a submission, and what it reserves until the submission ends."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="documents")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="submission_documents")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    revision = models.CharField(max_length=40, blank=True)
    based_on = models.PositiveBigIntegerField(null=True)
    last_writing = models.PositiveBigIntegerField(default=0)
    path = models.CharField(max_length=1000, null=True)
    open = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(open=True), name="an_item_waits_in_one_submission"
            ),
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(open=True, path__isnull=False),
                name="a_submission_reserves_its_address",
            ),
        ]


class Verdict(models.Model):
    """What one person decided at one stage, and which text they had seen."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="verdicts")
    stage = models.CharField(max_length=10, choices=Stage)
    decision = models.CharField(max_length=10, choices=Decision)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    seen = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "stage"], name="a_stage_is_decided_once"),
            models.UniqueConstraint(fields=["submission", "by"], name="nobody_acts_at_two_stages"),
        ]


class DirectDeed(models.Model):
    """What a champion or a webmaster did alone, with the reason: the grounds of its permit."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="direct_deeds")
    kind = models.CharField(max_length=12, choices=EntryKind)
    lane = models.CharField(max_length=10, choices=Lane)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_direct_deed_has_a_reason"),
        ]


class Redaction(models.Model):
    """One person asks, with the legal ground, that a text be emptied; another confirms."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="redaction")
    ground = models.TextField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("asked_by")),
                name="a_redaction_takes_two_people",
            )
        ]


class Debt(models.Model):
    """A review still owed for an entry that went live without it."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="debt")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="debts")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    chased_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=models.F("by")),
                name="a_debt_is_ended_by_somebody_else",
            )
        ]
