"""Whatever is published and asked, a choice of a facet that says it is exact leaves so many when one asks
again with it. The numbers from which finding does otherwise are made small, so that few items suffice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from cms.publications.models import Item
from search import finding
from search.facets import Filters
from search.queries import find
from search.wordbook import commands as wordbook

from .publishing import article, publish, service
from .wordbook.teaching import in_days

pytestmark = pytest.mark.usefixtures("the_log")

WORDS = ("permit", "parking", "garden", "bin", "zebra")
TYPED = (*WORDS, "permt", "parkin", "gardn", "unheard")
CODES = ("parks", "housing", "waste")
KINDS = ("service", "place", "article")
TOPICS = [UUID(int=1), UUID(int=2)]
FILTERS = (Filters(), Filters(department="parks"), Filters(type="place"), Filters(topic=TOPICS[0]),
           Filters(department="housing", handling_class="A"))  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(" ".join)


@st.composite
def towns(draw: st.DrawFn) -> dict[str, Any]:
    items = st.tuples(texts, st.sampled_from(CODES), st.sampled_from(("", "A", "B")), st.sampled_from(KINDS))
    published = draw(st.lists(items, min_size=2, max_size=14))
    question = " ".join(draw(st.lists(st.sampled_from(TYPED), min_size=1, max_size=3, unique=True)))
    bets = st.tuples(
        st.sampled_from(("best", "worst")),
        st.sampled_from((question, *WORDS)),
        st.integers(0, len(published) - 1),
    )
    placed = draw(st.lists(bets, max_size=2, unique_by=lambda bet: bet[1:]))
    return {"published": published, "question": question, "bets": placed}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # a wrong count is one: making it smaller takes minutes
)
@example(
    town={
        "published": [
            ("garden", "parks", "A", "service"),
            ("parking permit", "parks", "B", "place"),
            ("parking garden permit", "parks", "B", "service"),
        ],
        "question": "permit parking garden",
        "bets": [],
    },
    enough=3,
    many=6,
    beyond=4,
)
@given(town=towns(), enough=st.integers(1, 4), many=st.integers(2, 6), beyond=st.integers(0, 6))
def test_what_claims_to_be_exact_is_what_one_gets(
    town: dict[str, Any], enough: int, many: int, beyond: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(finding, "ENOUGH", enough)
        patch.setattr(finding, "MANY", many)
        patch.setattr(finding, "LOOKED_AT", many + beyond)  # never fewer
        _live(town)
        for audience in ("public", "staff"):
            for filters in FILTERS:
                assert not _wrong(town["question"], audience, filters)
        transaction.set_rollback(True)


def _live(town: dict[str, Any]) -> None:
    """Services stand under a topic, beside one, or both; an article belongs to the service before it."""
    for number, topic in enumerate(TOPICS):
        publish("topic", f"Streets {number}", pk=topic)
    items: list[Item] = []
    of = None
    for title, code, handling, kind in town["published"]:
        fields: dict[str, Any] = {"code": code, "handling_class": handling}
        if kind == "service":
            parent, beside = [None, *TOPICS][len(items) % 3], [{"item": str(TOPICS[len(title) % 2])}]
            of = service(title, parent=str(parent) if parent else None, topics=beside, **fields)
            items.append(of)
        elif kind == "article":
            items.append(article(title, about=of, **fields))
        else:
            items.append(publish(kind, title, **fields))
    for kind, query, place in town["bets"]:
        wordbook.place_bet(
            language="en", kind=kind, query=query, item=items[place].pk, last_day=in_days(3), by=None
        )


def _wrong(question: str, audience: str, filters: Filters) -> list[tuple[str, str, int, int]]:
    found = []
    for name, choices in find(question, audience=audience, filters=filters).facets.items():
        for choice in choices:
            value: Any = UUID(choice["value"]) if name in ("topic", "life_event") else choice["value"]
            narrowed = replace(filters, **{name: value})
            total = find(question, audience=audience, filters=narrowed).total
            if choice["is_exact"] and choice["count"] != total:
                found.append((name, choice["value"], choice["count"], total))
    return found
