"""From a question to a ranked list: the order of attack, whichever engine answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from . import analysis, languages, ranking
from .clues import Question, clues
from .dictionary import Dictionary
from .engines import Clue, Engine, engine
from .ranking import Ranked
from .wording import NOTHING_TAUGHT, Wordbook

LOOKED_AT = 200  # candidates that are ranked
ENOUGH = 10  # with all the words, from which on none with only some of them is added
_RARE_AMONG = 1_500  # documents of which a weak hit must be one
_ENDINGS = 30


@dataclass(frozen=True)
class Index:
    """Where is looked: an engine, one of its indexes, and the dictionary of that."""

    name: str
    engine: Engine
    dictionary: Dictionary


@dataclass(frozen=True)
class Answer:
    """What was found. `query` is what was looked for, after correction; `corrected` its text, if it isn't
    what was typed. `weak`: how many at the end of `ranked` have only some of the words; `has_more`: further
    ones were left out."""

    query: analysis.Query
    question: Question
    ranked: list[Ranked] = field(default_factory=list)
    corrected: str | None = None
    weak: int = 0
    has_more: bool = False


def place(audience: str) -> Index:
    """Where an audience's answers are found."""
    return Index(audience, engine(), Dictionary(audience))


def ranked(text: str, *, audience: str, wordbook: Wordbook, limit: int) -> list[UUID]:
    """The first items of the answer, with a given wordbook."""
    language = languages.primary(settings.LANGUAGE_CODE)
    found = answer(text, index=place(audience), language=language, wordbook=wordbook)
    return [one.candidate.item for one in found.ranked[:limit]]


def answer(
    text: str,
    *,
    index: Index,
    language: str,
    wordbook: Wordbook = NOTHING_TAUGHT,
    typing: bool = False,
    as_typed: bool = False,
    keep: Sequence[str] = (),
) -> Answer:
    """All steps for one question."""
    query = analysis.ask(text, language, typing=typing)
    question = ask(query, index, wordbook)
    if not question.clues:
        return Answer(query, question)
    strong = index.engine.candidates(index.name, question.clues, key=query.key, keep=keep, limit=LOOKED_AT)
    weak = _weak(question, index, keep) if len(strong) < ENOUGH else []
    known = {candidate.item for candidate in strong}
    more = [candidate for candidate in weak if candidate.item not in known]
    room = max(0, ENOUGH - len(strong))
    best = [*ranking.rank(strong, question), *ranking.rank(more, question)[:room]]
    return Answer(query, question, best, weak=len(best) - len(strong), has_more=len(more) > room)


def ask(query: analysis.Query, index: Index, wordbook: Wordbook) -> Question:
    """The clues of a question, with what each of them tells."""
    found = clues(query, wordbook, _stems(query, index.dictionary))
    counts = index.dictionary.documents({"", *_terms(found)})
    size = counts.get("", 0)
    return Question(
        found,
        tuple(ranking.rarity(_frequency(clue, counts), size) for clue in found),
        query.key,
    )


def _weak(question: Question, index: Index, keep: Sequence[str]) -> list:
    if len(question.clues) < 2:
        return []
    counts = index.dictionary.documents(_terms(question.clues))
    one_of: list[Clue] = []
    documents = 0
    for clue in sorted(question.clues, key=lambda clue: _frequency(clue, counts)):
        frequency = _frequency(clue, counts)
        if frequency and (not one_of or documents + frequency <= _RARE_AMONG):
            one_of.append(clue)
            documents += frequency
    if not one_of:
        return []
    return index.engine.candidates(index.name, question.clues, one_of=one_of, keep=keep, limit=LOOKED_AT)


def _stems(query: analysis.Query, dictionary: Dictionary) -> dict[str, list[str]]:
    """Stems of words that begin with what was typed and whose stems no longer do."""
    found = {}
    for word in query.words:
        if len(word.prefix) > 2:
            words = dictionary.beginning(word.prefix, most=_ENDINGS)
            stems = {known.stem for known in words if not known.stem.startswith(word.prefix)}
            found[word.prefix] = sorted(stems)
    return found


def _terms(found: Sequence[Clue]) -> set[str]:
    return {term for clue in found for way in clue.ways for term in way.terms if not way.begins}


def _frequency(clue: Clue, counts: Mapping[str, int]) -> int:
    """About how many documents have a clue."""
    ways = [min(counts.get(term, 0) for term in way.terms) for way in clue.ways if not way.begins]
    return sum(ways)
