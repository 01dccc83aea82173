"""`/api/v1/workflow`: what waits, and every deed of approval. Each asks the same rules as the admin."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from cms.core.errors import Refusal, Refused
from cms.organisation.auth import STAFF
from cms.organisation.queries import person
from cms.publications.models import Item

from . import access, commands, queries, sheets
from .shapes import debt_json, listed, sheet_json, submission_card
from .vocabulary import URGENT_KINDS

router = Router(auth=STAFF)
Json = dict[str, Any]


class SubmitIn(Schema):
    note: str = Field("", max_length=5000)
    together: list[UUID] = Field(default_factory=list, alias="with", max_length=50)


class SeenIn(Schema):
    sha: str = Field(max_length=64, description="of the text that was seen")


class SendBackIn(SeenIn):
    reason: str = Field("", max_length=5000)


class WithdrawIn(Schema):
    reason: str = Field("", max_length=5000)
    instead: UUID | None = None


class EndDebtIn(Schema):
    outcome: Literal["approved", "corrected", "withdrawn"]
    note: str = Field("", max_length=5000)


class ItemOut(Schema):
    id: str
    type: str


class CardOut(Schema):
    """A submission in short."""

    id: int
    title: str
    deed: str
    items: list[ItemOut]
    department: str
    by: str
    submitted: str
    stage: str
    state: str
    sha: str


class AtOnceOut(Schema):
    """What was done at once: its entry in the log, and the review that is owed for it."""

    entry: str
    debt: int


class ListOut(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[CardOut]


@router.get("/waiting", response=ListOut, summary="The submissions that wait for the caller, oldest first")
def waiting(request: HttpRequest) -> Json:
    return listed([submission_card(row) for row in queries.waiting_for(_caller(request))])


@router.post(
    "/items/{uuid:item_id}/submit", response={201: CardOut}, summary="Send the newest draft for approval"
)
def submit(request: HttpRequest, item_id: UUID, body: SubmitIn) -> Any:
    """`with` names further items, for example the unpublished page above, that are sent together."""
    items = [_item(item_id), *(_named(pk) for pk in body.together)]
    submission = commands.submit(items, by=_caller(request), note=body.note)
    return Status(201, submission_card(submission))


@router.post(
    "/items/{uuid:item_id}/withdraw",
    response={201: CardOut | AtOnceOut},
    summary="Withdraw what is published, with the reason",
)
def withdraw(request: HttpRequest, item_id: UUID, body: WithdrawIn) -> Any:
    """An author asks for it, and it is approved like any text. A champion withdraws an article or a
    staff notice at once."""
    item, user = _item(item_id), _caller(request)
    instead = _named(body.instead) if body.instead else None
    if item.kind in URGENT_KINDS and person(user).is_champion:
        entry = commands.withdraw_urgent(item, by=user, reason=body.reason, instead=instead)
        return Status(201, {"entry": entry.cursor, "debt": entry.debt.pk})
    submission = commands.ask_withdrawal(item, by=user, reason=body.reason, instead=instead)
    return Status(201, submission_card(submission))


@router.get("/submissions/{int:pk}", summary="A submission: document, difference, checks, verdicts")
def submission(request: HttpRequest, pk: int) -> Json:
    user = _caller(request)
    return sheet_json(sheets.sheet(access.submission_for(user, pk), user))


@router.post("/submissions/{int:pk}/approve", response=CardOut, summary="Approve the text that was seen")
def approve(request: HttpRequest, pk: int, body: SeenIn) -> Json:
    user = _caller(request)
    return submission_card(commands.approve(access.submission_for(user, pk), by=user, seen=body.sha))


@router.post("/submissions/{int:pk}/send-back", response=CardOut, summary="Send it back, with the reason")
def send_back(request: HttpRequest, pk: int, body: SendBackIn) -> Json:
    user = _caller(request)
    found = access.submission_for(user, pk)
    return submission_card(commands.send_back(found, by=user, seen=body.sha, reason=body.reason))


@router.post("/submissions/{int:pk}/take-back", response=CardOut, summary="Take it back, to change it")
def take_back(request: HttpRequest, pk: int) -> Json:
    user = _caller(request)
    return submission_card(commands.take_back(access.submission_for(user, pk), by=user))


@router.post(
    "/submissions/{int:pk}/compose-again",
    response={201: CardOut},
    summary="Compose it anew on what is published now",
)
def compose_again(request: HttpRequest, pk: int) -> Any:
    user = _caller(request)
    again = commands.compose_again(access.submission_for(user, pk), by=user)
    return Status(201, submission_card(again))


@router.get("/debts", summary="The reviews still owed that the caller may look at, the most urgent first")
def debts(request: HttpRequest) -> Json:
    user = _caller(request)
    return listed([debt_json(debt, user) for debt in access.open_debts(user)])


@router.post("/debts/{int:pk}/end", summary="End a review that is owed")
def end_debt(request: HttpRequest, pk: int, body: EndDebtIn) -> Json:
    user = _caller(request)
    debt = access.debt_for(user, pk)
    commands.end_debt(debt, by=user, outcome=body.outcome, note=body.note)
    return debt_json(access.debt_for(user, pk), user)


def _caller(request: HttpRequest) -> AbstractUser:
    return request.auth  # type: ignore[attr-defined]


def _item(pk: UUID) -> Item:
    return get_object_or_404(Item.objects.select_related("department"), pk=pk)


def _named(pk: UUID) -> Item:
    """An item that the body names; one that isn't there is a fault of the body."""
    try:
        return _item(pk)
    except Http404 as gone:
        sentence = _("There is no item %(id)s.") % {"id": pk}
        raise Refused(Refusal("unknown-item", sentence, 422)) from gone
