"""Facts: structured values that must be right, in one line, and as they stand on a day.

A fact is a dict with `key`, `kind`, `label`, `valid_from`, `valid_to` (ISO dates or None) and:

    fee              amount (decimal string), currency (ISO 4217), condition
    deadline         when, condition
    processing_time  amount (integer), unit, condition
    document         note
    eligibility      (the label says it)
    legal_basis      url
    hours            days: [{weekday 1..7, opens "HH:MM", closes "HH:MM"}], note
    closure          (label; the dates say when)
    address          street, postcode, town
    phone            number
    email            address

Facts of one item with the same key are versions of one fact in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

Fact = dict[str, Any]

LABELS = {
    "fee": gettext_lazy("Fee"),
    "deadline": gettext_lazy("Deadline"),
    "processing_time": gettext_lazy("How long it takes"),
    "document": gettext_lazy("Document needed"),
    "eligibility": gettext_lazy("Who can use it"),
    "legal_basis": gettext_lazy("Legal basis"),
    "hours": gettext_lazy("Opening hours"),
    "closure": gettext_lazy("Closed"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
}
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def money(amount: str, currency: str) -> str:
    """`27.50`, `GBP` → `£27.50`; whole amounts without pence; nothing to pay is said in a word."""
    value = Decimal(amount)
    if value == 0:
        return _("free")
    places = 0 if value == value.to_integral() else 2
    number = number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{number} {currency}"


def duration(amount: int, unit: str) -> str:
    """`10`, `working_days` → `10 working days`."""
    forms = {
        "hours": ngettext("%(n)d hour", "%(n)d hours", amount),
        "days": ngettext("%(n)d day", "%(n)d days", amount),
        "working_days": ngettext("%(n)d working day", "%(n)d working days", amount),
        "weeks": ngettext("%(n)d week", "%(n)d weeks", amount),
        "months": ngettext("%(n)d month", "%(n)d months", amount),
    }
    return forms[unit] % {"n": amount}


def weekday_names() -> list[str]:
    return [
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    ]


def hours_lines(days: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """A week as (`Monday to Friday`, `9:00 to 17:00`) lines; closed days are left out."""
    names = weekday_names()
    by_day: dict[int, str] = {}
    for day in sorted(days, key=lambda d: (d["weekday"], d["opens"])):
        span = _("%(opens)s to %(closes)s") % {
            "opens": day["opens"].removeprefix("0"),
            "closes": day["closes"].removeprefix("0"),
        }
        number = day["weekday"]
        by_day[number] = f"{by_day[number]}, {span}" if number in by_day else span
    lines: list[tuple[int, int, str]] = []
    for number, span in sorted(by_day.items()):
        if lines and lines[-1][1] == number - 1 and lines[-1][2] == span:
            lines[-1] = (lines[-1][0], number, span)
        else:
            lines.append((number, number, span))
    return [
        (
            names[first - 1]
            if first == last
            else _("%(first)s to %(last)s") % {"first": names[first - 1], "last": names[last - 1]},
            span,
        )
        for first, last, span in lines
    ]


def value_text(fact: Fact) -> str:
    """The value alone, in words: `£27.50`, `10 working days`, `Monday to Friday 9:00 to 17:00`."""
    kind = fact["kind"]
    if kind == "fee":
        text = money(fact["amount"], fact["currency"])
    elif kind == "deadline":
        text = fact["when"]
    elif kind == "processing_time":
        text = duration(fact["amount"], fact["unit"])
    elif kind == "hours":
        text = "; ".join(f"{days} {span}" for days, span in hours_lines(fact["days"]))
        text = f"{text} ({fact['note']})" if fact.get("note") else text
    elif kind == "address":
        text = ", ".join(part for part in (fact["street"], fact["postcode"], fact["town"]) if part)
    elif kind == "phone":
        text = fact["number"]
    elif kind == "email":
        text = fact["address"]
    elif kind == "document":
        text = fact.get("note") or fact["label"]
    elif kind == "closure":
        text = period_text(fact)
    elif kind == "legal_basis":
        text = f"{fact['label']} {fact['url']}".strip()
    else:
        text = fact["label"]
    condition = fact.get("condition")
    return f"{text} ({condition})" if condition else text


def one_line(fact: Fact) -> str:
    """Label and value: `Adult permit: £27.50, from 1 January 2027`."""
    value = value_text(fact)
    label = fact["label"]
    text = value if not label or value.startswith(label) else f"{label}: {value}"
    period = period_text(fact) if fact["kind"] != "closure" else ""
    return f"{text}, {period}" if period else text


def period_text(fact: Mapping[str, Any]) -> str:
    """`from 1 January 2027`, `until 31 December 2026`, `25 to 26 December`, or nothing."""
    start = _day(fact["valid_from"])
    end = _day(fact["valid_to"])
    if start and end:
        if start == end:
            return date_format(start, "j F Y")
        return _("%(start)s to %(end)s") % {
            "start": date_format(start, "j F Y"),
            "end": date_format(end, "j F Y"),
        }
    if start:
        return _("from %(start)s") % {"start": date_format(start, "j F Y")}
    if end:
        return _("until %(end)s") % {"end": date_format(end, "j F Y")}
    return ""


def in_effect(facts: Iterable[Fact], on: date) -> list[Fact]:
    """The facts that hold on a day of the municipality's calendar, in their order."""
    day = on.isoformat()
    return [
        fact
        for fact in facts
        if (fact["valid_from"] or "") <= day and (not fact["valid_to"] or day <= fact["valid_to"])
    ]


def upcoming(facts: Iterable[Fact], on: date) -> list[Fact]:
    """The facts that begin after a day, soonest first."""
    later = [fact for fact in facts if fact["valid_from"] and fact["valid_from"] > on.isoformat()]
    return sorted(later, key=lambda fact: fact["valid_from"])


def effect_dates(facts: Iterable[Fact], after: date) -> list[tuple[date, list[str]]]:
    """The days after `after` on which a dated fact begins or has ended, with the keys concerned."""
    days: dict[date, set[str]] = {}
    for fact in facts:
        start, end = _day(fact["valid_from"]), _day(fact["valid_to"])
        for day in (start, end + timedelta(days=1) if end else None):
            if day is not None and day > after:
                days.setdefault(day, set()).add(fact["key"])
    return [(day, sorted(keys)) for day, keys in sorted(days.items())]


def overlaps(facts: Iterable[Fact]) -> list[tuple[Fact, Fact]]:
    """Pairs of versions of one fact that would hold on the same day."""
    found = []
    by_key: dict[str, list[Fact]] = {}
    for fact in facts:
        for other in by_key.setdefault(fact["key"], []):
            if (fact["valid_from"] or "") <= (other["valid_to"] or "9999") and (
                other["valid_from"] or ""
            ) <= (fact["valid_to"] or "9999"):
                found.append((other, fact))
        by_key[fact["key"]].append(fact)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
