"""A service page, as its reader needs it: what it costs now and next, the best way, the other ways.

Pure: from a reading and a moment to what the template shows; asks no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.publications import facts
from cms.publications.readings import Reading, Target

from .links import email_url, phone_url, safe_url
from .opening import Opening, opening

Doc = dict[str, Any]
WAYS = {
    "online": gettext_lazy("Online"),
    "phone": gettext_lazy("By phone"),
    "desk": gettext_lazy("In person"),
    "post": gettext_lazy("By post"),
    "email": gettext_lazy("By e-mail"),
}
GROUPS = {
    "residents": gettext_lazy("residents"),
    "businesses": gettext_lazy("businesses"),
    "visitors": gettext_lazy("visitors"),
    "landlords": gettext_lazy("landlords"),
    "families": gettext_lazy("families"),
    "older-people": gettext_lazy("older people"),
    "disabled-people": gettext_lazy("disabled people"),
    "students": gettext_lazy("students"),
    "newcomers": gettext_lazy("newcomers"),
}
STATES = {
    "planned": gettext_lazy("planned, not possible yet"),
    "unavailable": gettext_lazy("not available at the moment"),
}


@dataclass(frozen=True)
class FactLine:
    """One fact in time: what holds today, and what is to come."""

    label: str
    value: str
    condition: str
    later: tuple[str, ...] = ()
    url: str = ""

    @property
    def telling(self) -> str:
        """What one line has room for: what holds today, else what is to come."""
        return self.value or next(iter(self.later), self.label)


@dataclass(frozen=True)
class Way:
    """A channel or a task: one way to get this done. Without `url` it is only told."""

    icon: str
    heading: str
    label: str
    url: str = ""
    detail: str = ""
    detail_url: str = ""
    state: str = ""
    informs_only: bool = False
    opening: Opening | None = None


@dataclass(frozen=True)
class StepGroup:
    """Steps in a row, or one warning among them. `start` is the number of the first."""

    warning: bool
    start: int
    steps: tuple[Doc, ...]


def fact_lines(document_facts: Iterable[Doc], kind: str, on: date) -> list[FactLine]:
    """The facts of a kind, one line for all versions of one; what is over is left out."""
    versions: dict[str, list[Doc]] = {}
    for fact in document_facts:
        if fact["kind"] == kind:
            versions.setdefault(fact["key"], []).append(fact)
    lines = [_fact_line(group, on) for group in versions.values()]
    return [line for line in lines if line is not None]


def _fact_line(versions: list[Doc], on: date) -> FactLine | None:
    held = facts.in_effect(versions, on)
    coming = facts.upcoming(versions, on)
    if not held and not coming:
        return None
    shown = held[0] if held else coming[0]
    later = [_later(fact) for fact in coming if not held or _said(fact) != _said(shown)]
    if held and not coming and shown["valid_to"]:
        later = [_("until %(date)s") % {"date": _day(shown["valid_to"])}]
    return FactLine(
        label=shown["label"],
        value=_value(shown) if held else "",
        condition=shown.get("condition", ""),
        later=tuple(later),
        url=safe_url(shown.get("url", "") or ""),
    )


def _said(fact: Mapping[str, Any]) -> tuple[str, str]:
    return _value(fact), fact.get("condition", "")


def _value(fact: Mapping[str, Any]) -> str:
    if fact["kind"] in ("eligibility", "legal_basis"):
        return str(fact["label"])
    if fact["kind"] == "document":
        return str(fact.get("note", ""))
    value = facts.value_text({**fact, "condition": ""})
    return value[:1].upper() + value[1:]


def _later(fact: Mapping[str, Any]) -> str:
    return _("%(value)s from %(date)s") % {
        "value": _value(fact) or fact["label"],
        "date": _day(fact["valid_from"]),
    }


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")


def steps(body: Doc) -> list[StepGroup]:
    """Steps in groups that a warning parts; the numbers run on."""
    groups: list[StepGroup] = []
    number = 0
    for step in body["steps"]:
        if step["type"] == "warning":
            groups.append(StepGroup(True, 0, (step,)))
            continue
        number += 1
        if groups and not groups[-1].warning:
            groups[-1] = StepGroup(False, groups[-1].start, (*groups[-1].steps, step))
        else:
            groups.append(StepGroup(False, number, (step,)))
    return groups


def openings(reading: Reading, now: datetime) -> list[tuple[Target, Opening]]:
    """The places and phone lines that this service names, with how each stands now; each once."""
    found: dict[str, tuple[Target, Opening]] = {}
    for channel in reading.body["channels"]:
        for name in ("place", "contact_point"):
            target = reading.target(channel.get(name))
            state = opening(target.facts, now) if target else None
            if target and state:
                found[target.id] = (target, state)
    return list(found.values())


def likeliest(openings: list[tuple[Target, Opening]]) -> tuple[Target, Opening] | None:
    """The one to tell where there is room for one: the first that is open, else the first."""
    return next((one for one in openings if one[1].is_open), next(iter(openings), None))


def ways(reading: Reading, now: datetime) -> tuple[Way | None, list[Way], list[Way]]:
    """The best way, the other tasks, the other channels. The best is the first working task that gets
    the thing done, then the first channel that does, then finding out more; what the button or a task
    says is not said again."""
    tasks = [_task(task) for task in reading.body["tasks"]]
    channels = [way for channel in reading.body["channels"] if (way := _channel(channel, reading, now))]
    doing = [way for way in tasks if way.url and way.icon != "find_out"]
    able = [way for way in channels if way.url and not way.informs_only]
    asking = [way for way in tasks if way.url and way.icon == "find_out"]
    best = next(iter([*doing, *able, *asking]), None)
    told = {way.url for way in tasks if way.url} | ({best.url} if best else set())
    other_channels = [
        way for way in channels if way is not best and not (way.icon == "online" and way.url in told)
    ]
    return best, [way for way in tasks if way is not best], other_channels


def groups(body: Doc) -> str:
    """Whom a service is for, in one line: `residents, older people`."""
    return ", ".join(str(GROUPS.get(name, name.replace("-", " "))) for name in body["target_groups"])


def _task(task: Doc) -> Way:
    works = task["state"] == "working"
    return Way(
        icon=task["kind"],
        heading=str(WAYS["online"]),
        label=task["label"],
        url=safe_url(task["url"]) if works else "",
        state="" if works else str(STATES.get(task["state"], STATES["unavailable"])),
    )


def _channel(channel: Doc, reading: Reading, now: datetime) -> Way | None:
    kind = channel["kind"]
    target = reading.target(channel.get("contact_point")) or reading.target(channel.get("place"))
    url, detail, detail_url = _where(kind, channel, target, reading.on)
    label = channel["label"] or (target.title if target else "") or detail
    if not label:
        return None
    detail = detail if detail != label else ""
    if not detail and target and label != target.title:
        detail = target.title
    return Way(
        icon=kind,
        heading=str(WAYS.get(kind, WAYS["online"])),
        label=label,
        url=url,
        detail=detail,
        detail_url=detail_url if detail else "",
        informs_only=channel["can_do"] == "information",
        opening=opening(target.facts, now) if target else None,
    )


def _where(kind: str, channel: Doc, target: Target | None, on: date) -> tuple[str, str, str]:
    """Where a way leads, its number or address in words, and where those lead."""
    address = channel["address"]
    if kind == "phone":
        number = fact_text(target, "phone", on) or address
        return phone_url(number), number, phone_url(number)
    if kind == "email":
        mailbox = address or fact_text(target, "email", on)
        return email_url(mailbox), mailbox, email_url(mailbox)
    if kind == "desk":
        path = target.path or "" if target else ""
        return path, address or fact_text(target, "address", on), ""
    if kind == "post":
        return "", address or fact_text(target, "address", on), ""
    return safe_url(address), "", ""


def fact_text(target: Target | None, kind: str, on: date) -> str:
    """The first fact of a kind that holds for a target today, in words."""
    held = facts.in_effect([f for f in target.facts if f["kind"] == kind], on) if target else []
    return facts.value_text(held[0]) if held else ""
