"""Drafts that lack nothing, saved as their authors would save them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cms.core import clock
from cms.pages import models
from cms.publications.models import Entry, Item
from tests.people import person
from workflows import commands


def topic(home: models.HomePage, by: Any, **fields: Any) -> models.TopicPage:
    return page(
        models.TopicPage,
        home,
        by,
        **{
            "title": "Parks and play",
            "slug": "parks",
            "summary": "Green places.",
            "intro": "<p>Choose.</p>",
            **fields,
        },
    )


def service(topic: models.TopicPage, by: Any, **fields: Any) -> models.ServicePage:
    draft = models.ServicePage(
        **{
            "title": "Barbecue permit",
            "slug": "barbecue-permit",
            "summary": "Have a barbecue in a park.",
            "purpose": "<p>It lets you light a fire.</p>",
            "who_for": "<p>Everybody who lives here.</p>",
            "what_to_bring": "<p>A bucket of water.</p>",
            "steps": [
                {"type": "step", "value": {"title": "Choose a place", "text": "<p>Look at the map.</p>"}},
                {"type": "warning", "value": {"title": "No fire in August", "text": "<p>Too dry.</p>"}},
            ],
            "handling_class": "A",
            "target_groups": ["residents", "families"],
            "review_on": clock.today() + timedelta(days=365),
            **fields,
        }
    )
    draft.fees = [
        models.Fee(label="Permit", amount=Decimal("27.5"), currency="GBP", condition="a day", sort_order=0)
    ]
    draft.processing_times = [
        models.ProcessingTime(label="Decision", amount=3, unit="working_days", sort_order=0)
    ]
    draft.channels = [
        models.Channel(
            kind="online", can_do="transaction", address="https://forms.example.org/fire", sort_order=0
        )
    ]
    return page(draft, topic, by)


def full_service(topic: models.TopicPage, by: Any) -> models.ServicePage:
    """One with something in every field."""
    home = topic.get_parent().specific
    other = service(topic, by, title="Camping permit", slug="camping")
    event = page(models.LifeEventPage, home, by, title="Celebrating", slug="celebrating")
    second = page(models.TopicPage, home, by, title="Fire", slug="fire")
    desk, line = place(by), contact_point(by)
    draft = service(topic, by)
    draft.deadlines = [models.Deadline(label="Asking", when="two days before", condition="", sort_order=0)]
    draft.documents_needed = [models.DocumentNeeded(label="Proof of address", note="a bill", sort_order=0)]
    draft.eligibilities = [models.Eligibility(label="You are an adult", sort_order=0)]
    draft.legal_bases = [
        models.LegalBasis(label="Parks by-law", url="https://law.example.org/1", sort_order=0)
    ]
    draft.channels = [
        models.Channel(kind="desk", can_do="transaction", place=desk, sort_order=0),
        models.Channel(kind="phone", can_do="information", label="Ask", contact_point=line, sort_order=1),
    ]
    draft.tasks = [
        models.TaskLink(
            kind="apply", label="Apply", url="https://forms.example.org/", state="working", sort_order=0
        )
    ]
    draft.related = [models.RelatedService(service=other, sort_order=0)]
    draft.downloads = [models.Download(title="Map", document=file(), sort_order=0)]
    draft.standard_codes = [
        models.StandardCode(list="lgsl", code="461", name="Parks", uri="urn:461", sort_order=0)
    ]
    draft.life_events = [event]
    draft.further_topics = [second]
    draft.tags.add("bbq", "grill")
    draft.save_revision(user=by)
    return models.ServicePage.objects.get(pk=draft.pk)


def place(by: Any, **fields: Any) -> models.Place:
    draft = models.Place(
        **{
            "title": "Town Hall",
            "slug": "town-hall",
            "summary": "All questions in person.",
            "street": "1 Market Square",
            "postcode": "MH1 1AA",
            "town": "Marhaven",
            "phone": "01632 960 100",
            "email": "hall@marhaven.example",
            "getting_there": "<p>Bus 7.</p>",
            "accessibility": "<p>A ramp.</p>",
            **fields,
        }
    )
    week = [{"weekday": day, "opens": "09:00", "closes": "17:00"} for day in range(1, 6)]
    draft.hours = [models.PlaceHours(label="Opening hours", days=week, note="", sort_order=0)]
    draft.closures = [
        models.PlaceClosure(
            label="Christmas", valid_from=date(2026, 12, 25), valid_to=date(2026, 12, 26), sort_order=0
        )
    ]
    return snippet(draft, by)


def contact_point(by: Any, **fields: Any) -> models.ContactPoint:
    draft = models.ContactPoint(
        **{"title": "Parks line", "phone": "01632 960 123", "summary": "Parks.", **fields}
    )
    draft.hours = [
        models.ContactPointHours(
            label="Phone hours", days=[{"weekday": 1, "opens": "09:00", "closes": "12:00"}], sort_order=0
        )
    ]
    return snippet(draft, by)


def notice(by: Any, **fields: Any) -> models.Notice:
    return snippet(
        models.Notice(
            **{
                "title": "Fire ban",
                "text": "<p>No fires.</p>",
                "level": "warning",
                "shown_until": clock.now() + timedelta(days=2),
                **fields,
            }
        ),
        by,
    )


def page(kind: Any, parent: Any, by: Any, **fields: Any) -> Any:
    draft = kind(**fields) if isinstance(kind, type) else kind
    draft.owner = by
    draft.begin(by)
    parent.add_child(instance=draft)
    draft.save_revision(user=by)
    return type(draft).objects.get(pk=draft.pk)


def snippet(draft: Any, by: Any) -> Any:
    draft.begin(by)
    draft.save()
    draft.save_revision(user=by)
    return type(draft).objects.get(pk=draft.pk)


def file(text: bytes = b"%PDF-1.4 a map") -> Document:
    return Document.objects.create(title="Map of fire places", file=ContentFile(text, name="map.pdf"))


def photo() -> Image:
    data = io.BytesIO()
    Picture.new("RGB", (40, 30), "green").save(data, "PNG")
    return Image.objects.create(
        title="Entrance", file=ContentFile(data.getvalue(), name="entrance.png"), width=40, height=30
    )


def publish(*items: Item) -> Entry:
    """Three people let it go live."""
    department = items[0].department.code
    submission = commands.submit(items, by=person(f"author.{department}"))
    commands.approve(submission, by=person(f"editor.{department}"), seen=submission.sha)
    commands.approve(submission, by=person("webmaster"), seen=submission.sha)
    return Entry.objects.filter(item=items[-1]).latest("seq")


def people() -> None:
    """Everybody whom publishing takes."""
    for name in ("author.parks", "editor.parks", "webmaster"):
        person(name)
