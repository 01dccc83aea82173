"""What is found, grouped by service: the page and its articles stand together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from cms.organisation.models import Department
from cms.publications import queries as log
from cms.publications import registry
from cms.publications.models import Current
from cms.publications.vocabulary import Audience, HandlingClass
from search import queries as search
from search.facets import Filters
from search.learning import asking
from search.queries import Result

from .addresses import Kept, item_address
from .answers import kind_label

SHOWN = 30
# The facts that stand under a result: how many lines of each kind.
TOLD = {"fee": 2, "hours": 1, "phone": 1}


@dataclass(frozen=True)
class Asked:
    """What the agent typed and chose, cleaned."""

    q: str = ""
    filters: Filters = field(default_factory=Filters)
    typing: bool = False

    @property
    def kept(self) -> Kept:
        """What addresses carry on, so that the results stay while answers are opened."""
        chosen = {"q": self.q, **{name: str(getattr(self.filters, name) or "") for name in NAMES}}
        return {name: value for name, value in chosen.items() if value}


NAMES = ("type", "department", "handling_class", "life_event")


@dataclass(frozen=True)
class Hit:
    title: str
    address: str
    kind: str
    is_staff: bool
    snippet: SafeString
    id: str


@dataclass
class Group:
    """A service with what was found of it, or what belongs to no service."""

    title: str
    address: str
    facts: list[str]
    hits: list[Hit]


@dataclass(frozen=True)
class Found:
    asked: Asked
    groups: list[Group]
    total: int
    total_is_exact: bool
    results: search.Results
    reported_by: str


def asked(query: Mapping[str, str]) -> Asked:
    """From the query of an address. What no filter can be is left out."""
    event = query.get("life_event", "")
    try:
        life_event = UUID(event) if event else None
    except ValueError:
        life_event = None
    filters = Filters(
        type=query.get("type") or None,
        department=query.get("department") or None,
        handling_class=query.get("handling_class") or None,
        life_event=life_event,
    )
    return Asked(query.get("q", "").strip(), filters, typing=query.get("typing") == "1")


def find(question: Asked) -> Found | None:
    """`None` when nothing was asked."""
    if not question.q:
        return None
    results = search.find(
        question.q,
        audience=Audience.STAFF,
        filters=question.filters,
        limit=SHOWN,
        typing=question.typing,
    )
    groups = _grouped(results.results, question.kept)
    token = asking.token(results, audience=Audience.STAFF)
    return Found(question, groups, results.total, results.total_is_exact, results, token)


def choices() -> list[dict[str, Any]]:
    """The filters of the form: name, label-less values and what they are called."""
    events = log.listing(Audience.STAFF, kinds=["life_event"])
    return [
        {"name": "type", "values": [(k.name, capfirst(kind_label(k.name))) for k in registry.kinds()]},
        {"name": "department", "values": list(Department.objects.values_list("code", "name"))},
        {"name": "handling_class", "values": list(HandlingClass.choices)},
        {"name": "life_event", "values": [(str(row.pk), row.title) for row in events]},
    ]


def _grouped(results: list[Result], kept: Kept) -> list[Group]:
    titles = _titles(results)
    groups: dict[str, Group] = {}
    for result in results:
        service = result.id if result.type == "service" else result.service
        lines = _told(result.facts)
        key = service or f"alone {result.id}"
        if key not in groups:
            title = titles.get(service, "") if service else ""
            address = item_address(service, kept) if title and service else ""
            groups[key] = Group(title, address, lines, [])
        if result.type == "service":
            groups[key].facts = lines
        groups[key].hits.append(_hit(result, kept))
    for group in groups.values():
        group.hits.sort(key=lambda hit: hit.kind != "service")
    return list(groups.values())


def _told(facts: list[dict[str, str]]) -> list[str]:
    lines = []
    for kind, most in TOLD.items():
        lines += [line["text"] for line in facts if line["kind"] == kind][:most]
    return lines


def _titles(results: list[Result]) -> dict[str, str]:
    """What the services are called that the results belong to."""
    ids = {r.service for r in results if r.service} | {r.id for r in results if r.type == "service"}
    rows = Current.objects.filter(pk__in=ids).values_list("pk", "title")
    return {str(pk): title for pk, title in rows}


def _hit(result: Result, kept: Kept) -> Hit:
    return Hit(
        title=result.title,
        address=item_address(result.id, kept),
        kind=result.type,
        is_staff=result.audience == Audience.STAFF,
        snippet=mark_safe(result.snippet),  # escaped by the search, but for its marks
        id=result.id,
    )
