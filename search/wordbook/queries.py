"""Reading what was taught."""

# ruff: noqa: S608  (names of tables are ours)
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cms.core import clock
from cms.publications import queries as log
from cms.publications.models import Current
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Audience, Status
from search import analysis
from search.languages import family
from search.plainly import read
from search.wording import Terms, Wordbook

from .models import Bet, Edition, StopPhrase, Synonyms
from .rules import Pair, pairs, said, terms
from .vocabulary import BetKind

# (language, audience) → the stamp and day that the wordbook was read at
_kept: dict[tuple[str, str], tuple[list[Any], date, Wordbook]] = {}


def wordbook(language: str, *, audience: str, today: date | None = None) -> Wordbook:
    """What was taught for a language (any spelling of its code), for an audience: bets on items that it
    may not see are left out, and so are bets whose last day is over. Kept per process; one read tells
    whether something changed since."""
    tongue, day = family(language), today or clock.today()
    stamp = read(f"SELECT stamp FROM {Edition._meta.db_table}", ())
    kept = _kept.get((tongue, audience))
    if kept is not None and kept[:2] == (stamp, day):
        return kept[2]
    book = read_wordbook(tongue, audience=audience, today=day)
    _kept[tongue, audience] = (stamp, day, book)
    return book


def read_wordbook(language: str, *, audience: str, today: date) -> Wordbook:
    """The same, read from the tables now."""
    tongue = family(language)
    best: dict[str, dict[UUID, None]] = {}
    worst: dict[str, set[UUID]] = {}
    bets = Bet.objects.in_language(tongue).running(today).filter(item__audience__in=AUDIENCES[audience])
    for kind, query, item in bets.order_by("position", "pk").values_list("kind", "query", "item_id"):
        key = analysis.key(query, tongue)
        if kind == BetKind.BEST:
            best.setdefault(key, {})[item] = None
        else:
            worst.setdefault(key, set()).add(item)
    phrases = StopPhrase.objects.in_language(tongue).values_list("phrase", flat=True)
    return Wordbook(
        instead=_instead(tongue),
        best={key: tuple(items) for key, items in best.items()},
        worst={key: frozenset(items) for key, items in worst.items()},
        stop_phrases=frozenset(analysis.key(phrase, tongue) for phrase in phrases),
    )


def _instead(language: str) -> dict[Terms, tuple[Terms, ...]]:
    found: dict[Terms, dict[Terms, None]] = {}
    for row in Synonyms.objects.in_language(language).order_by("pk"):
        for word, meaning in pairs(row.rule):
            found.setdefault(word, {})[meaning] = None
    return {word: tuple(meanings) for word, meanings in found.items()}


def pairs_taught(language: str, *, but: Synonyms | None = None) -> dict[Pair, str]:
    """What may stand for what, and by which rule (in words); without the rule `but`."""
    rows = Synonyms.objects.in_language(language).exclude(pk=but.pk if but else None).order_by("-pk")
    return {pair: said(row.rule) for row in rows for pair in pairs(row.rule)}


def as_taught(wanted: Terms, language: str) -> str:
    """The phrase that stands for these terms, as an editor wrote it; empty if nobody did."""
    for row in Synonyms.objects.in_language(family(language)).order_by("pk"):
        for phrase in (*row.rule.means, *row.rule.words):
            if terms(phrase, family(language)) == wanted:
                return phrase
    return ""


def publishable(words: str = "") -> QuerySet[Current]:
    """The published items that a bet can be placed on; those with all the words in their title."""
    rows = log.listing(Audience.STAFF).select_related("department")
    for word in words.replace("\0", " ").split()[:12]:
        rows = rows.filter(title__icontains=word)
    return rows.order_by("title", "pk")


def is_published(item: UUID) -> bool:
    return Current.objects.filter(pk=item, status=Status.PUBLISHED).exists()


def titles(items: Iterable[UUID]) -> dict[UUID, str]:
    """The titles of items, of every audience, as they stand now."""
    return dict(Current.objects.filter(pk__in=set(items)).values_list("pk", "title"))
