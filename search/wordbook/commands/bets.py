"""Placing bets: what comes first for a question, and what never comes up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from cms.core import audit, clock
from cms.core.errors import refuse_if
from search import analysis
from search.wordbook.models import Bet
from search.wordbook.queries import is_published
from search.wordbook.rules import why_not_bet, why_not_phrase
from search.wordbook.vocabulary import BetKind, Deed

from .writing import again, begin, refuse_common, remove, told, write


@transaction.atomic
def place_bet(
    *,
    language: str,
    kind: str,
    query: str,
    item: UUID,
    position: int = 1,
    last_day: date | None,
    note: str = "",
    by: AbstractUser | None,
) -> Bet:
    """For those who ask `query`, to its last day, the item comes first (best) or never (worst). Of
    several best bets, the one with the lowest position is on top."""
    begin(by)
    row = Bet(language=language, kind=BetKind(kind), query=_tidy(query), item_id=item, position=position)
    _refuse(row, last_day, note)
    write(row, by, last_day=last_day, note=note, key=analysis.key(row.query, language))
    audit.record(Deed.BET_PLACED, row, by=by, number=row.pk, after=told(row))
    return row


@transaction.atomic
def change_bet(
    row: Bet,
    *,
    language: str,
    kind: str,
    query: str,
    position: int = 1,
    last_day: date | None,
    note: str = "",
    by: AbstractUser | None,
) -> Bet:
    """All but its item: what is bet on another item is another bet."""
    begin(by)
    row = again(row)
    before = told(row)
    row.language, row.kind, row.query, row.position = language, BetKind(kind), _tidy(query), position
    _refuse(row, last_day, note)
    write(row, by, last_day=last_day, note=note, key=analysis.key(row.query, language))
    audit.record(Deed.BET_CHANGED, row, by=by, number=row.pk, before=before, after=told(row))
    return row


@transaction.atomic
def remove_bet(row: Bet, *, by: AbstractUser | None) -> None:
    remove(row, Deed.BET_REMOVED, by)


def _tidy(query: str) -> str:
    return " ".join(query.split())


def _refuse(row: Bet, last_day: date | None, note: str) -> None:
    refuse_common(row.language, note)
    refuse_if(why_not_phrase(row.query, row.language))
    key = analysis.key(row.query, row.language)
    same = Bet.objects.in_language(row.language).filter(key=key, item=row.item_id).exclude(pk=row.pk)
    standing = same.select_related("item__current").first()
    refuse_if(
        why_not_bet(
            published=is_published(row.item_id),
            position=row.position,
            last_day=last_day,
            today=clock.today(),
            standing=str(standing) if standing else None,
        )
    )
