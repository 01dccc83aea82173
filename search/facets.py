"""How many hits each filter would leave, from counts by shelf."""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from cms.organisation.models import Department
from cms.publications import registry
from cms.publications.models import Current
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Audience, HandlingClass, Status

from .belonging import HandedOn, handed_on_by, services_under
from .counting import Tally
from .documents import FACETS, Shelf
from .engines import OneOf
from .plainly import holes, read, uuid_in, uuid_out

# What the kinds of channels are called; whoever publishes them knows others, which go by their own name.
CHANNELS = {
    "online": _("online"),
    "phone": _("by phone"),
    "desk": _("in person, at a desk"),
    "post": _("by post"),
    "email": _("by e-mail"),
}
_LONGEST = 200  # signs of a choice; there is none that is longer, and PostgreSQL refuses to look for it


@dataclass(frozen=True)
class Filters:
    """What the hits are kept to; None: all. `topic`, `life_event` and `service` are items' ids; `channel`
    is how a service is had (`phone`, `online`, …). Those of one `service` aren't folded away."""

    department: str | None = None
    type: str | None = None
    topic: UUID | None = None
    life_event: UUID | None = None
    audience: str | None = None
    channel: str | None = None
    handling_class: str | None = None
    language: str | None = None
    service: UUID | None = None

    def tokens(self, audience: str) -> tuple[OneOf, ...]:
        """Of each of these a shelf must have one, first the filter's own token (see `Shelf.tokens`). What
        belongs to a service stands where that stands."""
        wanted = {name: getattr(self, name) for name in (*FACETS, "service")}
        return tuple(
            (
                f"={name}={value}".replace("\0", " ")[:_LONGEST],
                *(f"=service={service}" for service in services_under(name, value, audience)),
            )
            for name, value in wanted.items()
            if value
        )

    @property
    def chosen(self) -> list[str]:
        """The facets that are filtered by."""
        return [name for name in FACETS if getattr(self, name)]

    @property
    def is_empty(self) -> bool:
        return not (self.chosen or self.service)


def facets(tallies: Mapping[str, Tally], audience: str) -> dict[str, list[dict[str, Any]]]:
    """For each facet, from its tally, the values `{"value", "label", "count", "is_exact"}`, most frequent
    first. What is exact is the number that one gets by asking again with that value."""
    shelves = {shelf for one in tallies.values() for shelf in (*one.full, *one.extra)}
    handed_on = handed_on_by({of for shelf in shelves if (of := Shelf.read(shelf).of)}, audience)
    full = {name: _values(name, one.full, handed_on) for name, one in tallies.items()}
    every = {name: full[name] + _values(name, one.extra, handed_on) for name, one in tallies.items()}
    labels = _labels(every, audience)
    return {name: _ranked(every[name], full[name], labels[name], tallies[name]) for name in tallies}


def _values(name: str, shelves: Mapping[str, int], handed_on: HandedOn) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, number in shelves.items():
        shelf = Shelf.read(text)
        found.update(dict.fromkeys([*shelf.values(name), *handed_on.get((shelf.of, name), ())], number))
    return found


def _ranked(
    every: Counter[str], full: Counter[str], labels: Mapping[str, str], tally: Tally
) -> list[dict[str, Any]]:
    known = [(value, labels[value], number) for value, number in every.items() if value in labels]
    return [
        {"value": value, "label": label, "count": number, "is_exact": tally.is_sure(full[value])}
        for value, label, number in sorted(known, key=lambda row: (-row[2], row[1], row[0]))
    ]


def _labels(found: Mapping[str, Counter[str]], audience: str) -> dict[str, dict[str, str]]:
    """What people call each value; a topic or life event that isn't published for them has no name."""
    kinds = {kind.name: str(kind.label) for kind in registry.kinds()}
    items = [UUID(item) for item in (*found["topic"], *found["life_event"])]
    titles: dict[str, dict[str, str]] = {"topic": {}, "life_event": {}}
    for kind, item, title in _titles(items, AUDIENCES[audience]):
        titles.setdefault(kind, {})[str(uuid_out(item))] = title
    return {
        "department": _departments(list(found["department"])),
        "type": {name: kinds.get(name, name) for name in found["type"]},
        "topic": titles["topic"],
        "life_event": titles["life_event"],
        "audience": {value: str(Audience(value).label) for value in found["audience"]},
        "channel": {name: str(CHANNELS.get(name, name)) for name in found["channel"]},
        "handling_class": {value: str(HandlingClass(value).label) for value in found["handling_class"]},
        "language": {code: _language(code) for code in found["language"]},
    }


def _titles(items: Sequence[UUID], audiences: Sequence[str]) -> list[tuple[Any, ...]]:
    if not items:
        return []
    sql = (
        f"SELECT kind, item_id, title FROM {Current._meta.db_table} WHERE item_id IN ({holes(items)})"
        f" AND status = %s AND audience IN ({holes(audiences)})"
    )
    return read(sql, [*map(uuid_in, items), Status.PUBLISHED.value, *audiences])


def _departments(codes: Sequence[str]) -> dict[str, str]:
    if not codes:
        return {}
    sql = f"SELECT code, name FROM {Department._meta.db_table} WHERE code IN ({holes(codes)})"
    return dict(read(sql, codes))


def _language(code: str) -> str:
    """The language's own name for itself."""
    return str(LANG_INFO.get(code, {}).get("name_local", code)).capitalize()
