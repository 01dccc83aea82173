"""Search over the API. Who may see what follows from the address and the account, from no parameter."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from cms.core import clock
from cms.organisation.auth import STAFF
from cms.publications.vocabulary import Audience

from . import queries
from .documents import FACETS
from .facets import Filters

public_router = Router()
agent_router = Router(auth=STAFF)


class Asked(Schema):
    q: str = ""
    department: str | None = None
    type: str | None = None
    topic: UUID | None = None
    life_event: UUID | None = None
    audience: str | None = None
    channel: str | None = None
    handling_class: str | None = None
    language: str | None = None
    service: UUID | None = None
    as_typed: bool = False
    limit: int = 10
    offset: int = 0


class AskedByStaff(Asked):
    typing: bool = False


class FactLine(Schema):
    kind: str
    text: str


class ResultOut(Schema):
    id: UUID
    type: str
    title: str
    url: str | None
    snippet: str
    facts: list[FactLine]
    audience: str
    pinned: bool
    updated: str
    changed_today: bool
    department: str
    handling_class: str
    service: UUID | None
    more_of_service: int

    @staticmethod
    def resolve_updated(result: queries.Result) -> str:
        return clock.iso(result.updated)


class FacetValue(Schema):
    value: str
    label: str
    count: int
    is_exact: bool


class Nearest(Schema):
    id: UUID
    title: str
    url: str | None


class Found(Schema):
    query: str
    corrected: str | None
    total: int
    total_is_exact: bool
    results: list[ResultOut]
    facets: dict[str, list[FacetValue]]
    nearest: list[Nearest]
    took_ms: float


class Suggested(Schema):
    query: str
    suggestions: list[str]


@public_router.get("/search", response=Found, summary="What the public finds")
def public_search(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    return _found(asked, Audience.PUBLIC)


@public_router.get("/suggest", response=Suggested, summary="Titles that begin so, for the public")
def public_suggest(request: HttpRequest, q: str = "") -> dict[str, Any]:
    return _suggested(q, Audience.PUBLIC)


@agent_router.get("/search", response=Found, summary="What staff find")
def agent_search(request: HttpRequest, asked: Query[AskedByStaff]) -> dict[str, Any]:
    return _found(asked, Audience.STAFF, typing=asked.typing)


@agent_router.get("/suggest", response=Suggested, summary="Titles that begin so, for staff")
def agent_suggest(request: HttpRequest, q: str = "") -> dict[str, Any]:
    return _suggested(q, Audience.STAFF)


def _found(asked: Asked, audience: str, *, typing: bool = False) -> dict[str, Any]:
    began = time.perf_counter()
    filters = Filters(**{name: getattr(asked, name) for name in (*FACETS, "service")})
    found = queries.find(
        asked.q,
        audience=audience,
        filters=filters,
        limit=asked.limit,
        offset=asked.offset,
        typing=typing,
        as_typed=asked.as_typed,
    )
    took = round((time.perf_counter() - began) * 1000, 1)
    return {**vars(found), "took_ms": took}


def _suggested(text: str, audience: str) -> dict[str, Any]:
    cut = text[:200].encode("utf-8", "replace").decode("utf-8")
    return {"query": cut, "suggestions": queries.suggest(text, audience=audience)}
