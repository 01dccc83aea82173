"""Service pages: one municipal service, structured as catalogues describe it."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from cms.core.blocks import LONG_TEXT_FEATURES, Step, Warning
from cms.pages.fields import SeveralChoicesField, WebAddressField
from cms.pages.panels import folded, rows
from cms.pages.vocabulary import CanDo, ChannelKind, TargetGroup, TaskKind, TaskState
from cms.publications.vocabulary import HandlingClass
from workflows.panels import ApprovalPanel

from .base import DraftPage, address_panel, comments, name_panel


class ServiceTag(TaggedItemBase):
    content_object = ParentalKey("pages.ServicePage", on_delete=models.CASCADE, related_name="tagged_items")


class ServicePage(DraftPage):
    """What it is, who it is for, what it costs and needs, how to do it, who answers."""

    item_kind = "service"
    parent_page_types = ["pages.TopicPage"]
    subpage_types: list[str] = []
    fact_relations = (
        "fees",
        "processing_times",
        "deadlines",
        "documents_needed",
        "eligibilities",
        "legal_bases",
    )

    summary = models.CharField(
        _("everyday summary"),
        max_length=300,
        blank=True,
        help_text=_(
            "One sentence that a neighbour would understand. For example: Park near your home for a "
            "whole year."
        ),
    )
    purpose = RichTextField(
        _("what it is for"),
        blank=True,
        features=LONG_TEXT_FEATURES,
        help_text=_(
            "What people have when it is done. For example: The permit lets you park in your zone at "
            "any time."
        ),
    )
    who_for = RichTextField(
        _("who can use it"),
        blank=True,
        features=LONG_TEXT_FEATURES,
        help_text=_("In words. Conditions that must be met stand below, one by one."),
    )
    target_groups = SeveralChoicesField(
        _("target groups"),
        options=TargetGroup.choices,
        help_text=_("Who would look for it. Tick all that fit."),
    )
    what_to_bring = RichTextField(
        _("what to bring"),
        blank=True,
        features=LONG_TEXT_FEATURES,
        help_text=_(
            "What to have at hand beside the documents above. For example: Your registration number."
        ),
    )
    steps = StreamField(
        [("step", Step()), ("warning", Warning())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("In the order in which people do it. Put a warning where people go wrong."),
    )
    handling_class = models.CharField(
        _("who answers"),
        max_length=1,
        blank=True,
        choices=HandlingClass,
        help_text=_("Who in the contact centre may answer. For example: A, when all of it stands here."),
    )
    life_events = ParentalManyToManyField(
        "pages.LifeEventPage",
        verbose_name=_("life events"),
        blank=True,
        related_name="+",
        help_text=_("When do people need this? Tick none when it is no event. For example: Moving house"),
    )
    further_topics = ParentalManyToManyField(
        "pages.TopicPage",
        verbose_name=_("further topics"),
        blank=True,
        related_name="+",
        help_text=_("Where else people look for it, beside the topic that it stands in."),
    )
    tags = ClusterTaggableManager(
        through=ServiceTag,
        verbose_name=_("tags"),
        blank=True,
        help_text=_(
            "Other words that people use for it, with commas between them. For example: resident "
            "bay, car sticker"
        ),
    )
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("When somebody has to read it again. For most pages, a year from now."),
    )

    content_panels = [
        ApprovalPanel(),
        MultiFieldPanel(
            [
                name_panel(_("As people call it. For example: Resident's parking permit")),
                FieldPanel("summary"),
                FieldPanel("purpose"),
            ],
            heading=_("What is it?"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("who_for"),
                rows(
                    "eligibilities",
                    _("Conditions"),
                    _("Condition"),
                    _("What must be true for somebody to get it. One condition in each row."),
                ),
                FieldPanel("target_groups"),
            ],
            heading=_("Who is it for?"),
        ),
        MultiFieldPanel(
            [
                rows("fees", _("Fees"), _("Fee"), _("Each thing that costs something, also what is free.")),
                rows(
                    "processing_times",
                    _("How long it takes"),
                    _("Processing time"),
                    _("How long people wait after they have done their part."),
                ),
                rows("deadlines", _("Deadlines"), _("Deadline"), _("By when people have to act.")),
                rows(
                    "documents_needed",
                    _("Documents needed"),
                    _("Document"),
                    _("What people have to show or send in."),
                ),
                FieldPanel("what_to_bring"),
            ],
            heading=_("What does it cost and need?"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("steps"),
                rows(
                    "tasks",
                    _("Forms and other places to do it"),
                    _("Link"),
                    _(
                        "Where people apply, pay, report or book. The first that works becomes the large "
                        "button."
                    ),
                ),
                rows(
                    "channels",
                    _("Channels"),
                    _("Channel"),
                    _("Every way to reach you about this, the best one first."),
                ),
            ],
            heading=_("How is it done?"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("handling_class"), FieldPanel("review_on")])],
            heading=_("Who answers, and when is it checked?"),
        ),
        folded(
            [
                FieldPanel("life_events", widget=forms.CheckboxSelectMultiple),
                FieldPanel("further_topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("tags"),
                rows("related", _("Related services"), _("Service"), _("What people often need with it.")),
            ],
            _("Where people find it"),
        ),
        folded(
            [
                rows("downloads", _("Files"), _("File"), _("Forms on paper, maps. A web form is better.")),
                rows("legal_bases", _("Legal basis"), _("Law"), _("What it rests on.")),
                rows(
                    "standard_codes",
                    _("Standard codes"),
                    _("Code"),
                    _("How service lists call it. A page begun from a list has its code already."),
                ),
            ],
            _("Files, law and codes"),
        ),
        folded([address_panel()], _("Address of the page")),
        comments(),
    ]

    class Meta:
        verbose_name = _("service page")
        verbose_name_plural = _("service pages")


class Channel(Orderable):
    """A way to reach the municipality about this service."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("way"), max_length=8, choices=ChannelKind)
    can_do = models.CharField(
        _("what people can do there"), max_length=12, choices=CanDo, default=CanDo.TRANSACTION
    )
    label = models.CharField(
        _("name"),
        max_length=160,
        blank=True,
        help_text=_("For example: Parking desk. Leave it empty to use the name of the place."),
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_(
            "A web address, number, e-mail or postal address. Leave it empty when it stands with "
            "the place or contact point."
        ),
    )
    place = models.ForeignKey(
        "pages.Place",
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For desks. Address and hours come from there."),
    )
    contact_point = models.ForeignKey(
        "pages.ContactPoint",
        verbose_name=_("contact point"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For phones and mailboxes. Number and hours come from there."),
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("can_do")]),
        FieldPanel("label"),
        FieldPanel("place"),
        FieldPanel("contact_point"),
        FieldPanel("address"),
    ]


