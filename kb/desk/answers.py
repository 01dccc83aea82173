"""An answer: what an agent needs of one item while the caller is on the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.publications import differences, queries, registry
from cms.publications.models import Current
from cms.publications.readings import Reading
from cms.publications.vocabulary import Audience, HandlingClass, Status

from . import ways
from .addresses import Kept, item_address
from .factlines import FactGroup, grouped
from .links import Link, link_to, linked

Doc = dict[str, Any]
# Fields of a body that have a place of their own in the answer.
_PLACED = frozenset(
    "short_answer service quotes purpose steps channels tasks related downloads standard_codes target_groups "
    "ask_caller pass_on internal_contacts target signed level code top_tasks photo".split()
)


@dataclass(frozen=True)
class Section:
    """A piece of text with its heading."""

    title: str
    html: SafeString


@dataclass(frozen=True)
class StaffNotice:
    text: str
    signed: str
    at: datetime
    about: Link | None


@dataclass(frozen=True)
class Answer:
    """`say` may be read to the caller; `only` is for the agent alone."""

    reading: Reading
    kind_label: str
    lead: str
    is_read_aloud: bool
    withdrawn: bool = False
    instead: Link | None = None
    handling: str = ""
    tabs: tuple[Link, ...] = ()
    notices: tuple[StaffNotice, ...] = ()
    facts: tuple[FactGroup, ...] = ()
    say: tuple[Section, ...] = ()
    steps: tuple[ways.Step, ...] = ()
    channels: tuple[ways.Channel, ...] = ()
    tasks: tuple[Doc, ...] = ()
    only: tuple[Section, ...] = ()
    articles: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    beneath: tuple[Link, ...] = ()
    downloads: tuple[Doc, ...] = field(default=())

    @property
    def is_staff(self) -> bool:
        return self.reading.audience == Audience.STAFF


def answer_to(reading: Reading, kept: Kept, *, beside: str | None = None) -> Answer:
    """The answer that an item is. `beside` is the article that a service page is the other tab of."""
    body, label = reading.body, kind_label(reading.kind)
    if reading.status == Status.WITHDRAWN:
        instead = link_to(reading.instead, kept) if reading.instead else None
        return Answer(reading, label, "", is_read_aloud=False, withdrawn=True, instead=instead)
    is_article = reading.kind == "article"
    articles = _articles(reading, kept)
    return Answer(
        reading=reading,
        kind_label=label,
        lead=body["short_answer"] if is_article else reading.document["summary"],
        is_read_aloud=is_article,
        handling=_handling(reading.document["handling_class"]),
        tabs=_tabs(reading, kept, beside),
        notices=tuple(_notices(reading, kept)),
        facts=tuple(_facts(reading)),
        say=tuple(_sections(reading, kept)),
        steps=tuple(ways.steps(reading, kept)),
        channels=tuple(ways.channels(reading, kept)),
        tasks=tuple(body.get("tasks", ())),
        only=tuple(_only(reading, kept)),
        articles=articles,
        related=tuple(link_to(t, kept) for ref in body.get("related", ()) if (t := reading.target(ref))),
        beneath=_beneath(reading, kept),
        downloads=tuple(body.get("downloads", ())),
    )


def kind_label(name: str) -> str:
    """What people call items of a kind."""
    labels = {kind.name: str(kind.label) for kind in registry.kinds()}
    return labels.get(name, name.replace("_", " "))


def _tabs(reading: Reading, kept: Kept, beside: str | None) -> tuple[Link, ...]:
    if reading.kind == "article":
        service = reading.target(reading.body["service"])
        if service is None:
            return ()
        other = item_address(service.id, kept, beside=reading.id)
        return (
            Link(_("Article"), item_address(reading.id, kept), current=True),
            Link(_("Service page"), other),
        )
    if reading.kind != "service":
        return ()
    rows = _articles_of(reading.id)
    first = next((row for row in rows if str(row.pk) == beside), rows[0] if rows else None)
    if first is None:
        return ()
    return (
        Link(_("Article"), item_address(str(first.pk), kept)),
        Link(_("Service page"), item_address(reading.id, kept, beside=str(first.pk)), current=True),
    )


def _articles_of(service: str) -> list[Current]:
    rows = queries.listing(Audience.STAFF, kinds=["article"], refers_to=service, role="service")
    return list(rows.order_by("title"))


def _articles(reading: Reading, kept: Kept) -> tuple[Link, ...]:
    """The other articles of the same service."""
    service = reading.id if reading.kind == "service" else None
    if reading.kind == "article" and (target := reading.target(reading.body["service"])):
        service = target.id
    rows = _articles_of(service) if service else []
    return tuple(
        Link(row.title, item_address(str(row.pk), kept)) for row in rows if str(row.pk) != reading.id
    )


def _notices(reading: Reading, kept: Kept) -> Iterable[StaffNotice]:
    """Staff notices on the item, and on the service that an article belongs to; newest first."""
    about = [reading.id]
    if reading.kind == "article" and reading.body["service"]:
        about.append(reading.body["service"]["item"])
    rows = (
        queries.listing(Audience.STAFF, kinds=["staff_notice"])
        .filter(item__refers_to__target_id__in=about, item__refers_to__role="target")
        .order_by("-updated_at")
    )
    for row in rows:
        document = queries.overlaid(row)
        if document is None:
            continue
        target = reading.targets.get(document["body"]["target"]["item"])
        yield StaffNotice(
            text=document["body"]["text"],
            signed=document["body"]["signed"],
            at=row.updated_at,
            about=link_to(target, kept) if target else None,
        )


def _facts(reading: Reading) -> list[FactGroup]:
    """A service's own facts; those that an article quotes, in their versions."""
    if reading.kind != "article":
        return grouped(reading.document["facts"], reading.on)
    quoted = []
    for ref in reading.body["quotes"]:
        target = reading.target(ref)
        quoted += [fact for fact in target.facts if fact["key"] == ref["key"]] if target else []
    return grouped(quoted, reading.on)


