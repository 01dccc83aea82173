"""From a question to a ranked list: the order of attack, whichever engine answers.

1. What editors placed on top of a question stands there; what they took off it is left out.
2. Each word is looked for in all its ways: itself, what editors taught to mean it, while somebody types
   also as a beginning, and, where it finds little, what it is part of or made of.
3. Words that no document has are put right, if they are a letter or a space away from one.
4. What has all the words, and, to the end of the first ten hits, what has most of them, rare ones among
   these; ranked together.
5. Of many hits that belong to one service the best are shown, and how many more there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings

from cms.core import clock

from . import analysis, languages, ranking, widening
from .analysis import Query
from .clues import LITERAL, Question, Wider, clues
from .dictionary import Dictionary
from .engines import Candidate, Clue, Engine, OneOf, Rows, Way, engine
from .grouping import Hit, folded
from .ranking import Circumstances, Ranked
from .widening import Meant
from .wording import NOTHING_TAUGHT, Wordbook

LOOKED_AT, LOOKED_AT_TYPING = 100, 60  # candidates that are ranked
ENOUGH = 10  # hits, up to which those with only some of the words are added
MANY = 60  # with all the words, from which on none with only some of them is better
FEWEST = 3  # what has only some of the words has at least every third
_RARE_AMONG = 1_500  # documents of which a hit with some of the words must be one

Used = Callable[[str], Mapping[UUID, float]]


@dataclass(frozen=True)
class Index:
    """Where is looked: an engine, one of its indexes, and the dictionary and rows of that."""

    name: str
    engine: Engine
    dictionary: Dictionary

    @property
    def rows(self) -> Rows:
        return Rows(self.name, self.dictionary.using)


@dataclass(frozen=True)
class Asked:
    """What is asked for, beside the words. `used`: what people used for a question, by its key. `today`
    is asked when it is needed."""

    language: str
    wordbook: Wordbook = NOTHING_TAUGHT
    typing: bool = False
    as_typed: bool = False
    keep: tuple[OneOf, ...] = ()
    fold: bool = True
    used: Used | None = None

    @property
    def limit(self) -> int:
        """How many candidates are ranked."""
        return LOOKED_AT_TYPING if self.typing else LOOKED_AT

    @property
    def enough(self) -> int:
        """With so many that have all the words, none is looked for that has only some of them."""
        return ENOUGH if self.typing else MANY


@dataclass(frozen=True)
class Reading:
    """What was looked for: a text, analysed, and its clues."""

    text: str
    query: Query
    question: Question


@dataclass(frozen=True)
class Answer:
    """What was found. `key`: of the question as it was typed. `corrected`: what was looked for, where it
    isn't that. `extra`: hits among these that haven't all the words; `barred`: shelves of those that have
    them and were taken off; `has_more`: further ones with some of the words were left out. `shelves`: of
    each that has all the words, as far as they were looked at; `is_all`: there are no more."""

    key: str
    reading: Reading
    hits: list[Hit] = field(default_factory=list)
    corrected: str | None = None
    extra: list[Hit] = field(default_factory=list)
    barred: tuple[str, ...] = ()
    has_more: bool = False
    shelves: tuple[str, ...] = ()
    is_all: bool = True


def place(audience: str) -> Index:
    """Where an audience's answers are found."""
    return Index(audience, engine(), Dictionary(audience))


def ranked(text: str, *, audience: str, wordbook: Wordbook, limit: int) -> list[UUID]:
    """The first items of the answer, with a given wordbook."""
    asked = Asked(languages.primary(settings.LANGUAGE_CODE), wordbook)
    return [hit.item for hit in answer(text, asked, place(audience)).hits[:limit]]


def read_text(text: str) -> str:
    """A question as it is told back: what can't be shown is left out."""
    return text[: analysis.MAX_QUERY].encode("utf-8", "replace").decode("utf-8").replace("\0", " ").strip()


