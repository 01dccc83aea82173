"""Whole pages from readings: what readers get, and what previews and reviews show.

A page is its reading and its surroundings: what stands beside the document and changes without it
(lists, notices, what is open now). The surroundings are part of the page's ETag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core import clock
from cms.core.canonical import sha256
from cms.publications import facts
from cms.publications.readings import Reading

from . import design, opening, queries, service
from .links import email_url, file_url, phone_url, resolved

Surroundings = Mapping[str, Any]
PAGED = ("topic", "life_event", "department", "home", "place")
KINDS = ("service", *PAGED, "contact_point", "notice")
SECTIONS = {
    "life_event": ("life-events", gettext_lazy("Life events"), "/life-events/"),
    "place": ("places", gettext_lazy("Places"), "/places/"),
    "department": ("departments", gettext_lazy("Departments"), "/departments/"),
}
SUMMARY_LIMIT = 160


def render(reading: Reading, request: HttpRequest) -> str:
    """The page of a reading, published or not. `request` is not looked at: pages are the same for all."""
    now = clock.now()
    with in_language(reading.document["language"]):
        return render_with(reading, surroundings(reading, now), now)


def render_with(reading: Reading, around: Surroundings, now: datetime) -> str:
    """The page of a reading whose surroundings are known; in the language that is active."""
    section, above, address = SECTIONS.get(reading.kind, ("", "", ""))
    crumbs = [(_("Home"), "/")] if reading.kind != "home" else []
    crumbs += [(target.title, target.path) for target in reading.trail if target.path != "/"]
    if above:
        crumbs.append((str(above), address))
    context = {
        "reading": reading,
        "body": _resolved_body(reading),
        "crumbs": crumbs,
        "section": section,
        "is_preview": reading.seq == 0,
        "standing": reading.standing or _("Preview: not published"),
        "description": reading.document["summary"][:SUMMARY_LIMIT],
        "canonical": reading.path,
        **around,
        **_CONTEXTS[reading.kind](reading, now),
    }
    return page(f"themes/{reading.kind}.html", reading.title, context)


def page(template: str, title: str, context: Mapping[str, Any]) -> str:
    """A whole page in the municipality's theme. Templates get no request: no cookie can come of one."""
    municipality = settings.MUNICIPALITY
    name = municipality["name"]
    language = translation.get_language() or settings.LANGUAGE_CODE
    everywhere = {
        "municipality": {**municipality, "phone_url": phone_url(municipality["phone"])},
        "theme": design.chosen(),
        "theme_version": design.version(),
        "language": language,
        "site_url": settings.SITE_URL.rstrip("/"),
        "title": title,
        "full_title": title if title == name else f"{title} – {name}",
    }
    return render_to_string(template, {**everywhere, **context})


def in_language(language: str) -> Any:
    """A page's own words are in the language of its document, whoever looks at it."""
    return translation.override(language or settings.LANGUAGE_CODE)


def surroundings(reading: Reading, now: datetime) -> Surroundings:
    """What stands beside the document: plain values whose text changes when the page does."""
    return _SURROUNDINGS[reading.kind](reading, now)


def version(reading: Reading, around: Surroundings) -> str:
    """The page's ETag: over the document, its surroundings, the theme and the language."""
    return reading.version(
        "html",
        design.version(),
        reading.document["language"],
        reading.department_name,
        clock.iso(reading.updated_at),
        sha256(repr(sorted(around.items()))),
    )


def front_surroundings(now: datetime) -> Surroundings:
    """What the front page shows, even while no home page is published."""
    return {
        "notices": [Notice(reading) for reading in queries.notices(now)],
        "topics": queries.of_kind("topic"),
        "life_events": queries.of_kind("life_event"),
    }


class Notice:
    """A notice with its text ready to show; equal texts have equal names, for the ETag."""

    def __init__(self, reading: Reading) -> None:
        self.title = reading.title
        self.warns = reading.body.get("level") == "warning"
        self.text = resolved(reading.body["text"], reading.targets)

    def __repr__(self) -> str:
        return f"Notice({self.title!r}, {self.warns}, {self.text!r})"


def _resolved_body(reading: Reading) -> dict[str, Any]:
    """The body with its HTML leaves' links resolved. Which leaves are HTML, the kind says."""
    leaves = _HTML_LEAVES.get(reading.kind, ())
    return {
        name: resolved(value, reading.targets) if name in leaves else value
        for name, value in reading.body.items()
    }


