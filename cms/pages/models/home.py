"""The home page: a welcome, and the tasks that most people come for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from cms.pages.panels import group, rows
from workflows.panels import ApprovalPanel

from .base import DraftPage, comments, name_panel


class HomePage(DraftPage):
    """The one page above all others. It is planted, not made by hand."""

    item_kind = "home"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.TopicPage", "pages.LifeEventPage", "pages.DepartmentPage"]
    max_count = 1
    is_creatable = False

    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("What people can do here; search engines show it."),
    )
    welcome = models.CharField(
        _("welcome"),
        max_length=200,
        blank=True,
        help_text=_("One line above the search field. For example: What can we do for you?"),
    )

    content_panels = [
        ApprovalPanel(),
        group(
            _("What is it?"),
            name_panel(_("The municipality's name. For example: Marhaven")),
            FieldPanel("welcome"),
            FieldPanel("summary"),
        ),
        rows(
            "top_tasks",
            _("Top tasks"),
            _("Task"),
            _("The services that most people come for, the most frequent first. Five are enough."),
            max_num=8,
        ),
        comments(),
    ]

    class Meta:
        verbose_name = _("home page")


class TopTask(Orderable):
    """A service that many people come for."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="top_tasks")
    service = models.ForeignKey(
        "pages.ServicePage", on_delete=models.CASCADE, related_name="+", verbose_name=_("service page")
    )

    panels = [PageChooserPanel("service", "pages.ServicePage")]
