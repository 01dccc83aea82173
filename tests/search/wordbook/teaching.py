"""Teaching the search in tests: by the deed's name, as a webmaster unless told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cms.core import clock
from cms.publications.models import Item
from search.wordbook import commands
from search.wordbook.models import Bet, StopPhrase, Synonyms
from tests.people import person


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def taught(rule: str, **values: Any) -> Synonyms:
    """`bin → waste container`, or `car ↔ vehicle`."""
    both = "↔" in rule
    left, _sign, right = rule.partition("↔" if both else "→")
    told = {
        "language": "en",
        "direction": "both_ways" if both else "one_way",
        "review_on": in_days(365),
        "by": person("webmaster"),
        **values,
    }
    return commands.teach_synonyms(words=[left], means=[right], **told)


def bet(query: str, item: Item, **values: Any) -> Bet:
    told = {"language": "en", "kind": "best", "last_day": in_days(30), "by": person("webmaster"), **values}
    return commands.place_bet(query=query, item=item.pk, **told)


def stopped(phrase: str, **values: Any) -> StopPhrase:
    told = {"language": "en", "review_on": in_days(365), "by": person("webmaster"), **values}
    return commands.teach_stop_phrase(phrase=phrase, **told)
