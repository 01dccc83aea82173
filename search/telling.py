"""The facts that settle a call, in one line each, as they stand today: fee, phone, hours, documents."""

# ruff: noqa: S608  (names of tables are ours; values are always parameters)

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cms.publications import facts
from cms.publications.models import Current, CurrentFact, Reference
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Status

from .plainly import holes, json_out, read, uuid_in, uuid_out

# What is told of each kind of fact, in this order, and how many of them at most.
MOST = {"fee": 4, "phone": 2, "hours": 2, "document": 6}
# Whose facts tell of an item too: where its service is had, and an article's service.
_WHERE = ("place", "contact_point")
_SERVICE = "service"
_KINDS = ("fee", "phone", "hours", "closure", "document")


def services(items: Collection[UUID], audience: str) -> dict[UUID, UUID]:
    """The service page that each of the articles among `items` belongs to, where it is published."""
    return {source: target for source, target, _role in _references(items, (_SERVICE,), audience)}


def telling(
    items: list[UUID], parents: Mapping[UUID, UUID], audience: str, on: date
) -> dict[UUID, list[dict]]:
    """For each item the lines `{"kind", "text"}` of its own facts, its service's, and those of the
    places and contact points of either."""
    asked = {*items, *parents.values()}
    near: dict[UUID, list[UUID]] = {}
    for source, target, _role in _references(asked, _WHERE, audience):
        near.setdefault(source, []).append(target)
    held: dict[UUID, list[dict[str, Any]]] = {}
    everyone = asked.union(*near.values())
    for source, fact in _facts(everyone):
        held.setdefault(source, []).append(fact)
    answer = {}
    for item in items:
        own = [item, *([parents[item]] if item in parents else [])]
        sources = dict.fromkeys([*own, *(there for one in own for there in near.get(one, ()))])
        answer[item] = _lines([facts.in_effect(held.get(source, ()), on) for source in sources], on)
    return answer


def hours_today(held: Iterable[facts.Fact], on: date) -> str | None:
    """`Open today: 9:00 to 17:00`, `Closed today (Easter Monday)`; None when no hours are known."""
    for fact in held:
        if fact["kind"] == "closure":
            return (
                _("Closed today (%(why)s)") % {"why": fact["label"]} if fact["label"] else _("Closed today")
            )
    hours = [fact for fact in held if fact["kind"] == "hours"]
    if not hours:
        return None
    days = [day for fact in hours for day in fact["days"] if day["weekday"] == on.isoweekday()]
    if not days:
        return _("Closed today")
    lines = dict.fromkeys(span for _days, span in facts.hours_lines(days))
    return _("Open today: %(hours)s") % {"hours": ", ".join(lines)}


def _lines(sources: list[list[facts.Fact]], on: date) -> list[dict[str, str]]:
    found: dict[str, dict[str, None]] = {kind: {} for kind in MOST}
    for held in sources:
        for fact in held:
            if fact["kind"] in MOST and fact["kind"] != "hours":
                found[fact["kind"]][facts.one_line(fact)] = None
        if today := hours_today(held, on):
            found["hours"][today] = None
    return [{"kind": kind, "text": text} for kind, most in MOST.items() for text in list(found[kind])[:most]]


def _references(
    sources: Collection[UUID], roles: tuple[str, ...], audience: str
) -> list[tuple[UUID, UUID, str]]:
    """Where published items lead to, among what the audience may see."""
    if not sources:
        return []
    audiences, wanted = AUDIENCES[audience], set(sources)
    sql = (
        f"SELECT r.source_id, r.target_id, r.role FROM {Reference._meta.db_table} r"
        f" JOIN {Current._meta.db_table} c ON c.item_id = r.target_id"
        f" WHERE r.source_id IN ({holes(wanted)}) AND r.role IN ({holes(roles)})"
        f" AND c.status = %s AND c.audience IN ({holes(audiences)}) ORDER BY r.id"
    )
    values = [*map(uuid_in, wanted), *roles, Status.PUBLISHED.value, *audiences]
    return [(uuid_out(source), uuid_out(target), role) for source, target, role in read(sql, values)]


def _facts(items: Collection[UUID]) -> list[tuple[UUID, facts.Fact]]:
    """What may be told of each item, in the order of its facts."""
    if not items:
        return []
    sql = (
        f"SELECT item_id, value FROM {CurrentFact._meta.db_table} WHERE item_id IN ({holes(items)})"
        f" AND kind IN ({holes(_KINDS)}) ORDER BY item_id, position"
    )
    found = read(sql, [*map(uuid_in, items), *_KINDS])
    return [(uuid_out(item), json_out(value)) for item, value in found]