def answer(text: str, asked: Asked, index: Index) -> Answer:
    """All steps for one question."""
    typed = read(text, asked, index)
    if not typed.query.words:
        return Answer(typed.query.key, typed)
    reading, strong = _attack(typed, asked, index)
    weak = _some(reading.question, strong, asked, index)
    if not strong and not weak:
        reading = replace(reading, question=_loosened(reading.question))
        weak = _some(reading.question, strong, asked, index)
    known = Circumstances(clock.today(), asked.used(typed.query.key) if asked.used else None)
    scored = ranking.rank([*strong, *weak], reading.question, known)
    full = {row.item for row in strong}
    barred = _barred({typed.query.key, reading.query.key}, asked.wordbook)
    kept = [one for one in scored if one.candidate.item not in barred]
    best, has_more = _first_page(kept, full, len(reading.question.clues))
    hits = _with_bets((typed.query.key, reading.query.key), best, asked, index)
    was_corrected = bool(hits) and reading is not typed and reading.text != typed.text
    return Answer(
        typed.query.key,
        reading,
        folded(hits) if asked.fold else hits,
        corrected=reading.query.text if was_corrected else None,
        extra=[hit for hit in hits if hit.item not in full],
        barred=_taken_off(hits, strong),
        has_more=has_more or (bool(weak) and len(strong) + len(weak) >= asked.limit),
        shelves=tuple(row.shelf for row in strong),
        is_all=len(strong) < asked.limit,
    )


def read(text: str, asked: Asked, index: Index, meant: Meant | None = None) -> Reading:
    """A question with its clues. A joined word that no document has is taken apart."""
    query = analysis.ask(text, asked.language, typing=asked.typing)
    wider = widening.begun(query, index.dictionary)
    if meant:
        wider = replace(wider, parts=meant.parts, also=meant.also)
    question = _question(query, wider, asked, index)
    joined = {word.form for word in query.words if word.of != "word" or not word.form.isalpha()}
    apart = joined & _missing(question)
    if apart:
        text = analysis.taken_apart(text, asked.language, apart)
        query = analysis.ask(text, asked.language, typing=asked.typing)
        question = _question(query, wider, asked, index)
    rare = {
        clue.form: documents
        for clue, documents in zip(question.clues, question.documents, strict=True)
        if documents <= widening.LITTLE and clue.form.isalpha()
    }
    if rare:
        question = _question(query, _widened(query, rare, wider, asked, index), asked, index)
    return Reading(text, query, question)


def _widened(query: Query, rare: Mapping[str, int], wider: Wider, asked: Asked, index: Index) -> Wider:
    """With what the dictionary knows of words that stand in few documents."""
    if widening.joins(asked.language):
        found = widening.compound(query, rare, asked.language, index.dictionary, unknown=asked.as_typed)
        wider = replace(wider, inside=found.inside, parts={**wider.parts, **found.parts})
    if asked.as_typed:
        return wider
    doubtful = {form: documents for form, documents in rare.items() if documents and form not in wider.also}
    also = {
        form: widening.hardly_known(form, documents, index.dictionary) for form, documents in doubtful.items()
    }
    return replace(wider, also={**also, **wider.also})


def _attack(typed: Reading, asked: Asked, index: Index) -> tuple[Reading, list[Candidate]]:
    """What has all the words: of the question as typed, or of the likeliest that was meant."""
    missing = _missing(typed.question)
    if asked.as_typed or not missing:
        return typed, _all(typed, asked, index)
    first: tuple[Reading, list[Candidate]] | None = None
    for meant in widening.meant(typed.query, missing, asked.language, index.dictionary):
        text = analysis.respell(typed.text, asked.language, meant.fixes)
        reading = read(text, asked, index, meant)
        strong = _all(reading, asked, index)
        if strong:
            return reading, strong
        first = first or (reading, strong)
    return first or (typed, _all(typed, asked, index))


def _question(query: Query, wider: Wider, asked: Asked, index: Index) -> Question:
    """The clues of a question, with what each of them tells."""
    found = clues(query, asked.wordbook, wider)
    terms = {term for clue in found for way in clue.ways for term in way.terms}
    counts = {**index.dictionary.documents({"", *terms}), **wider.begun}
    size = counts.get("", 0)
    literal = [_documents(clue, counts, LITERAL) for clue in found]
    anyhow = [_documents(clue, counts) for clue in found]
    rarities = [ranking.rarity(own or some, size) for own, some in zip(literal, anyhow, strict=True)]
    return Question(found, tuple(rarities), tuple(anyhow), query.key)


