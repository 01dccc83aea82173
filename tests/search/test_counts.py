"""What is counted is what is found: each choice of a facet that says it is exact leaves so many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from search import finding
from search.facets import Filters
from search.queries import Results, find
from search.wordbook import commands as wordbook

from .publishing import service
from .wordbook.teaching import in_days

pytestmark = pytest.mark.usefixtures("the_log")


def public(text: str, **more: Any) -> Results:
    return find(text, audience="public", **more)


def wrong(text: str) -> list[tuple[str, str, int, int]]:
    """The choices that leave another number than they say."""
    found = []
    for name, choices in public(text).facets.items():
        for choice in choices:
            value = UUID(choice["value"]) if name in ("topic", "life_event") else choice["value"]
            total = public(text, filters=Filters(**{name: value})).total
            if choice["is_exact"] and total != choice["count"]:
                found.append((name, choice["value"], choice["count"], total))
    return found


@pytest.mark.parametrize("kind", ["best", "worst"])
@pytest.mark.parametrize("title", ["Permit one", "Zebra"])
def test_bets_are_counted_as_they_are_shown(kind: str, title: str) -> None:
    bet = service(title)
    service("Permit two")
    service("Permit three", code="housing")
    wordbook.place_bet(language="en", kind=kind, query="permit", item=bet.pk, last_day=in_days(3), by=None)
    results = public("permit")
    assert (results.total, results.total_is_exact) == (len(results.results), True)
    assert not wrong("permit")
    assert {choice["value"]: choice["count"] for choice in results.facets["department"]} == {
        "parks": len(results.results) - 1,
        "housing": 1,
    }
    narrowed = public("permit", filters=Filters(department="housing"))
    (other,) = (choice for choice in narrowed.facets["department"] if choice["value"] == "parks")
    assert not other["is_exact"] or other["count"] == len(results.results) - 1


def test_counts_with_hits_left_out_that_have_some_of_the_words_say_so() -> None:
    service("Parking permit")
    for number in range(30):
        service(f"Parking place {number}", code="housing" if number % 2 else "parks")
    results = public("parking permit")
    assert not results.total_is_exact
    assert not any(choice["is_exact"] for choices in results.facets.values() for choice in choices)


def test_few_hits_with_some_of_the_words_are_all_there_is() -> None:
    service("Parking permit")
    service("Parking place", code="housing")
    results = public("parking permit")
    assert (results.total, results.total_is_exact, len(results.results)) == (2, True, 2)
    assert not wrong("parking permit")


def test_a_choice_that_is_filled_up_with_some_of_the_words_is_not_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "MANY", 3)
    for number in range(4):
        service(f"Parking permit {number}", code="housing" if number else "parks")
    service("Parking place")
    told = {choice["value"]: choice for choice in public("parking permit").facets["department"]}
    assert (told["parks"]["count"], told["parks"]["is_exact"]) == (1, False)
    assert (told["housing"]["count"], told["housing"]["is_exact"]) == (3, True)
    assert not wrong("parking permit")
