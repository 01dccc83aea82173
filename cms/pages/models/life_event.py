"""Life events: what happens in a life, and which services it needs then."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.core.blocks import LONG_TEXT_FEATURES
from cms.pages.panels import folded, group
from workflows.panels import ApprovalPanel

from .base import DraftPage, address_panel, comments, name_panel


class LifeEventPage(DraftPage):
    """Moving house, having a child, losing somebody: services point here."""

    item_kind = "life_event"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("For example: What to arrange before and after you move to another address."),
    )
    intro = RichTextField(
        _("introduction"),
        blank=True,
        features=LONG_TEXT_FEATURES,
        help_text=_("Speak to somebody whose head is full. Two or three sentences."),
    )
    first = RichTextField(
        _("what to do first"),
        blank=True,
        features=LONG_TEXT_FEATURES,
        help_text=_("The two or three things that can't wait, in their order."),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Life events stand by this number, then by name. Usually 0.")
    )

    content_panels = [
        ApprovalPanel(),
        group(
            _("What is it?"),
            name_panel(_("As people say it. For example: Moving house")),
            FieldPanel("summary"),
            FieldPanel("intro"),
            FieldPanel("first"),
        ),
        folded([address_panel(), FieldPanel("position")], _("Address and order")),
        comments(),
    ]

    class Meta:
        verbose_name = _("life event")
        verbose_name_plural = _("life events")
