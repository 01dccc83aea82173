"""What an agent asks, as an address says it, and what the results can be kept to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.organisation.models import Department
from cms.publications import queries as log
from cms.publications import registry
from cms.publications.vocabulary import Audience, HandlingClass
from search.facets import CHANNELS, Filters

from .addresses import Kept
from .answers import kind_label

# What the results can be kept to, in the order of the form.
LABELS = {
    "type": gettext_lazy("Type"),
    "department": gettext_lazy("Department"),
    "topic": gettext_lazy("Topic"),
    "life_event": gettext_lazy("Life event"),
    "channel": gettext_lazy("Way"),
    "handling_class": gettext_lazy("Handling class"),
    "audience": gettext_lazy("For whom"),
    "language": gettext_lazy("Language"),
}
_NAMES = (*LABELS, "service")  # a service is narrowed down to from the results, not in the form
_ITEMS = ("topic", "life_event", "service")
Facets = Mapping[str, Iterable[Mapping[str, Any]]]


@dataclass(frozen=True)
class Asked:
    """What the agent typed and chose, cleaned. `as_typed`: correct nothing."""

    q: str = ""
    filters: Filters = field(default_factory=Filters)
    typing: bool = False
    as_typed: bool = False

    @property
    def kept(self) -> Kept:
        """What addresses carry on, so that the results stay while answers are opened."""
        chosen = {"q": self.q, **{name: str(getattr(self.filters, name) or "") for name in _NAMES}}
        chosen["as_typed"] = "1" if self.as_typed else ""
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True)
class Choice:
    """One value of a filter. `count` in words, empty where nothing was counted."""

    value: str
    label: str
    count: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    choices: list[Choice]


def asked(query: Mapping[str, str]) -> Asked:
    """From the query of an address. What no filter can be is left out."""
    chosen = {name: _cleaned(name, query.get(name, "")) for name in _NAMES}
    return Asked(
        query.get("q", "").strip(),
        Filters(**chosen),
        typing=query.get("typing") == "1",
        as_typed=query.get("as_typed") == "1",
    )


def filters(question: Asked, facets: Facets) -> list[Filter]:
    """With how many each choice would leave where something was asked; else all that there is."""
    found = []
    for name, label in LABELS.items():
        chosen = str(getattr(question.filters, name) or "")
        if question.q:
            choices = _counted(name, chosen, facets.get(name, ()))
        else:
            choices = [Choice(value, said, chosen=value == chosen) for value, said in _all(name)]
        if len(choices) > 1 or chosen:
            found.append(Filter(name, str(label), choices))
    return found


def _counted(name: str, chosen: str, values: Iterable[Mapping[str, Any]]) -> list[Choice]:
    choices = [
        Choice(
            row["value"],
            capfirst(row["label"]),
            str(row["count"]) if row["is_exact"] else _("%(count)d or more") % {"count": row["count"]},
            row["value"] == chosen,
        )
        for row in values
    ]
    if chosen and all(choice.value != chosen for choice in choices):
        choices.append(Choice(chosen, dict(_all(name)).get(chosen, chosen), "0", chosen=True))
    return choices


def _all(name: str) -> list[tuple[str, str]]:
    """Every value that a filter can have, and what it is called."""
    if name == "type":
        return [(kind.name, capfirst(kind_label(kind.name))) for kind in registry.kinds()]
    if name == "department":
        return list(Department.objects.values_list("code", "name"))
    if name in _ITEMS:
        rows = log.listing(Audience.STAFF, kinds=[name]).order_by("title")
        return [(str(row.pk), row.title) for row in rows]
    if name == "channel":
        return [(value, capfirst(label)) for value, label in CHANNELS.items()]
    if name == "handling_class":
        return [(value, str(label)) for value, label in HandlingClass.choices]
    if name == "audience":
        return [(value, capfirst(label)) for value, label in Audience.choices]
    return []  # which languages there are is known by what was found


def _cleaned(name: str, value: str) -> Any:
    if name not in _ITEMS:
        return value or None
    try:
        return UUID(value) if value else None
    except ValueError:
        return None
