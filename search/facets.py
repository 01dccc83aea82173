"""How many hits each filter would leave, from one count by shelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from uuid import UUID

from cms.organisation.models import Department
from cms.publications import registry
from cms.publications.models import Current
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import HandlingClass, Status

from .documents import Shelf


@dataclass(frozen=True)
class Filters:
    """What the hits are kept to; None: all. `life_event` is an item's id."""

    department: str | None = None
    type: str | None = None
    handling_class: str | None = None
    life_event: UUID | None = None

    def keeps(self, shelf: Shelf, *, but: str = "") -> bool:
        """Whether a shelf passes, leaving aside the filter named `but`."""
        for name in NAMES:
            wanted = getattr(self, name)
            if wanted and name != but and _value(wanted) not in values(shelf, name):
                return False
        return True

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in NAMES)


NAMES = tuple(field.name for field in fields(Filters))


def values(shelf: Shelf, name: str) -> tuple[str, ...]:
    """What a shelf has of a facet."""
    if name == "life_event":
        return shelf.life_events
    value: str = getattr(shelf, name)
    return (value,) if value else ()


def facets(
    counts: Mapping[str, int], filters: Filters, extra: Iterable[str], audience: str
) -> dict[str, list[dict]]:
    """For each facet its values `{"value", "label", "count"}`, most frequent first. A facet that is
    filtered by shows what the other choices would give. `extra`: shelves of hits beside the count."""
    found: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    shelves = Counter(dict(counts))
    shelves.update(extra)
    for text, number in shelves.items():
        shelf = Shelf.read(text)
        for name in NAMES:
            if filters.keeps(shelf, but=name):
                found[name].update(dict.fromkeys(values(shelf, name), number))
    labels = _labels(found, audience)
    return {name: _ranked(found[name], labels[name]) for name in NAMES}


def _ranked(counter: Counter[str], labels: Mapping[str, str]) -> list[dict]:
    known = [(value, labels[value], number) for value, number in counter.items() if value in labels]
    return [
        {"value": value, "label": label, "count": number}
        for value, label, number in sorted(known, key=lambda row: (-row[2], row[1], row[0]))
    ]


def _labels(found: Mapping[str, Counter[str]], audience: str) -> dict[str, dict[str, str]]:
    """What people call each value; a life event that isn't published for them has no name."""
    kinds = {kind.name: str(kind.label) for kind in registry.kinds()}
    departments = Department.objects.filter(code__in=found["department"]).values_list("code", "name")
    events = Current.objects.filter(
        pk__in=list(found["life_event"]), status=Status.PUBLISHED, audience__in=AUDIENCES[audience]
    ).values_list("pk", "title")
    return {
        "department": dict(departments) if found["department"] else {},
        "type": {name: kinds.get(name, name) for name in found["type"]},
        "handling_class": {value: str(label) for value, label in HandlingClass.choices},
        "life_event": {str(pk): title for pk, title in events} if found["life_event"] else {},
    }


def _value(wanted: str | UUID) -> str:
    return str(wanted)
