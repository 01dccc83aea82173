"""Facts as an agent reads them out: what holds today, and what is to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cms.publications import facts

Doc = dict[str, Any]


@dataclass(frozen=True)
class FactLine:
    """One fact: its own name (where the value doesn't say it), its value today, what it will be."""

    name: str
    values: tuple[str, ...]
    condition: str = ""
    coming: tuple[str, ...] = ()
    url: str = ""


@dataclass
class FactGroup:
    """Facts of one kind under its name."""

    label: str
    lines: list[FactLine] = field(default_factory=list)


def grouped(all_facts: Iterable[Doc], on: date) -> list[FactGroup]:
    """Facts by kind, in the order in which they stand. What is over is left out."""
    versions: dict[str, list[Doc]] = {}
    for fact in all_facts:
        versions.setdefault(fact["key"], []).append(fact)
    groups: dict[str, FactGroup] = {}
    for of_one in versions.values():
        line = fact_line(of_one, on)
        if line is not None:
            kind = of_one[0]["kind"]
            groups.setdefault(kind, FactGroup(str(facts.LABELS[kind]))).lines.append(line)
    return list(groups.values())


def fact_line(versions: list[Doc], on: date) -> FactLine | None:
    """The versions of one fact in one line; `None` when none of them holds any more, or will."""
    now, later = facts.in_effect(versions, on), facts.upcoming(versions, on)
    if not now and not later:
        return None
    example = (now or later)[0]
    values = tuple(value for fact in now for value in _values({**fact, "condition": ""}))
    name = example["label"]
    if any(name and value.startswith(name) for value in values):
        name = ""
    return FactLine(
        name=name,
        values=values,
        condition=now[0].get("condition", "") if now else "",
        coming=(*_ending(now, later), *(_coming(fact) for fact in later)),
        url=example.get("url", ""),
    )


def _values(fact: facts.Fact) -> list[str]:
    if fact["kind"] == "hours":
        lines = [
            _("%(days)s: %(hours)s") % {"days": days, "hours": span}
            for days, span in facts.hours_lines(fact["days"])
        ]
        return [*lines, fact["note"]] if fact.get("note") else lines
    if fact["kind"] == "legal_basis":
        return [fact["label"] or fact["url"]]
    if fact["kind"] == "document" and fact.get("note"):
        return [_("%(document)s: %(note)s") % {"document": fact["label"], "note": fact["note"]}]
    return [facts.value_text(fact)]


def _coming(fact: facts.Fact) -> str:
    if fact["kind"] == "closure":
        return facts.value_text(fact)
    value = "; ".join(_values(fact))
    return _("%(when)s: %(value)s") % {"when": facts.period_text(fact), "value": value}


def _ending(now: list[facts.Fact], later: list[facts.Fact]) -> list[str]:
    """An end that nothing follows."""
    if later:
        return []
    return [
        facts.period_text({**fact, "valid_from": None})
        for fact in now
        if fact["valid_to"] and fact["kind"] != "closure"
    ]
