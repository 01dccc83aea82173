"""What belongs to a service page stands under that page's topics and life events too. It is looked up when
a question is asked, from what is published then: so no index has to follow when a service moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from cms.publications import queries as log
from cms.publications.models import Reference
from cms.publications.vocabulary import Audience

from .documents import FACETS

HandedOn = Mapping[tuple[str, str], Collection[str]]  # (service, facet) → values

_SERVICE = "service"
_ROLES = {FACETS[facet]: facet for facet in ("topic", "life_event")}


def handed_on_by(services: Collection[str], audience: str) -> HandedOn:
    """What services hand on to what belongs to them."""
    found: dict[tuple[str, str], set[str]] = {}
    if not services:
        return found
    rows = log.listing(audience, kinds=[_SERVICE]).order_by().filter(pk__in=services)
    parents = dict(rows.values_list("pk", "parent_id"))
    for service, parent in parents.items():
        if parent:
            found.setdefault((str(service), "topic"), set()).add(str(parent))
    references = Reference.objects.filter(source_id__in=parents, role__in=_ROLES)
    for service, role, target in references.values_list("source_id", "role", "target_id"):
        found.setdefault((str(service), _ROLES[role]), set()).add(str(target))
    return found


def services_under(facet: str, value: Any, audience: str) -> list[UUID]:
    """The services that hand a topic or life event on; none for the public, for whom nothing belongs to one."""
    if facet not in _ROLES.values() or audience == Audience.PUBLIC:
        return []
    services = log.listing(audience, kinds=[_SERVICE]).order_by()
    under = [services.filter(item__refers_to__target_id=value, item__refers_to__role=FACETS[facet])]
    if facet == "topic":
        under.append(services.filter(parent_id=value))
    return sorted({pk for rows in under for pk in rows.values_list("pk", flat=True)})
