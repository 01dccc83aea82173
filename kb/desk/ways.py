"""How a service is had: its steps, and its channels with what is open there today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.publications import facts
from cms.publications.readings import Reading
from search.telling import hours_today

from .addresses import Kept
from .links import Link, link_to, linked


@dataclass(frozen=True)
class Step:
    title: str
    html: SafeString
    is_warning: bool


@dataclass(frozen=True)
class Channel:
    """A way to the service, with what is open there today."""

    kind: str
    can_do: str
    label: str
    address: str
    where: Link | None
    today: str
    phones: tuple[str, ...] = ()


def steps(reading: Reading, kept: Kept) -> Iterable[Step]:
    for step in reading.body.get("steps", ()):
        yield Step(step["title"], linked(step["text"], reading, kept), step["type"] == "warning")


def channels(reading: Reading, kept: Kept) -> Iterable[Channel]:
    kinds = {
        "online": _("Online"),
        "phone": _("Phone"),
        "desk": _("In person"),
        "post": _("Post"),
        "email": _("E-mail"),
    }
    deeds = {"information": _("information"), "transaction": _("all of it")}
    for channel in reading.body.get("channels", ()):
        target = reading.target(channel["place"]) or reading.target(channel["contact_point"])
        held = facts.in_effect(target.facts, reading.on) if target else []
        yield Channel(
            kind=kinds.get(channel["kind"], channel["kind"]),
            can_do=deeds.get(channel["can_do"], ""),
            label=channel["label"],
            address=channel["address"],
            where=link_to(target, kept) if target else None,
            today=hours_today(held, reading.on) or "",
            phones=tuple(fact["number"] for fact in held if fact["kind"] == "phone"),
        )
