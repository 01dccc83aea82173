"""When nothing is found: the topics whose names look most like what was asked, then the first of the site."""

from __future__ import annotations

from typing import Any

from cms.publications.models import Current
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Status

from .analysis import fold

MOST = 5
_LOOKED_AT = 500


def nearest(text: str, audience: str) -> list[dict[str, Any]]:
    """Topics `{"id", "title", "url"}` to go on from, most alike first."""
    rows = Current.objects.filter(kind="topic", status=Status.PUBLISHED, audience__in=AUDIENCES[audience])
    found = rows.order_by("position", "title", "pk").values_list("pk", "title", "path", "summary")
    asked = pieces(text)
    ranked = sorted(
        found[:_LOOKED_AT],
        key=lambda row: -max(alike(asked, pieces(row[1])), alike(asked, pieces(row[3])) / 2),
    )
    return [{"id": str(pk), "title": title, "url": path} for pk, title, path, _summary in ranked[:MOST]]


def pieces(text: str) -> frozenset[str]:
    """Three letters each, as they stand in its words."""
    words = [f" {word} " for word in fold(text).split()]
    return frozenset(word[start : start + 3] for word in words for start in range(len(word) - 2))


def alike(left: frozenset[str], right: frozenset[str]) -> float:
    """From 0, nothing shared, to 1."""
    return len(left & right) / len(left | right) if left and right else 0.0
