"""Topics: how services are sorted for people who look around."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.core.blocks import LONG_TEXT_FEATURES
from cms.pages.panels import folded, group
from workflows.panels import ApprovalPanel

from .base import DraftPage, address_panel, comments, name_panel


class TopicPage(DraftPage):
    """Services that belong together, as people see it."""

    item_kind = "topic"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ServicePage"]

    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("For example: Permits, fines and where to leave your car or bicycle."),
    )
    intro = RichTextField(
        _("introduction"),
        blank=True,
        features=LONG_TEXT_FEATURES,
        help_text=_("Only what helps people choose between the services below."),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Topics stand by this number, then by name. Usually 0.")
    )

    content_panels = [
        ApprovalPanel(),
        group(
            _("What is it?"),
            name_panel(_("One or two words. For example: Parking and roads")),
            FieldPanel("summary"),
            FieldPanel("intro"),
        ),
        folded([address_panel(), FieldPanel("position")], _("Address and order")),
        comments(),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
