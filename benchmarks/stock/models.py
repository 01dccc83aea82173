"""A service page as a Wagtail site would have it: rich text, a stream of blocks, child rows, a related page."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.blocks import CharBlock, PageChooserBlock, RichTextBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index


class PlacePage(Page):
    street = models.CharField(max_length=100)
    postcode = models.CharField(max_length=20)
    town = models.CharField(max_length=100)
    hours = StreamField(
        [("day", StructBlock([("name", CharBlock()), ("opens", CharBlock()), ("closes", CharBlock())]))]
    )


class ServicePage(Page):
    summary = models.TextField()
    purpose = RichTextField()
    who_for = RichTextField()
    what_to_bring = RichTextField()
    steps = StreamField([("step", StructBlock([("title", CharBlock()), ("text", RichTextBlock())]))])
    channels = StreamField(
        [("channel", StructBlock([("kind", CharBlock()), ("label", CharBlock()), ("address", CharBlock())]))]
    )
    related = StreamField([("page", PageChooserBlock()), ("link", URLBlock())], blank=True)
    processing_time = models.CharField(max_length=100)
    deadline = models.CharField(max_length=100)
    place = models.ForeignKey(PlacePage, null=True, on_delete=models.PROTECT, related_name="+")

    api_fields = [
        APIField(name)
        for name in (
            "summary",
            "purpose",
            "who_for",
            "what_to_bring",
            "steps",
            "channels",
            "related",
            "processing_time",
            "deadline",
            "place",
            "fees",
        )
    ]


class Fee(Orderable):
    page = ParentalKey(ServicePage, related_name="fees", on_delete=models.CASCADE)
    label = models.CharField(max_length=100)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    condition = models.CharField(max_length=100)

    api_fields = [APIField("label"), APIField("amount"), APIField("condition")]


class Text(index.Indexed, models.Model):
    """What is searched: a title and a body, without the joins that pages would cost."""

    title = models.CharField(max_length=255)
    body = models.TextField()

    search_fields = [index.SearchField("title", boost=2), index.SearchField("body")]
