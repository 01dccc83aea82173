"""Contact points: a phone line or mailbox that several services name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.pages.fields import KeyField
from cms.pages.panels import group, rows
from workflows.panels import ApprovalPanel

from .base import DraftSnippet
from .facts import Hours


class ContactPoint(DraftSnippet):
    """Changed once, right everywhere."""

    item_kind = "contact_point"
    fact_relations = ("hours",)

    title = models.CharField(
        _("name"), max_length=200, help_text=_("As an agent would say it. For example: Parking line")
    )
    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("For example: Questions about permits, fines and parking meters."),
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True, help_text=_("For example: 01632 960 123"))
    phone_key = KeyField(editable=False)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("For example: parking@example.org"))
    email_key = KeyField(editable=False)

    panels = [
        ApprovalPanel(),
        group(_("What is it?"), FieldPanel("title"), FieldPanel("summary")),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("How to reach it")),
        rows(
            "hours",
            _("Hours"),
            _("Week"),
            _("When somebody answers. One week is usually enough."),
        ),
    ]

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ContactPointHours(Hours):
    contact_point = ParentalKey(ContactPoint, on_delete=models.CASCADE, related_name="hours")

    class Meta(Hours.Meta):
        abstract = False