class TaskLink(Orderable):
    """Where people can do something at once."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(_("to do what"), max_length=8, choices=TaskKind, default=TaskKind.APPLY)
    label = models.CharField(
        _("words on the button"), max_length=80, help_text=_("For example: Apply for a permit")
    )
    url = WebAddressField(_("web address"), help_text=_("For example: https://forms.example.org/permit"))
    state = models.CharField(_("state"), max_length=12, choices=TaskState, default=TaskState.WORKING)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("state")]),
        FieldPanel("label"),
        FieldPanel("url"),
    ]


class RelatedService(Orderable):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="related")
    service = models.ForeignKey(
        ServicePage, verbose_name=_("service page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("service", "pages.ServicePage")]


class Download(Orderable):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="downloads")
    title = models.CharField(
        _("name"),
        max_length=160,
        blank=True,
        help_text=_("For example: Application form on paper. Leave it empty to use the file's title."),
    )
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("file"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("document"), FieldPanel("title")]


class StandardCode(Orderable):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="standard_codes")
    list = models.CharField(_("list"), max_length=40, help_text=_("For example: lgsl"))
    code = models.CharField(_("code"), max_length=200, help_text=_("For example: 1152"))
    name = models.CharField(_("name"), max_length=300, blank=True)
    uri = models.CharField(_("address"), max_length=500, blank=True)

    panels = [FieldRowPanel([FieldPanel("list"), FieldPanel("code")]), FieldPanel("name"), FieldPanel("uri")]
