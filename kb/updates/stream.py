"""One reader's stream of updates as server-sent events: catch up, then wait for more."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AbstractUser
from django.db import DatabaseError
from django.http import HttpRequest

from cms.organisation.commands import use_token
from cms.organisation.queries import person

from . import queries
from .queries import Position
from .shapes import update_json
from .streams import Hub, Reader

BATCH = 50
RETRY = 2000  # milliseconds after which a browser that was cut off comes back


@dataclass(frozen=True)
class Batch:
    """What a reader gets next. `restart`: what it saw no longer exists. `ended`: it may read no longer."""

    place: Position
    events: tuple[str, ...] = ()
    restart: bool = False
    ended: bool = False
    more: bool = False


def credentials(request: HttpRequest) -> Callable[[], AbstractUser | None]:
    """Ask again, later, for the person who opened the stream: `None` once the token was revoked, the
    session ended, the password changed, the account was closed or the last role taken away."""
    header = request.headers.get("Authorization", "")
    secret = header[7:] if header[:7].lower() == "bearer " else None
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)

    def again() -> AbstractUser | None:
        user = use_token(secret) if secret else _of_session(key)
        return user if user is not None and person(user).is_staff_reader else None

    return again


def _of_session(key: str | None) -> AbstractUser | None:
    fresh = HttpRequest()
    fresh.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = auth.get_user(fresh)
    return user if user.is_authenticated else None


def start(wanted: Position | None) -> Batch:
    """Where a reader begins: after the cursor it names, at the end without one, at the start of the log
    when its cursor is of another epoch."""
    end = queries.head()
    if wanted is None:
        return Batch(place=end)
    if queries.must_restart(wanted, end):
        return Batch(place=Position(end.epoch, 0), restart=True)
    return Batch(place=wanted)


def read_on(place: Position, who: Callable[[], AbstractUser | None]) -> Batch:
    """What comes after `place`, in order and without a gap, for whoever still may read it."""
    user = who()
    if user is None:
        return Batch(place=place, ended=True)
    end = queries.head()
    if queries.must_restart(place, end):
        return Batch(place=Position(end.epoch, 0), restart=True, more=True)
    rows = queries.next_in_order(place.seq, user, limit=BATCH)
    events = tuple(event("update", update_json(row), cursor=Position(end.epoch, row.seq)) for row in rows)
    last = rows[-1].seq if rows else place.seq
    return Batch(place=Position(end.epoch, last), events=events, more=len(rows) == BATCH)


async def events(
    hub: Hub, reader: Reader, who: Callable[[], AbstractUser | None], wanted: Position | None
) -> AsyncIterator[str]:
    """The stream itself. It ends when the person may read no longer, or the server stops."""
    try:
        first = await hub.read(start, wanted)
        yield f"retry: {RETRY}\n\n"
        # An id without data dispatches nothing, but a reader who is cut off comes back to this place.
        yield restart(first.place) if first.restart else f"id: {first.place}\n\n"
        place, more = first.place, True
        while not hub.ended:
            woken = more or await hub.wait(reader)
            if hub.ended:
                return
            try:
                batch = await hub.read(read_on, place, who)
            except DatabaseError:
                return  # the reader comes back to its place by itself
            if batch.ended:
                return
            if batch.restart:
                yield restart(batch.place)
            for text in batch.events:
                yield text
            if not (woken or batch.events or batch.restart):
                yield ": still here\n\n"
            place, more = batch.place, batch.more
    finally:
        hub.leave(reader)


def restart(place: Position) -> str:
    """Everything that follows is the log from its start."""
    return event("restart", {"epoch": place.epoch}, cursor=place)


def event(name: str, data: dict[str, Any], *, cursor: Position) -> str:
    """One server-sent event; JSON has no line break of its own."""
    return f"id: {cursor}\nevent: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
