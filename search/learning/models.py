"""What search learned, in numbers. No row tells who asked, or which questions one person asked, or the time
of day: a question is a number for each day. Only `commands` writes here."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.publications.vocabulary import Audience

from .vocabulary import State


class Learned(models.Model):
    """Of a question, as `cleaning` left it. `key` is what it comes down to (`analysis.key`)."""

    audience = models.CharField(_("asked by"), max_length=6, choices=Audience)
    key = models.CharField(max_length=300, editable=False)

    class Meta:
        abstract = True


class QuestionQuerySet(models.QuerySet):
    def since(self, day: date) -> Self:
        return self.filter(day__gte=day)


class Question(Learned):
    """How often an audience asked something on a day. `empty`: how often nothing was found; `used`: how
    often something of the answer was."""

    text = models.CharField(_("question"), max_length=120)
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "audience", "key"], name="a_question_is_counted_in_one_row_a_day"
            ),
            models.CheckConstraint(
                condition=Q(empty__lte=F("times"), used__lte=F("times")),
                name="a_question_has_no_more_outcomes_than_times",
            ),
        ]


class Use(Learned):
    """How much of an item was used for a question: `strength` at the end of `day`, which fades by itself
    (`rules.faded`), and the points that `day` has added, of which there is a most."""

    item = models.ForeignKey("publications.Item", on_delete=models.CASCADE, related_name="+")
    strength = models.FloatField(default=0)
    day = models.DateField()
    points = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "key", "item"], name="an_item_is_used_for_a_question_in_one_row"
            ),
        ]


class Running(models.Model):
    """A search at the desk that may still go on: the newest question of a window, under a number that the
    window drew. It is counted when another search follows or nothing does for a while, and the row goes.
    """

    window = models.UUIDField(primary_key=True)
    step = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=120)
    key = models.CharField(max_length=300)
    empty = models.BooleanField()
    used = models.JSONField(default=list, help_text=_("what was reported of it already"))
    touched_at = models.DateTimeField(db_index=True)


class GapQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=State.OPEN)


class Gap(Learned):
    """A question that lacks an answer, as a task for a champion, who answers or declines it."""

    text = models.CharField(_("question"), max_length=120)
    times = models.PositiveIntegerField(_("times asked"), help_text=_("in the week before"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(_("a task since"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text=_("the municipality's day of it"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(_("what was done, or why not"), max_length=300, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["-times", "pk"]
        verbose_name = _("question to answer")
        verbose_name_plural = _("questions to answer")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state=State.OPEN), name="a_question_is_one_open_task"
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, closed_at=None, closed_by=None, closed_on=None)
                | (
                    ~Q(state=State.OPEN)
                    & Q(closed_at__isnull=False, closed_by__isnull=False, closed_on__isnull=False)
                ),
                name="a_task_that_ended_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.text
