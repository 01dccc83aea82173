"""`/api/v1/agent/updates`: what agents are told, as a list, as a stream, and acknowledged."""

from __future__ import annotations

from typing import cast

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AbstractUser
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from cms.core import clock
from cms.core.problems import not_found, problem
from cms.organisation.auth import STAFF

from . import commands, queries
from .queries import Position
from .shapes import update_json
from .stream import credentials, events
from .streams import hub

router = Router(auth=STAFF)
PAGE = 50


@router.get("/updates", summary="What agents are told, after a cursor, in the order of the log")
def updates(request: HttpRequest, after: str = "") -> HttpResponse:
    """`next` reads on; `restart` is true when the cursor was of another epoch, or ahead of the log:
    what was read with it no longer exists, and the list begins at its start."""
    end = queries.head()
    wanted = queries.position(after) if after else Position(end.epoch, 0)
    if wanted is None:
        return not_a_cursor()
    restart = queries.must_restart(wanted, end)
    rows = queries.after(0 if restart else wanted.seq, caller(request))
    count = rows.count()
    page = list(rows[:PAGE])
    following = f"{request.path}?after={end.epoch}-{page[-1].seq}" if count > len(page) else None
    answer = {
        "count": count,
        "next": following,
        "previous": None,
        "restart": restart,
        "results": [update_json(row) for row in page],
    }
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, no-store"
    return response


@router.get("/updates/stream", summary="What agents are told, as it happens (server-sent events)")
async def stream(request: HttpRequest, after: str = "") -> HttpResponseBase:
    """Events `update` (`id` is the cursor to come back with) and `restart` (all that was read no longer
    exists; the log follows from its start). `Last-Event-ID`, else `after`, says where to go on; without
    either the stream begins now."""
    asked = request.headers.get("Last-Event-ID") or after
    wanted = queries.position(asked) if asked else None
    if asked and wanted is None:
        return not_a_cursor()
    if not isinstance(request, ASGIRequest):
        return problem(503, "no-streams", _("This server can't stream. Read the list of updates instead."))
    here = hub()
    if here.ended:
        return problem(503, "stopping", _("The server is about to stop. Come back in a moment."))
    reader = here.join(caller(request).pk)
    if reader is None:
        return problem(
            429, "too-many-streams", _("You have too many streams open. Close another window first.")
        )
    # The request's own thread waits as long as the stream is open; its connection needn't.
    await sync_to_async(connections.close_all)()
    response = StreamingHttpResponse(
        events(here, reader, credentials(request), wanted), content_type="text/event-stream; charset=utf-8"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


@router.post("/updates/{cursor}/ack", summary="Acknowledge an update; a second time changes nothing")
def acknowledge(request: HttpRequest, cursor: str) -> HttpResponse:
    place = queries.position(cursor)
    if place is None:
        return not_a_cursor()
    entry = queries.entry_at(place)
    if entry is None:
        return not_found(request)
    receipt = commands.acknowledge(entry, by=caller(request))
    return JsonResponse(
        {
            "cursor": entry.cursor,
            "acknowledged": True,
            "acknowledged_at": clock.iso(receipt.acknowledged_at or receipt.seen_at),
            "unread": queries.unread_count(caller(request)),
        }
    )


def caller(request: HttpRequest) -> AbstractUser:
    """The person whose session or token this is."""
    return cast(AbstractUser, request.auth)  # type: ignore[attr-defined]  # set by the router's `auth`


def not_a_cursor() -> HttpResponse:
    return problem(422, "not-a-cursor", _("A cursor is written EPOCH-SEQ, for example 1-207."))
