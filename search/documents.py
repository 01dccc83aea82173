"""What of a document is searched: four fields of falling weight, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cms.publications import facts
from cms.publications.differences import field_texts

from . import analysis

Doc = dict[str, Any]

# From most to least telling, with what a word weighs there. `gist`: the summary, an article's short
# answer, and facts that hold or will.
FIELDS = ("title", "names", "gist", "body")
WEIGHTS = {"title": 10.0, "names": 6.0, "gist": 3.0, "body": 1.0}

_NAMES = ("tags", "standard_codes", "target_groups")
_GIST = ("summary", "short_answer")
_LEFT_OUT = {"title", "slug", "handling_class", "level", "expires_at", "review_on", "signed", "quotes"}
# Of lists of structured values, what a person would look for.
_SAID = {
    "channels": ("label", "address"),
    "tasks": ("label",),
    "downloads": ("title",),
    "standard_codes": ("list", "code", "name"),
    "photo": ("alt",),
}


@dataclass(frozen=True)
class Shelf:
    """Where a hit stands among the filters."""

    type: str
    department: str
    handling_class: str
    life_events: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "|".join([self.type, self.department, self.handling_class, ",".join(self.life_events)])

    @classmethod
    def read(cls, text: str) -> Shelf:
        kind, department, handling_class, life_events = text.split("|")
        return cls(kind, department, handling_class, tuple(life_events.split(",")) if life_events else ())


@dataclass(frozen=True)
class Searched:
    """An item as the indexes hold it: terms for each field, and what else is asked of it.

    `title` is its place in the alphabet; `keys` are whole titles and codes; `shown` is the text that snippets are cut from; `forms` leads from
    words to their stems.
    """

    item: UUID
    audience: str
    shelf: Shelf
    fields: tuple[tuple[str, ...], ...]
    title: str
    keys: tuple[str, ...]
    shown: str
    forms: tuple[tuple[str, str], ...]


def searched(document: Doc, *, on: date) -> Searched:
    """What `document` is found by on a day: facts that are over aren't."""
    language = document["language"]
    texts = _texts(document, on)
    words: dict[str, str] = {}
    for text in texts.values():
        words.update(analysis.forms(text, language))
    return Searched(
        item=UUID(document["id"]),
        audience=document["audience"],
        shelf=Shelf(
            type=document["kind"],
            department=document["department"],
            handling_class=document["handling_class"],
            life_events=tuple(sorted(ref["item"] for ref in document["life_events"])),
        ),
        fields=tuple(tuple(analysis.terms(texts[name], language)) for name in FIELDS),
        title=analysis.plain(document["title"], language),
        keys=tuple(sorted(_keys(document))),
        shown="\n".join(text for text in (texts["gist"], texts["body"]) if text),
        forms=tuple(sorted(words.items())),
    )


def _texts(document: Doc, on: date) -> dict[str, str]:
    body = {name: _said(name, value) for name, value in document["body"].items()}
    said = field_texts({**document, "body": body})
    still = [fact for fact in document["facts"] if not fact["valid_to"] or fact["valid_to"] >= on.isoformat()]
    gist = [said[name] for name in _GIST if name in said] + [facts.one_line(fact) for fact in still]
    rest = [text for name, text in said.items() if name not in {*_LEFT_OUT, *_NAMES, *_GIST}]
    return {
        "title": _clean(document["title"]),
        "names": _clean("\n".join(said[name] for name in _NAMES if name in said)),
        "gist": _clean("\n".join(gist)),
        "body": _clean("\n".join(rest)),
    }


def _said(name: str, value: Any) -> Any:
    """The parts of a structured value that people look for."""
    keys = _SAID.get(name)
    if keys is None:
        return value
    if isinstance(value, list):
        return [_said(name, inner) for inner in value]
    if isinstance(value, dict):
        return {key: value[key] for key in keys if isinstance(value.get(key), str)}
    return value


def _keys(document: Doc) -> Iterable[str]:
    """The title as a whole, standard codes, and codes and form numbers in the title and the tags."""
    language = document["language"]
    codes = [code["code"] for code in document["body"].get("standard_codes", ())]
    for text in (document["title"], *document["tags"]):
        codes += [term.form for _s, _e, term in analysis.scan(text, language) if term.of == "code"]
        if not text.isalpha() and any(sign.isdigit() for sign in text) and " " not in text:
            codes.append(text)
    keys = {analysis.key(text, language) for text in (document["title"], *codes)}
    return keys - {""}


def _clean(text: str) -> str:
    """Without signs that a database refuses."""
    return "".join(s for s in text if s in "\n\t" or s.isprintable() or s.isspace()).replace("\0", "")