def _sections(reading: Reading, kept: Kept) -> Iterable[Section]:
    body = reading.body
    first = ("purpose", "answer", "who_for", "what_to_bring")
    names = [*first, *(name for name in body if name not in _PLACED and name not in first)]
    for name in names:
        html = body.get(name)
        if isinstance(html, str) and html.strip():
            title = "" if name == "answer" else str(differences.FIELDS.get(name, ""))
            yield Section(title, _html(html, reading, kept))


def _only(reading: Reading, kept: Kept) -> Iterable[Section]:
    """What the caller doesn't hear."""
    for name in ("ask_caller", "pass_on", "internal_contacts"):
        if reading.body.get(name, "").strip():
            yield Section(str(differences.FIELDS[name]), _html(reading.body[name], reading, kept))


def _html(text: str, reading: Reading, kept: Kept) -> SafeString:
    """Rich text as it is; plain text (notices, welcomes) escaped."""
    is_rich = reading.kind not in ("staff_notice", "home")
    return linked(text if is_rich else f"<p>{escape(text)}</p>", reading, kept)


def _beneath(reading: Reading, kept: Kept) -> tuple[Link, ...]:
    """What a topic, a life event, a department's page or a notice's target leads to."""
    if reading.kind == "topic":
        rows = queries.listing(Audience.STAFF, parent=reading.id)
    elif reading.kind == "life_event":
        rows = queries.listing(Audience.STAFF, refers_to=reading.id, role="life_events")
    elif reading.kind == "staff_notice":
        target = reading.target(reading.body["target"])
        return (link_to(target, kept),) if target else ()
    elif reading.kind in ("place", "contact_point"):
        rows = queries.listing(Audience.STAFF, kinds=["service"], refers_to=reading.id)
    else:
        return ()
    return tuple(Link(row.title, item_address(str(row.pk), kept)) for row in rows)


def _handling(name: str) -> str:
    return str(HandlingClass(name).label) if name else ""
