"""What pages show beside their own document: lists of what is published for the public now."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from cms.core import clock
from cms.publications import facts
from cms.publications.models import Current, CurrentFact, Entry
from cms.publications.queries import listing, read, referring_to
from cms.publications.readings import Reading
from cms.publications.vocabulary import Audience, EntryKind, Lane, Status

from .opening import Opening, opening

PUBLIC = Audience.PUBLIC


@dataclass(frozen=True)
class Card:
    """A published item in a list."""

    id: str
    kind: str
    title: str
    summary: str
    path: str


@dataclass(frozen=True)
class PlaceCard:
    """A place in a list, with what one asks first: where it is, and whether it is open."""

    card: Card
    address: str
    opening: Opening | None


@dataclass(frozen=True)
class Deed:
    """An entry of the log in a few words, for “Last changed on …”."""

    kind: str
    lane: str
    at: datetime
    keys: tuple[str, ...]


def cards(rows: QuerySet[Current]) -> list[Card]:
    """Rows that have an address, as cards; reads no documents."""
    fields = ("item_id", "kind", "title", "summary", "path")
    return [
        Card(str(pk), kind, title, summary, path)
        for pk, kind, title, summary, path in rows.exclude(path=None).values_list(*fields)
    ]


def of_kind(*kinds: str) -> list[Card]:
    return cards(listing(PUBLIC, kinds=kinds))


def services_of_topic(topic_id: str) -> list[Card]:
    """The services beneath a topic, and those that name it as one of theirs."""
    named = Q(item__refers_to__target_id=topic_id, item__refers_to__role="topics")
    rows = listing(PUBLIC, kinds=["service"]).filter(Q(parent_id=topic_id) | named).distinct()
    return cards(rows)


def topics_beneath(topic_id: str) -> list[Card]:
    return cards(listing(PUBLIC, kinds=["topic"], parent=topic_id))


def services_of_life_event(event_id: str) -> list[Card]:
    return cards(listing(PUBLIC, kinds=["service"], refers_to=event_id, role="life_events"))


def services_of_department(code: str) -> list[Card]:
    return cards(listing(PUBLIC, kinds=["service"], department=code))


def services_at_place(place_id: str) -> list[Card]:
    return cards(referring_to(place_id, PUBLIC).filter(kind="service"))


def places(now: datetime) -> list[PlaceCard]:
    """Every place, with its address and how it stands now."""
    found = of_kind("place")
    values: dict[str, list[dict[str, Any]]] = {}
    rows = CurrentFact.objects.filter(item_id__in=[card.id for card in found])
    for item_id, value in rows.values_list("item_id", "value"):
        values.setdefault(str(item_id), []).append(value)
    return [
        PlaceCard(
            card, address_of(values.get(card.id, []), clock.today(now)), opening(values.get(card.id, []), now)
        )
        for card in found
    ]


def address_of(item_facts: Iterable[dict[str, Any]], on: date) -> str:
    held = facts.in_effect([f for f in item_facts if f["kind"] == "address"], on)
    return facts.value_text(held[0]) if held else ""


def notices(now: datetime) -> list[Reading]:
    """What everybody should know now, warnings first; one that has run out is not shown a minute longer."""
    rows = listing(PUBLIC, kinds=["notice"]).filter(Q(expires_at=None) | Q(expires_at__gt=now))
    readings = [read(pk, PUBLIC) for pk in rows.values_list("item_id", flat=True)]
    found = [reading for reading in readings if reading is not None]
    return sorted(found, key=lambda reading: reading.body.get("level") != "warning")


def letters(found: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Cards by their first letter; accents are ignored, digits and signs stand under `#`."""

    def letter(card: Card) -> str:
        first = unicodedata.normalize("NFKD", card.title.strip()[:1]).upper()[:1]
        return first if first.isalpha() else "#"

    ordered = sorted(found, key=lambda card: (letter(card), card.title.casefold()))
    return [(name, list(group)) for name, group in groupby(ordered, key=letter)]


def deeds(item_id: str) -> list[Deed]:
    """The newest entries of a public item, newest first."""
    rows = Entry.objects.filter(item_id=item_id, audience=PUBLIC).order_by("-seq")
    return [
        Deed(kind, lane, at, tuple(payload.get("keys", ())))
        for kind, lane, at, payload in rows.values_list("kind", "lane", "at", "payload")[:20]
    ]


def checked_on(found: Iterable[Deed]) -> datetime | None:
    """When three people last looked at the text; an urgent text has not been looked at yet."""
    newest = next((deed for deed in found if deed.kind == EntryKind.PUBLISHED), None)
    return newest.at if newest and newest.lane == Lane.REVIEWED else None


def changed(found: Iterable[Deed]) -> Deed | None:
    """The newest entry after which the page says something else."""
    telling = (EntryKind.PUBLISHED, EntryKind.TOOK_EFFECT)
    return next((deed for deed in found if deed.kind in telling), None)


def recent_entries(limit: int = 50) -> list[tuple[Entry, Current]]:
    """The newest public entries with how their items stand now, newest first; redacted texts are left out."""
    rows = Entry.objects.filter(audience=PUBLIC).exclude(kind=EntryKind.REDACTED).order_by("-seq")
    entries = list(rows.only("seq", "public_seq", "epoch", "kind", "item_id", "at", "payload")[:limit])
    ids = {entry.item_id for entry in entries}
    now = {
        row.pk: row
        for row in Current.objects.filter(pk__in=ids, audience=PUBLIC)
        .exclude(document__body="")
        .only("item_id", "title", "summary", "path", "status", "kind")
    }
    return [(entry, now[entry.item_id]) for entry in entries if entry.item_id in now]


def addresses() -> list[tuple[str, datetime]]:
    """Every address of the public site with the time of its last change."""
    rows = listing(PUBLIC).filter(status=Status.PUBLISHED).exclude(path=None).order_by("path")
    return [(str(path), updated) for path, updated in rows.values_list("path", "updated_at")]
