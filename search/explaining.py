"""Why a result stands where it does, in sentences for a webmaster."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import analysis
from .finding import Answer
from .ranking import Part
from .wordbook.queries import as_taught
from .wording import Terms

_FIELDS = {
    "title": gettext_lazy("title"),
    "address": gettext_lazy("address"),
    "names": gettext_lazy("tags and codes"),
    "gist": gettext_lazy("summary and facts"),
    "body": gettext_lazy("text"),
}
_PARTS = {
    "title": gettext_lazy("How much of its title or address was asked for"),
    "near": gettext_lazy("Words follow each other as in the question"),
    "exact": gettext_lazy("Its title or a code of its is just what was asked for"),
    "used": gettext_lazy("People used it for this question"),
    "handling": gettext_lazy("Anyone may answer it (handling class)"),
    "fresh": gettext_lazy("It changed lately"),
}


@dataclass(frozen=True)
class Why:
    """One reason in a sentence, with its points."""

    text: str
    points: float


@dataclass(frozen=True)
class Explanation:
    """Why an item stands where it does. `place`: from 1, before hits of one service are folded together;
    None where it isn't found. `score` is the sum of the points; a pinned one may have none."""

    query: str
    corrected: str | None
    item: UUID
    place: int | None
    pinned: bool
    score: float
    parts: list[Why]


def explained(
    query: str, found: Answer, item: UUID, place: int | None, *, text: str = "", language: str = "en"
) -> Explanation:
    """`text` is what the item says: words are told as they stand there."""
    hit = found.hits[place - 1] if place else None
    scored = hit.ranked if hit else None
    return Explanation(
        query=query,
        corrected=found.corrected,
        item=item,
        place=place,
        pinned=hit.pinned if hit else False,
        score=round(scored.score, 3) if scored else 0.0,
        parts=[Why(_sentence(part, text, language), round(part.points, 3)) for part in scored.parts]
        if scored
        else [],
    )


def written(terms: Terms, text: str, language: str) -> str:
    """The terms as a text says them first; else as an editor taught them; else as they are."""
    tokens = list(analysis.scan(text, language))
    for start in range(len(tokens) - len(terms) + 1):
        run = tokens[start : start + len(terms)]
        if all(
            wanted in (token.whole, *token.parts) for wanted, (_s, _e, token) in zip(terms, run, strict=True)
        ):
            return " ".join(text[run[0][0] : run[-1][1]].split())
    return as_taught(terms, language) or " ".join(terms)


def _sentence(part: Part, text: str, language: str) -> str:
    if part.what != "word":
        return str(_PARTS[part.what])
    said = {"word": part.word, "fields": ", ".join(str(_FIELDS[name]) for name in part.fields)}
    if part.way is None:
        return _("“%(word)s” stands in: %(fields)s") % said
    said["said"] = written(part.way.terms, text, language)
    if part.way.kind == "synonym":
        return _("“%(said)s”, taught for “%(word)s”, stands in: %(fields)s") % said
    if part.way.kind == "meant":
        return _("“%(said)s”, which may be meant by “%(word)s”, stands in: %(fields)s") % said
    return _("“%(said)s”, of which “%(word)s” is made or a part, stands in: %(fields)s") % said
