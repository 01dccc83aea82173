"""Department pages: who answers for what."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.core.blocks import LONG_TEXT_FEATURES
from cms.pages.panels import folded, group
from workflows.panels import ApprovalPanel

from .base import DraftPage, address_panel, comments, name_panel


class DepartmentPage(DraftPage):
    """What a department does, for the public. It is the page of the department that it belongs to."""

    item_kind = "department"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("For example: Looks after parks, trees, playgrounds and cemeteries."),
    )
    intro = RichTextField(
        _("what it does"),
        blank=True,
        features=LONG_TEXT_FEATURES,
        help_text=_("What people come to this department for, in everyday words."),
    )

    content_panels = [
        ApprovalPanel(),
        group(
            _("What is it?"),
            name_panel(_("As the public knows it. For example: Parks and open spaces")),
            FieldPanel("summary"),
            FieldPanel("intro"),
        ),
        folded([address_panel()], _("Address")),
        comments(),
    ]

    class Meta:
        verbose_name = _("department page")
        verbose_name_plural = _("department pages")
