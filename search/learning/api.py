"""Reporting what became of a search. Nothing tells a caller whether it counted: there is nothing to probe."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from cms.core.errors import refuse_if
from cms.organisation.auth import STAFF
from cms.publications.vocabulary import Audience

from . import commands
from .patience import try_to
from .rules import why_not_token, why_not_use
from .tokens import Told, read
from .vocabulary import How

public_router = Router()
agent_router = Router(auth=STAFF)
LONGEST_TOKEN = 2000
MOST_STEPS = 2**31 - 1


class Settled(Schema):
    """`search` is what stood in the answer under that name. `window` is a number that a desk draws by
    chance for each window and forgets with it; `step` counts what the window has sent."""

    search: str = Field(max_length=LONGEST_TOKEN)
    window: UUID
    step: int = Field(ge=1, le=MOST_STEPS)


class UsedByAnybody(Schema):
    search: str = Field(max_length=LONGEST_TOKEN)
    item: UUID
    how: How = How.OPENED


class UsedByStaff(UsedByAnybody):
    window: UUID | None = None
    step: int = Field(1, ge=1, le=MOST_STEPS)


@public_router.post("/search/used", response={204: None}, summary="A result was opened, or was the answer")
def public_used(request: HttpRequest, used: UsedByAnybody) -> Status[None]:
    told = _told(used.search, Audience.PUBLIC, used.item)
    try_to(partial(commands.count_use, told, used.item, how=used.how))
    return Status(204, None)


@agent_router.post("/search/asked", response={204: None}, summary="A question at a desk has settled")
def agent_asked(request: HttpRequest, asked: Settled) -> Status[None]:
    told = _told(asked.search, Audience.STAFF)
    try_to(partial(commands.go_on, told, window=asked.window, step=asked.step))
    return Status(204, None)


@agent_router.post("/search/used", response={204: None}, summary="A result was opened, or was the answer")
def agent_used(request: HttpRequest, used: UsedByStaff) -> Status[None]:
    told = _told(used.search, Audience.STAFF, used.item)
    if used.window is None:
        try_to(partial(commands.count_use, told, used.item, how=used.how))
    else:
        at_desk = partial(commands.use_at_desk, told, used.item, how=used.how)
        try_to(partial(at_desk, window=used.window, step=used.step))
    return Status(204, None)


def _told(token: str, audience: str, item: UUID | None = None) -> Told:
    """The question, if this search answered it to this audience, with this item among the results."""
    told = read(token)
    refuse_if(why_not_token(told is not None and told.audience == audience))
    assert told is not None
    refuse_if(why_not_use(item is None or told.found(item)))
    return told
