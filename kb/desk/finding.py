"""What is found, grouped by service: the page and its articles stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.publications.models import Current
from cms.publications.vocabulary import Audience
from search import queries as search
from search.learning import asking as reporting
from search.queries import Result, Results

from .addresses import Kept, home_address, item_address
from .asking import Asked, Facets
from .links import Link

SHOWN = 30
# The facts that settle a call: what stands in one line, and how many of each kind.
TOLD = ({"fee": 2}, {"phone": 1, "hours": 1}, {"document": 3})


@dataclass(frozen=True)
class Hit:
    """A result, with what tells it apart at a glance."""

    title: str
    address: str
    kind: str
    is_staff: bool
    is_pinned: bool
    changed_today: bool
    snippet: SafeString
    id: str


@dataclass
class Group:
    """A service with what was found of it, or what belongs to no service. `more`: how many further hits
    of the service are folded away, and where they are shown."""

    title: str
    address: str
    facts: list[str]
    hits: list[Hit]
    more: int = 0
    more_address: str = ""


@dataclass(frozen=True)
class Found:
    """`reported_by`: what was used of it is told by that. `corrected`: what was searched for instead;
    `literally` leads to what was typed. `only`: the service that the hits are kept to; `everything` leads
    to all. `nearest`: where to go on when nothing was found."""

    asked: Asked
    groups: list[Group]
    total: int
    total_is_exact: bool
    results: Results
    reported_by: str
    corrected: str = ""
    literally: str = ""
    only: str = ""
    everything: str = ""
    nearest: list[Link] = field(default_factory=list)
    phone: str = ""

    @property
    def is_narrowed(self) -> bool:
        """By a filter of the form, which may be folded away."""
        return bool(self.asked.filters.chosen)

    @property
    def has_unshown(self) -> bool:
        """Whether there is more than stands in the list or behind its links."""
        reached = sum(len(group.hits) + group.more for group in self.groups)
        return not self.total_is_exact or self.total > reached


def find(question: Asked) -> Found | None:
    """`None` when nothing was asked."""
    if not question.q:
        return None
    results = _results(question, SHOWN)
    kept = question.kept
    return Found(
        asked=question,
        groups=_grouped(results.results, kept),
        total=results.total,
        total_is_exact=results.total_is_exact,
        results=results,
        reported_by=reporting.token(results, audience=Audience.STAFF),
        corrected=results.corrected or "",
        literally=home_address(replace(question, as_typed=True).kept),
        only=_title(question.filters.service),
        everything=home_address({name: value for name, value in kept.items() if name != "service"}),
        nearest=[Link(topic["title"], item_address(str(topic["id"]), {})) for topic in results.nearest],
        phone=settings.MUNICIPALITY["phone"],
    )


def counted(question: Asked) -> Facets:
    """How many hits each choice would leave, of the question as it stands."""
    return _results(replace(question, typing=False), 0).facets if question.q else {}


def _results(question: Asked, limit: int) -> Results:
    return search.find(
        question.q,
        audience=Audience.STAFF,
        filters=question.filters,
        limit=limit,
        typing=question.typing,
        as_typed=question.as_typed,
    )


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
            if service:
                groups[key].more_address = home_address({**kept, "service": service})
        if result.type == "service":
            groups[key].facts = lines
        groups[key].hits.append(_hit(result, kept))
        groups[key].more += result.more_of_service
    for group in groups.values():
        group.hits.sort(key=lambda hit: hit.kind != "service")
    return list(groups.values())


def _told(facts: Iterable[dict[str, str]]) -> list[str]:
    held: dict[str, list[str]] = {}
    for fact in facts:
        held.setdefault(fact["kind"], []).append(fact["text"])
    lines = []
    for kinds in TOLD:
        line = " · ".join(text for kind, most in kinds.items() for text in held.get(kind, [])[:most])
        if line:
            lines.append(_("Bring: %(documents)s") % {"documents": line} if "document" in kinds else line)
    return lines


def _titles(results: list[Result]) -> dict[str, str]:
    """What the services are called that the results belong to."""
    ids = {r.service for r in results if r.service} | {r.id for r in results if r.type == "service"}
    return _titles_of(ids)


def _titles_of(ids: Iterable[str | UUID]) -> dict[str, str]:
    rows = Current.objects.filter(pk__in=ids).values_list("pk", "title")
    return {str(pk): title for pk, title in rows}


def _title(service: UUID | None) -> str:
    return _titles_of([service]).get(str(service), "") if service else ""


def _hit(result: Result, kept: Kept) -> Hit:
    return Hit(
        title=result.title,
        address=item_address(result.id, kept),
        kind=result.type,
        is_staff=result.audience == Audience.STAFF,
        is_pinned=result.pinned,
        changed_today=result.changed_today,
        snippet=mark_safe(result.snippet),  # escaped by the search, but for its marks
        id=result.id,
    )
