"""Stop phrases: what is never suggested to anybody who types."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from cms.core import audit, clock
from cms.core.errors import refuse_if
from search import analysis
from search.wordbook.models import StopPhrase
from search.wordbook.rules import why_not_phrase, why_not_review, why_not_stop
from search.wordbook.vocabulary import Deed

from .writing import again, begin, refuse_common, remove, told, write


@transaction.atomic
def teach_stop_phrase(
    *, language: str, phrase: str, review_on: date | None, note: str = "", by: AbstractUser | None
) -> StopPhrase:
    begin(by)
    row = StopPhrase(language=language, phrase=" ".join(phrase.split()))
    _refuse(row, review_on, note)
    write(row, by, review_on=review_on, note=note, key=analysis.key(row.phrase, language))
    audit.record(Deed.STOP_PHRASE_TAUGHT, row, by=by, number=row.pk, after=told(row))
    return row


@transaction.atomic
def change_stop_phrase(
    row: StopPhrase,
    *,
    language: str,
    phrase: str,
    review_on: date | None,
    note: str = "",
    by: AbstractUser | None,
) -> StopPhrase:
    begin(by)
    row = again(row)
    before = told(row)
    row.language, row.phrase = language, " ".join(phrase.split())
    _refuse(row, review_on, note)
    write(row, by, review_on=review_on, note=note, key=analysis.key(row.phrase, language))
    audit.record(Deed.STOP_PHRASE_CHANGED, row, by=by, number=row.pk, before=before, after=told(row))
    return row


@transaction.atomic
def remove_stop_phrase(row: StopPhrase, *, by: AbstractUser | None) -> None:
    remove(row, Deed.STOP_PHRASE_REMOVED, by)


def _refuse(row: StopPhrase, review_on: date | None, note: str) -> None:
    refuse_common(row.language, note)
    refuse_if(why_not_phrase(row.phrase, row.language))
    key = analysis.key(row.phrase, row.language)
    same = StopPhrase.objects.in_language(row.language).filter(key=key).exclude(pk=row.pk)
    refuse_if(why_not_stop(same.values_list("phrase", flat=True).first()))
    refuse_if(why_not_review(review_on, clock.today()))