def _service_surroundings(reading: Reading, now: datetime) -> Surroundings:
    openings = service.openings(reading, now)
    return {"openings": openings, "likeliest": service.likeliest(openings)}


def _service_context(reading: Reading, now: datetime) -> dict[str, Any]:
    found = queries.deeds(reading.id) if reading.seq else []
    best, tasks, channels = service.ways(reading, now)
    lines = {
        kind: service.fact_lines(reading.document["facts"], kind, reading.on)
        for kind in ("fee", "deadline", "processing_time", "document", "eligibility", "legal_basis")
    }
    changed = queries.changed(found)
    groups = [_linked(group, reading) for group in service.steps(reading.body)]
    leading = list(takewhile(lambda group: group["warning"], groups))
    return {
        "lines": lines,
        "best": best,
        "tasks": tasks,
        "channels": channels,
        "warnings_first": leading,  # what stands before the first step is read before the button
        "step_groups": groups[len(leading) :],
        "groups": service.groups(reading.body),
        "related": [t for ref in reading.body["related"] if (t := reading.target(ref)) and t.path],
        "downloads": [{**d, "url": file_url(d["sha256"], d["name"])} for d in reading.body["downloads"]],
        "checked_on": queries.checked_on(found),
        "changed": changed,
        "took_effect": [
            facts.one_line({**fact, "valid_from": None, "valid_to": None})
            for fact in reading.facts_now
            if changed and fact["key"] in changed.keys
        ],
    }


def _linked(group: service.StepGroup, reading: Reading) -> dict[str, Any]:
    steps = [{**step, "text": resolved(step["text"], reading.targets)} for step in group.steps]
    return {"warning": group.warning, "start": group.start, "steps": steps}


def _home_context(reading: Reading, now: datetime) -> dict[str, Any]:
    tasks = [t for ref in reading.body["top_tasks"][:5] if (t := reading.target(ref)) and t.path]
    return {"top_tasks": tasks}


def _opening_surroundings(reading: Reading, now: datetime) -> Surroundings:
    around: dict[str, Any] = {"opening": opening.opening(reading.document["facts"], now)}
    if reading.kind == "place":
        around["services"] = queries.services_at_place(reading.id)
    return around


def _place_context(reading: Reading, now: datetime) -> dict[str, Any]:
    every = reading.document["facts"]
    contacts = {kind: [f for f in reading.facts_now if f["kind"] == kind] for kind in ("phone", "email")}
    hours = [f for f in reading.facts_now if f["kind"] == "hours"]
    photo = reading.body.get("photo")
    return {
        "address": queries.address_of(every, reading.on),
        "weeks": [(fact, opening.week(fact, reading.on)) for fact in hours],
        "later_hours": [facts.one_line(f) for f in reading.facts_to_come if f["kind"] == "hours"][:2],
        "closures": [(f, facts.period_text(f)) for f in opening.closures_ahead(every, reading.on)],
        "phones": [(f["label"], f["number"], phone_url(f["number"])) for f in contacts["phone"]],
        "emails": [(f["label"], f["address"], email_url(f["address"])) for f in contacts["email"]],
        "photo": {**photo, "url": file_url(photo["sha256"], photo["name"])} if photo else None,
    }


def _nothing(reading: Reading, now: datetime) -> dict[str, Any]:
    return {}


_HTML_LEAVES = {
    "service": ("purpose", "who_for", "what_to_bring"),
    "topic": ("intro",),
    "life_event": ("intro", "first"),
    "department": ("intro",),
    "place": ("getting_there", "accessibility"),
    "notice": ("text",),
}
_SURROUNDINGS: dict[str, Callable[[Reading, datetime], Surroundings]] = {
    "service": _service_surroundings,
    "topic": lambda reading, now: {
        "services": queries.services_of_topic(reading.id),
        "topics": queries.topics_beneath(reading.id),
    },
    "life_event": lambda reading, now: {"services": queries.services_of_life_event(reading.id)},
    "department": lambda reading, now: {"services": queries.services_of_department(reading.department)},
    "home": lambda reading, now: front_surroundings(now),
    "place": _opening_surroundings,
    "contact_point": _opening_surroundings,
    "notice": _nothing,
}
_CONTEXTS: dict[str, Callable[[Reading, datetime], dict[str, Any]]] = {
    "service": _service_context,
    "topic": _nothing,
    "life_event": _nothing,
    "department": _nothing,
    "home": _home_context,
    "place": _place_context,
    "contact_point": _place_context,
    "notice": lambda reading, now: {"notice": Notice(reading)},
}
