"""What editors taught the search. Settings rather than items: no log of publications keeps them, but the
audit trail keeps every value that they had. Only `commands.py` writes here."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .rules import Rule, said
from .vocabulary import BetKind, Direction


class TaughtQuerySet(models.QuerySet):
    def in_language(self, language: str) -> Self:
        return self.filter(language=language)

    def due_for_review(self, today: date) -> Self:
        return self.filter(review_on__lte=today)


class Taught(models.Model):
    """One thing that somebody taught the search, for one language (`languages.family`)."""

    language = models.CharField(_("language"), max_length=10)
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("Why it is needed, for whoever looks at it next. For example: “Callers say it so.”"),
    )
    taught_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taught by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who last decided on it; nobody: a file was imported."),
    )
    taught_at = models.DateTimeField(_("taught"))

    class Meta:
        abstract = True


class Synonyms(Taught):
    """Words that stand for others when people search."""

    direction = models.CharField(_("direction"), max_length=9, choices=Direction, default=Direction.ONE_WAY)
    words = models.TextField(_("what people type"), help_text=_("Phrases with commas between."))
    means = models.TextField(_("what is looked for as well"), blank=True)
    digest = models.CharField(max_length=64, editable=False, help_text=_("of the rule, however ordered"))
    review_on = models.DateField(_("review date"), db_index=True)

    objects = TaughtQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "pk"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.BOTH_WAYS, means="")
                | (Q(direction=Direction.ONE_WAY) & ~Q(means="")),
                name="synonyms_of_one_way_lead_to_other_words",
            ),
            models.UniqueConstraint(fields=["digest"], name="synonyms_are_taught_once"),
        ]

    def __str__(self) -> str:
        return said(self.rule)

    @property
    def rule(self) -> Rule:
        return Rule(
            language=self.language,
            words=tuple(self.words.split(", ")),
            means=tuple(self.means.split(", ")) if self.means else (),
            both_ways=self.direction == Direction.BOTH_WAYS,
        )


class BetQuerySet(TaughtQuerySet):
    def running(self, today: date) -> Self:
        return self.filter(last_day__gte=today)

    def over(self, today: date) -> Self:
        return self.filter(last_day__lt=today)

    def ending(self, today: date, until: date) -> Self:
        """Running, and over after `until` at the latest."""
        return self.filter(last_day__range=(today, until))


class Bet(Taught):
    """An item that comes first for a question (best), or never (worst), until its last day."""

    kind = models.CharField(_("kind"), max_length=5, choices=BetKind, default=BetKind.BEST)
    query = models.CharField(_("what people type"), max_length=200)
    key = models.CharField(max_length=300, editable=False, help_text=_("the question, analysed"))
    item = models.ForeignKey(
        "publications.Item", verbose_name=_("item"), on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    last_day = models.DateField(_("last day"), db_index=True)

    objects = BetQuerySet.as_manager()

    class Meta:
        ordering = ["last_day", "pk"]
        verbose_name = _("bet")
        verbose_name_plural = _("best and worst bets")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "key", "item"], name="an_item_is_a_bet_for_a_question_once"
            )
        ]

    def __str__(self) -> str:
        """With a “not” for a worst bet, lest it reads as the opposite of what it does."""
        if self.kind == BetKind.WORST:
            return gettext("%(query)s → not %(title)s") % {"query": self.query, "title": self.title}
        return f"{self.query} → {self.title}"

    @property
    def title(self) -> str:
        """The item's title as it stands now."""
        current = getattr(self.item, "current", None)
        return current.title if current else str(self.item)


class StopPhrase(Taught):
    """What is never suggested to anybody who types."""

    phrase = models.CharField(_("phrase"), max_length=200)
    key = models.CharField(max_length=300, editable=False, help_text=_("the phrase, analysed"))
    review_on = models.DateField(_("review date"), db_index=True)

    objects = TaughtQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "pk"]
        verbose_name = _("stop phrase")
        verbose_name_plural = _("stop phrases")
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="a_phrase_is_stopped_once")]

    def __str__(self) -> str:
        return self.phrase


class Edition(models.Model):
    """One row: a stamp that is new after every change, so that a process knows when to read again.
    Not a number: one that a rollback took back would come again with other contents."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_edition")]
