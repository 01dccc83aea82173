"""Notices: what everybody should know today, above all else, until it is over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.core.blocks import TEXT_FEATURES
from cms.pages.vocabulary import NoticeLevel
from workflows.panels import ApprovalPanel

from .base import DraftSnippet


class Notice(DraftSnippet):
    """Goes away by itself at the time given."""

    item_kind = "notice"

    title = models.CharField(
        _("in one line"),
        max_length=160,
        help_text=_("What happens, where and when. For example: Town Hall closed on Friday afternoon"),
    )
    level = models.CharField(
        _("how serious"),
        max_length=8,
        choices=NoticeLevel,
        default=NoticeLevel.INFO,
        help_text=_("A warning is for danger, or for people who would come in vain."),
    )
    text = RichTextField(
        _("what it means"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What people should do instead. Two sentences."),
    )
    shown_until = models.DateTimeField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("It disappears then. Leave it empty only when nobody knows yet."),
    )

    panels = [
        ApprovalPanel(),
        FieldPanel("title"),
        FieldPanel("level"),
        FieldPanel("text"),
        FieldPanel("shown_until"),
    ]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
