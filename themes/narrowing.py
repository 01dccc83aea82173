"""What a citizen can narrow search results down to, and the addresses that do so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.facets import Filters
from search.queries import DEEPEST

TYPES = {
    "service": gettext_lazy("Services"),
    "topic": gettext_lazy("Topics"),
    "life_event": gettext_lazy("Life events"),
    "department": gettext_lazy("Departments"),
    "place": gettext_lazy("Places"),
    "contact_point": gettext_lazy("Phone lines"),
    "notice": gettext_lazy("Notices"),
}
GROUPS = {
    "type": gettext_lazy("Show only"),
    "topic": gettext_lazy("By topic"),
    "life_event": gettext_lazy("By life event"),
}
MOST_CHOICES = 8
PAGE = 20
LAST_PAGE = DEEPEST // PAGE
LONGEST = 200
Facets = Mapping[str, Iterable[Mapping[str, Any]]]


@dataclass(frozen=True)
class Search:
    """What was asked, cleaned. `as_typed`: correct nothing."""

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    as_typed: bool = False
    page: int = 1

    @property
    def filters(self) -> Filters:
        topic, event = self.chosen.get("topic"), self.chosen.get("life_event")
        return Filters(
            type=self.chosen.get("type"),
            topic=UUID(topic) if topic else None,
            life_event=UUID(event) if event else None,
        )

    @property
    def address(self) -> str:
        asked = {"q": self.text, **self.chosen}
        if self.as_typed:
            asked["as_typed"] = "1"
        if self.page > 1:
            asked["page"] = str(self.page)
        return f"/search/?{urlencode(asked)}"


@dataclass(frozen=True)
class Choice:
    """One value that narrows the results down, or widens them again."""

    label: str
    count: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """What one thing can be narrowed down by; open where something is chosen."""

    title: str
    choices: list[Choice]
    is_open: bool


def search_of(query: Mapping[str, str]) -> Search:
    """From the query of an address. What can't be is passed over."""
    text = " ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST]
    chosen = {name: value for name in GROUPS if (value := _known(name, query.get(name, "")))}
    number = query.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return Search(text, chosen, query.get("as_typed") == "1", min(max(page, 1), LAST_PAGE))


def narrowing(search: Search, facets: Facets) -> list[Group]:
    """Groups of choices; none where there is nothing to choose."""
    groups = []
    for name, title in GROUPS.items():
        choices = list(_choices(search, name, facets.get(name, ())))
        if len(choices) > 1 or name in search.chosen:
            groups.append(Group(str(title), choices, is_open=name in search.chosen))
    return groups


def _choices(search: Search, name: str, values: Iterable[Mapping[str, Any]]) -> Iterable[Choice]:
    wanted = search.chosen.get(name, "")
    rows = [row for row in values if name != "type" or row["value"] in TYPES]
    shown = [row for number, row in enumerate(rows) if number < MOST_CHOICES or row["value"] == wanted]
    for row in shown:
        value = row["value"]
        count = str(row["count"]) if row["is_exact"] else _("%(count)d or more") % {"count": row["count"]}
        yield Choice(_label(name, row), count, _toggled(search, name, value), value == wanted)
    if wanted and all(row["value"] != wanted for row in shown):
        label = str(TYPES.get(wanted, "")) or _("What you chose")
        yield Choice(label, "0", _toggled(search, name, wanted), chosen=True)


def _label(name: str, row: Mapping[str, Any]) -> str:
    return str(TYPES[row["value"]]) if name == "type" else str(row["label"])


def _toggled(search: Search, name: str, value: str) -> str:
    kept = {other: chosen for other, chosen in search.chosen.items() if other != name}
    chosen = kept if search.chosen.get(name) == value else {**kept, name: value}
    return replace(search, chosen=chosen, page=1).address


def _known(name: str, value: str) -> str:
    if name == "type":
        return value if value in TYPES else ""
    try:
        return str(UUID(value))
    except ValueError:
        return ""
