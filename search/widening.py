"""What the words of an index add to a question: endings of a word that is still being typed, compounds,
and what a mistyped word was meant for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
_LIKELIER = 10  # times as many documents
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


def compound(
    query: Query, rare: Mapping[str, int], language: str, dictionary: Dictionary, *, unknown: bool
) -> Wider:
    """What words that stand in few documents (so many, by their forms) are parts of, and what they are
    made of; of `unknown` words also the latter."""
    forms = [word.form for word in query.words]
    parts, inside = dict[str, list[str]](), dict[str, list[str]]()
    for form, documents in rare.items():
        if held := _inside(form, language, dictionary):
            inside[form] = held
        if (documents or unknown) and (divided := compounds.split(form, language, dictionary.known)):
            parts[form] = stems(divided, dictionary)
    for place, wholes in compounds.joined(forms, language, dictionary.known).items():
        for form in forms[place : place + 2]:
            inside[form] = [*inside.get(form, ()), *stems(wholes[:1], dictionary)]
    return Wider(inside=inside, parts=parts)


@dataclass(frozen=True)
class Meant:
    """A way to read words that no document has: `fixes`, from what was typed to what shall stand there
    (see `analysis.respell`), `parts` of compounds, which aren't mistyped, and stems of what else may have
    been meant, for each word that shall stand there (`also`)."""

    fixes: Mapping[str, str]
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)


def meant(query: Query, missing: Collection[str], language: str, dictionary: Dictionary) -> list[Meant]:
    """Ways to read a question some of whose words no document has, likeliest first."""
    forms = [word.form for word in query.words]
    fixes, parts = dict[str, str](), dict[str, Sequence[str]]()
    others: list[tuple[str, str]] = []
    also: dict[str, Sequence[str]] = {}
    spelt = {word.form: (word.form, *word.spellings) for word in query.words}
    left = set(missing)
    for place, wholes in sorted(compounds.joined(forms, language, dictionary.known).items()):
        pair = set(forms[place : place + 2])
        if pair & left:
            fixes[f"{forms[place]} {forms[place + 1]}"] = wholes[0]
            left -= pair
    for form in (form for form in forms if form in left):
        choices, divided = _first_choices(spelt[form], language, dictionary)
        if divided:
            parts[form] = stems(divided, dictionary)
        elif choices:
            fixes[form] = choices[0]
            others += [(form, choice) for choice in choices[1:]]
            known = stems(choices, dictionary)
            also |= {
                choice: [stem for stem in known if stem != own]
                for choice, own in zip(choices, known, strict=True)
            }
    if not fixes and not parts:
        return []
    first = Meant(fixes, parts, also)
    return [first, *(replace(first, fixes={**fixes, form: choice}) for form, choice in others)]


def hardly_known(form: str, documents: int, dictionary: Dictionary) -> list[str]:
    """Stems of what else may have been meant with a word that stands in so few documents."""
    found = spelling.corrections(form, dictionary.alike, edits=1, most=_MEANT)
    return sorted({word.stem for word in found if word.documents >= _LIKELIER * documents})


def _first_choices(
    spelt: Sequence[str], language: str, dictionary: Dictionary
) -> tuple[list[str], tuple[str, ...]]:
    """What `_choices` tells of the first of a word's spellings of which it knows anything: the dictionary has
    `mulltonne`, and `muelltone` is further from that than is forgiven."""
    found = (_choices(form, language, dictionary) for form in spelt)
    return next((one for one in found if any(one)), ([], ()))


def _choices(form: str, language: str, dictionary: Dictionary) -> tuple[list[str], tuple[str, ...]]:
    """What a word was meant for, or what it is made of. A space that is missing is less likely than one
    wrong letter, and likelier than several."""
    found = spelling.corrections(form, dictionary.alike, edits=1, most=_MEANT)
    if not found:
        divided = compounds.split(form, language, dictionary.known)
        if divided and joins(language):
            return [], divided
        spaced = spelling.spaced(form, dictionary.known) or divided
        if spaced:
            return [" ".join(spaced)], ()
        for edits in (2, 3):
            found = found or spelling.corrections(form, dictionary.alike, edits=edits, most=_MEANT)
    return [word.form for word in found], ()


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
