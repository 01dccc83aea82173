"""Places: buildings and desks, with their hours. Services name them; their hours are shown from here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from cms.core.blocks import TEXT_FEATURES
from cms.pages.fields import KeyField
from cms.pages.panels import folded, group, rows
from workflows.panels import ApprovalPanel

from .base import ADDRESS_HELP, DraftSnippet, name_panel
from .facts import Closure, Hours


class Place(DraftSnippet):
    """Where people go. Its hours are right everywhere once they are right here."""

    item_kind = "place"
    fact_relations = ("hours", "closures")

    title = models.CharField(_("name"), max_length=200, help_text=_("For example: Town Hall"))
    slug = models.SlugField(_("address of its page"), max_length=200, blank=True, help_text=ADDRESS_HELP)
    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("What people do here. For example: Passports, permits and all questions in person."),
    )
    street = models.CharField(
        _("street and number"), max_length=160, blank=True, help_text=_("For example: 1 Market Square")
    )
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    address_key = KeyField(editable=False)
    phone = models.CharField(_("phone"), max_length=40, blank=True, help_text=_("For example: 01632 960 100"))
    phone_key = KeyField(editable=False)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("For example: townhall@example.org"))
    email_key = KeyField(editable=False)
    getting_there = RichTextField(
        _("getting there"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Bus lines, bicycle stands, where to park."),
    )
    accessibility = RichTextField(
        _("accessibility"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Steps, lifts, toilets, hearing loops: what is there, and what is not."),
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The entrance, so that people recognise it."),
    )
    photo_alt = models.CharField(
        _("what the photo shows"),
        max_length=200,
        blank=True,
        help_text=_("For people who can't see it. For example: The entrance, with a ramp on the left"),
    )

    panels = [
        ApprovalPanel(),
        group(
            _("What is it?"),
            name_panel(_("For example: Town Hall")),
            FieldPanel("summary"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ],
            heading=_("Where it is, how to reach it"),
        ),
        rows("hours", _("Opening hours"), _("Week"), _("One week is usually enough.")),
        rows(
            "closures",
            _("Closed on"),
            _("Closure"),
            _("Holidays and works: the first and the last day, both closed."),
        ),
        FieldPanel("getting_there"),
        FieldPanel("accessibility"),
        folded([FieldPanel("photo"), FieldPanel("photo_alt")], _("Photo")),
        folded([FieldPanel("slug")], _("Address of its page")),
    ]

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class PlaceHours(Hours):
    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="hours")

    class Meta(Hours.Meta):
        abstract = False


class PlaceClosure(Closure):
    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="closures")

    class Meta(Closure.Meta):
        abstract = False
