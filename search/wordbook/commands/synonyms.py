"""Teaching synonyms, and forgetting them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from cms.core import audit, clock
from cms.core.errors import refuse_if
from search.wordbook.models import Synonyms
from search.wordbook.queries import pairs_taught
from search.wordbook.rules import Rule, digest, split, why_not_review, why_not_rule
from search.wordbook.vocabulary import Deed, Direction

from .writing import again, begin, refuse_common, remove, told, write

REVIEW_AFTER = timedelta(days=365)  # unless somebody chooses a day


@transaction.atomic
def teach_synonyms(
    *,
    language: str,
    direction: str,
    words: Sequence[str],
    means: Sequence[str] = (),
    review_on: date | None,
    note: str = "",
    by: AbstractUser | None,
) -> Synonyms:
    """One way, whoever types one of `words` finds each of `means` as well; both ways, all the words of
    either stand for each other."""
    begin(by)
    rule = _rule(language, direction, words, means)
    _refuse(rule, review_on, note)
    row = write(Synonyms(), by, **values(rule), review_on=review_on, note=note)
    audit.record(Deed.SYNONYMS_TAUGHT, row, by=by, number=row.pk, after=told(row))
    return row


@transaction.atomic
def change_synonyms(
    row: Synonyms,
    *,
    language: str,
    direction: str,
    words: Sequence[str],
    means: Sequence[str] = (),
    review_on: date | None,
    note: str = "",
    by: AbstractUser | None,
) -> Synonyms:
    """Say it otherwise, or choose another day for its review."""
    begin(by)
    row = again(row)
    rule, before = _rule(language, direction, words, means), told(row)
    _refuse(rule, review_on, note, but=row)
    write(row, by, **values(rule), review_on=review_on, note=note)
    audit.record(Deed.SYNONYMS_CHANGED, row, by=by, number=row.pk, before=before, after=told(row))
    return row


@transaction.atomic
def remove_synonyms(row: Synonyms, *, by: AbstractUser | None) -> None:
    remove(row, Deed.SYNONYMS_REMOVED, by)


def values(rule: Rule) -> dict[str, str]:
    """A rule as its row keeps it."""
    return {
        "language": rule.language,
        "direction": Direction.BOTH_WAYS if rule.both_ways else Direction.ONE_WAY,
        "words": ", ".join(rule.words),
        "means": ", ".join(rule.means),
        "digest": digest(rule),
    }


def _rule(language: str, direction: str, words: Sequence[str], means: Sequence[str]) -> Rule:
    if Direction(direction) == Direction.BOTH_WAYS:
        return Rule(language, split(", ".join((*words, *means))), both_ways=True)
    return Rule(language, split(", ".join(words)), split(", ".join(means)))


def _refuse(rule: Rule, review_on: date | None, note: str, *, but: Synonyms | None = None) -> None:
    refuse_common(rule.language, note)
    refuse_if(why_not_rule(rule, pairs_taught(rule.language, but=but)))
    refuse_if(why_not_review(review_on, clock.today()))
