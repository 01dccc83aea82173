"""Items over the API: what is published, for the public and for staff."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from cms.core import clock
from cms.core.problems import not_found, problem
from cms.organisation.auth import STAFF

from . import facts, queries
from .models import Current
from .readings import Reading, Target
from .vocabulary import Audience, EntryKind, Status

public_router = Router()
agent_router = Router(auth=STAFF)
PAGE = 50


class Filters(Schema):
    type: str | None = None
    department: str | None = None
    life_event: UUID | None = None
    handling_class: str | None = None
    page: int = 1


def item_json(reading: Reading, *, staff: bool) -> dict[str, Any]:
    """A reading as the API gives it. Who wrote and who approved is no part of it."""
    document = reading.document
    answer: dict[str, Any] = {
        "id": reading.id,
        "type": reading.kind,
        "audience": reading.audience,
        "title": reading.title,
        "summary": document["summary"],
        "url": reading.path,
        "language": document["language"],
        "department": {"code": reading.department, "name": reading.department_name},
        "handling_class": document["handling_class"],
        "tags": document["tags"],
        "facts": [fact_json(fact, reading) for fact in document["facts"]],
        "topics": document["topics"],
        "life_events": document["life_events"],
        "body": document["body"],
        "files": document["files"],
        "references": {key: target_json(t, reading) for key, t in reading.targets.items()},
        "first_published": clock.iso(reading.first_published_at),
        "updated": clock.iso(reading.updated_at),
        "review_on": document["review_on"],
    }
    if staff:
        answer["cursor"] = reading.cursor
        answer["sha"] = reading.sha
    return answer


def fact_json(fact: facts.Fact, reading: Reading) -> dict[str, Any]:
    return {**fact, "text": facts.value_text(fact), "in_effect": bool(facts.in_effect([fact], reading.on))}


def target_json(target: Target, reading: Reading) -> dict[str, Any]:
    return {
        "id": target.id,
        "type": target.kind,
        "audience": target.audience,
        "title": target.title,
        "url": target.path,
        "facts": [fact_json(fact, reading) for fact in target.facts],
    }


def card_json(row: Current) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "type": row.kind,
        "audience": row.audience,
        "title": row.title,
        "summary": row.summary,
        "url": row.path,
        "department": row.department.code,
        "handling_class": row.handling_class,
        "updated": clock.iso(row.updated_at),
    }


def listed(request: HttpRequest, rows: QuerySet[Current], page: int) -> dict[str, Any]:
    """A page of a list: `count`, `next`, `previous`, `results`."""
    count = rows.count()
    page = max(1, page)

    def address(number: int) -> str | None:
        if number < 1 or (number - 1) * PAGE >= max(count, 1):
            return None
        query = request.GET.copy()
        query["page"] = str(number)
        return f"{request.path}?{query.urlencode()}"

    start = (page - 1) * PAGE
    return {
        "count": count,
        "next": address(page + 1) if page * PAGE < count else None,
        "previous": address(page - 1),
        "results": [card_json(row) for row in rows[start : start + PAGE]] if start < count else [],
    }


def answered(request: HttpRequest, reading: Reading | None, *, staff: bool) -> HttpResponse:
    """An item, 304 where the caller has it already, 410 with the reason where it was withdrawn."""
    if reading is None:
        return not_found(request)
    if reading.status == Status.WITHDRAWN:
        instead = target_json(reading.instead, reading) if reading.instead else None
        return problem(410, "withdrawn", reading.reason or _("This was withdrawn."), instead=instead)
    etag = quote_etag(reading.version(*(["staff", reading.cursor] if staff else ["public"])))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = JsonResponse(item_json(reading, staff=staff), json_dumps_params={"ensure_ascii": False})
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache" if staff else "public, max-age=0, must-revalidate"
    return response


@public_router.get("/items", summary="What is published, filtered")
def public_items(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    return _list(request, filters, Audience.PUBLIC)


@public_router.get("/items/by-path", summary="The item at an address of the site")
def public_item_by_path(request: HttpRequest, path: str) -> HttpResponse:
    reading = queries.read_path(path if path.endswith("/") else f"{path}/")
    if reading is not None and reading.path and reading.path.rstrip("/") != path.rstrip("/"):
        response = HttpResponse(status=301)
        response["Location"] = f"{request.path}?path={reading.path}"
        return response
    return answered(request, reading, staff=False)


@public_router.get("/notices", summary="What the municipality wants everybody to know now")
def public_notices(request: HttpRequest) -> dict[str, Any]:
    return listed(request, queries.listing(Audience.PUBLIC, kinds=["notice"]), 1)


@public_router.get("/items/{uuid:item_id}", summary="One item")
def public_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    return answered(request, queries.read(item_id, Audience.PUBLIC), staff=False)


@agent_router.get("/items", summary="What is published for staff and the public, filtered")
def agent_items(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    return _list(request, filters, Audience.STAFF)


@agent_router.get("/items/{uuid:item_id}", summary="One item, now or as it stood at a moment")
def agent_item(request: HttpRequest, item_id: UUID, at: datetime | None = None) -> HttpResponse:
    if at is None:
        return answered(request, queries.read(item_id, Audience.STAFF), staff=True)
    moment = make_aware(at) if is_naive(at) else at
    if not 1 < moment.year < 9999:  # the calendar ends within a time zone of these
        return not_found(request)
    return answered(request, queries.read_at(item_id, moment, Audience.STAFF), staff=True)


@agent_router.get("/items/{uuid:item_id}/history", summary="Every entry of an item, newest first")
def agent_history(request: HttpRequest, item_id: UUID) -> Any:
    entries = list(queries.history(item_id, Audience.STAFF))
    if not entries:
        return not_found(request)
    results = [
        {
            "cursor": entry.cursor,
            "kind": entry.kind,
            "kind_label": EntryKind(entry.kind).label,
            "lane": entry.lane,
            "at": clock.iso(entry.at),
            "reason": entry.payload.get("reason", ""),
            "sha": entry.document_id,
        }
        for entry in entries
    ]
    return {"count": len(results), "next": None, "previous": None, "results": results}


def _list(request: HttpRequest, filters: Filters, audience: str) -> dict[str, Any]:
    rows = queries.listing(
        audience,
        kinds=[filters.type] if filters.type else None,
        department=filters.department,
        handling_class=filters.handling_class,
        refers_to=filters.life_event,
        role="life_events" if filters.life_event else None,
    )
    return listed(request, rows, filters.page)