def _documents(clue: Clue, counts: Mapping[str, int], kinds: Collection[str] = ()) -> int:
    """About how many documents have a clue."""
    ways = [way for way in clue.ways if not kinds or way.kind in kinds]
    return sum(min(counts.get(term, 0) for term in way.terms) for way in ways)


def _missing(question: Question) -> set[str]:
    """The forms of the words that no document has."""
    return {
        clue.form for clue, documents in zip(question.clues, question.documents, strict=True) if not documents
    }


def _all(reading: Reading, asked: Asked, index: Index) -> list[Candidate]:
    return index.engine.candidates(
        index.name, reading.question.clues, key=reading.query.key, keep=asked.keep, limit=asked.limit
    )


def _some(question: Question, strong: Sequence[Candidate], asked: Asked, index: Index) -> list[Candidate]:
    """Where few have all the words: what has one of the rarest of them, and at least a third of all."""
    if len(strong) >= asked.enough or len(question.clues) < 2:
        return []
    one_of: list[Clue] = []
    among = 0
    for documents, clue in sorted(zip(question.documents, question.clues, strict=True), key=lambda x: x[0]):
        if documents and (not one_of or among + documents <= _RARE_AMONG):
            one_of.append(clue)
            among += documents
    if not one_of:
        return []
    found = index.engine.candidates(
        index.name, question.clues, one_of=one_of, keep=asked.keep, limit=asked.limit
    )
    full = {row.item for row in strong}
    return [row for row in found if row.item not in full]


def _loosened(question: Question) -> Question:
    """Where nothing is found: each term of what is said in several by itself."""
    several = {
        term: Clue((Way((term,), way.worth, way.kind),), clue.form)
        for clue in question.clues
        for way in clue.ways
        for term in way.terms
        if len(way.terms) > 1
    }
    if not several:
        return question
    known = max(question.rarity)
    return replace(
        question,
        clues=tuple(several.values()),
        rarity=(known,) * len(several),
        documents=(1,) * len(several),
    )


def _first_page(kept: Sequence[Ranked], full: Collection[UUID], clues: int) -> tuple[list[Hit], bool]:
    """All that have all the words; of those with enough of them what stands among the first, and whether
    that leaves any out."""
    worth = [
        (place, one)
        for place, one in enumerate(kept)
        if one.candidate.item in full or one.found * FEWEST >= clues
    ]
    shown = [one for place, one in worth if place < ENOUGH or one.candidate.item in full]
    return [Hit(one.candidate.item, one.candidate.shelf, one) for one in shown], len(shown) < len(worth)


def _barred(keys: Collection[str], wordbook: Wordbook) -> frozenset[UUID]:
    """What editors took off a question."""
    return frozenset().union(*(wordbook.worst.get(key, ()) for key in keys))


def _taken_off(hits: Sequence[Hit], strong: Sequence[Candidate]) -> tuple[str, ...]:
    """The shelves of those that have all the words and aren't shown."""
    shown = {hit.item for hit in hits}
    return tuple(row.shelf for row in strong if row.item not in shown)


def _with_bets(keys: Sequence[str], best: Sequence[Hit], asked: Asked, index: Index) -> list[Hit]:
    """The best bets for the first of these questions that has any, in their order, then all else."""
    bets = next((asked.wordbook.best[key] for key in keys if key in asked.wordbook.best), ())
    if not bets:
        return list(best)
    found = {hit.item: hit for hit in best}
    shelves = index.rows.shelves(bets)
    hits = [found.get(item) or Hit(item, shelves[item]) for item in bets if item in shelves]
    pinned = [replace(hit, pinned=True) for hit in hits if hit.stands_on(asked.keep)]
    taken = {hit.item for hit in pinned}
    return [*pinned, *(hit for hit in best if hit.item not in taken)]
