"""What the words of an index add to a question: endings of a word that is still being typed, compounds,
and what a mistyped word was meant for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from . import compounds, spelling
from .analysis import Query
from .clues import Wider
from .dictionary import Dictionary
from .engines.protocol import SHORT
from .languages import family

LITTLE = 2  # documents: of a word that stands in no more, its compounds are looked for too
_ENDINGS = 30
_INSIDE = 15
_MEANT = 3
_LONGER = range(compounds.SHORTEST, 16)  # letters by which compounds are longer than the word in them
_JOINING = frozenset({"nl", "de", "nb", "sv"})  # languages that write compounds as one word


def begun(query: Query, dictionary: Dictionary) -> Wider:
    """What a word that is still being typed may become."""
    endings: dict[str, list[str]] = {}
    documents: dict[str, int] = {}
    for word in query.words:
        if len(word.prefix) >= SHORT:
            words = dictionary.beginning(word.prefix, most=_ENDINGS)
            found = {known.stem for known in words if not known.stem.startswith(word.prefix)}
            endings[word.prefix] = sorted(found)
            documents[word.prefix] = sum(known.documents for known in words)
        elif word.prefix:
            documents[word.prefix] = dictionary.size()
    return Wider(endings=endings, begun=documents)


def joins(language: str) -> bool:
    return family(language) in _JOINING


def compound(query: Query, rare: Collection[str], language: str, dictionary: Dictionary) -> Wider:
    """What words that stand in few documents (by their forms) are parts of, and what they are made of."""
    forms = [word.form for word in query.words]
    parts, inside = dict[str, list[str]](), dict[str, list[str]]()
    for form in rare:
        if held := _inside(form, language, dictionary):
            inside[form] = held
        if divided := compounds.split(form, language, dictionary.known):
            parts[form] = stems(divided, dictionary)
    for place, wholes in compounds.joined(forms, language, dictionary.known).items():
        for form in forms[place : place + 2]:
            inside[form] = [*inside.get(form, ()), *stems(wholes[:1], dictionary)]
    return Wider(inside=inside, parts=parts)


def meant(
    query: Query, missing: Collection[str], language: str, dictionary: Dictionary
) -> list[dict[str, str]]:
    """What may have been meant with words that no document has: ways of putting them right, each from what
    was typed to what shall stand there (see `analysis.respell`), likeliest first."""
    forms = [word.form for word in query.words]
    first: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    left = set(missing)
    for place, wholes in sorted(compounds.joined(forms, language, dictionary.known).items()):
        pair = set(forms[place : place + 2])
        if pair & left:
            first[f"{forms[place]} {forms[place + 1]}"] = wholes[0]
            left -= pair
    for form in (form for form in forms if form in left):
        if choices := _choices(form, language, dictionary):
            first[form] = choices[0]
            others += [(form, choice) for choice in choices[1:]]
    return [first, *({**first, form: choice} for form, choice in others)] if first else []


def _choices(form: str, language: str, dictionary: Dictionary) -> list[str]:
    """A space that is missing is less likely than one wrong letter, and more than two."""
    found = spelling.corrections(form, dictionary.alike, edits=1, most=_MEANT)
    if not found:
        if divided := compounds.split(form, language, dictionary.known):
            return [" ".join(divided)]
        found = spelling.corrections(form, dictionary.alike, edits=2, most=_MEANT)
    return [word.form for word in found]


def _inside(form: str, language: str, dictionary: Dictionary) -> list[str]:
    starts, ends = compounds.edges(form, language)
    lengths = [len(form) + more for more in _LONGER]
    words = dictionary.holding(starts, ends, lengths=lengths, most=4 * _INSIDE)
    stems: Mapping[str, str] = {word.form: word.stem for word in words}
    held = compounds.inside(form, language, stems, dictionary.known)
    return sorted({stems[whole] for whole in held[:_INSIDE]})


def stems(forms: Sequence[str], dictionary: Dictionary) -> list[str]:
    known = dictionary.stems(forms)
    return [known.get(form, form) for form in forms]
