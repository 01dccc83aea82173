"""What of a document is searched: five fields of falling weight, whatever its kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from cms.publications import facts
from cms.publications.differences import field_texts

from . import analysis
from .languages import primary

Doc = dict[str, Any]

# From most to least telling, with what a word weighs there. `address`: the last part of the page's, which
# is a second, shorter title; `gist`: the summary, an article's short answer, and facts that hold or will.
FIELDS = ("title", "address", "names", "gist", "body")
WEIGHTS = {"title": 10.0, "address": 6.0, "names": 6.0, "gist": 3.0, "body": 1.0}

# What hits can be kept to, and where it stands on a shelf.
FACETS = {
    "department": "department",
    "type": "type",
    "topic": "topics",
    "life_event": "life_events",
    "audience": "audience",
    "channel": "channels",
    "handling_class": "handling_class",
    "language": "language",
}

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
# Signs of a field, about seventy pages; PostgreSQL takes no more than a megabyte of terms.
_LONGEST = 200_000


@dataclass(frozen=True)
class Shelf:
    """Where a hit stands among the filters. `of`: the service page that an article belongs to."""

    type: str
    department: str
    handling_class: str = ""
    audience: str = "public"
    language: str = "en"
    life_events: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    of: str = ""

    def __str__(self) -> str:
        return "|".join([
            self.type,
            self.department,
            self.handling_class,
            self.audience,
            self.language,
            *(",".join(several) for several in (self.life_events, self.topics, self.channels)),
            self.of,
        ])  # fmt: skip

    @classmethod
    @lru_cache(maxsize=5_000)
    def read(cls, text: str) -> Shelf:
        kind, department, handling, audience, language, *several, of = text.split("|")
        events, topics, channels = (tuple(one.split(",")) if one else () for one in several)
        return cls(kind, department, handling, audience, language, events, topics, channels, of)

    def values(self, facet: str) -> tuple[str, ...]:
        """What it has of a facet; see `FACETS`."""
        value = getattr(self, FACETS[facet])
        return value if isinstance(value, tuple) else (value,) if value else ()

    def tokens(self) -> tuple[str, ...]:
        """By which engines keep to a shelf. They begin with a sign that no term has: `=department=parks`."""
        found = [f"={facet}={value}" for facet in FACETS for value in self.values(facet)]
        return (*found, f"=service={self.of}") if self.of else tuple(found)

    def stands_on(self, keep: Iterable[Collection[str]]) -> bool:
        """Whether it has one of each of these tokens."""
        own = set(self.tokens())
        return all(not own.isdisjoint(tokens) for tokens in keep)


@dataclass(frozen=True)
class Searched:
    """An item as the indexes hold it: terms for each field, and what else is asked of it.

    `title` is its place in the alphabet; `keys` are whole titles and codes; `shown` is the text that
    snippets are cut from; `forms` leads from words to their stems. `changed` is the day that it is read
    on: that of its newest entry.
    """

    item: UUID
    audience: str
    shelf: Shelf
    fields: tuple[tuple[str, ...], ...]
    title: str
    keys: tuple[str, ...]
    shown: str
    forms: tuple[tuple[str, str], ...]
    changed: date


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
        shelf=_shelf(document),
        fields=tuple(tuple(analysis.terms(texts[name], language)) for name in FIELDS),
        title=analysis.plain(document["title"], language),
        keys=tuple(sorted(_keys(document))),
        shown="\n".join(text for text in (texts["gist"], texts["body"]) if text),
        forms=tuple(sorted(words.items())),
        changed=on,
    )


def _shelf(document: Doc) -> Shelf:
    service = document["body"].get("service") if document["kind"] == "article" else None
    return Shelf(
        type=document["kind"],
        department=document["department"],
        handling_class=document["handling_class"],
        audience=document["audience"],
        language=primary(document["language"]),
        life_events=tuple(sorted({ref["item"] for ref in document["life_events"]})),
        topics=tuple(sorted(_topics(document))),
        channels=tuple(
            sorted({row["kind"] for row in document["body"].get("channels", ()) if row.get("kind")})
        ),
        of=service["item"] if service else "",
    )


def _topics(document: Doc) -> set[str]:
    """Where it stands and where it is listed besides; what of these is no topic has no name as one."""
    parent = document.get("parent")
    return ({parent} if parent else set()) | {ref["item"] for ref in document["topics"]}


def _texts(document: Doc, on: date) -> dict[str, str]:
    body = {name: _said(name, value) for name, value in document["body"].items()}
    said = field_texts({**document, "body": body})
    still = [fact for fact in document["facts"] if not fact["valid_to"] or fact["valid_to"] >= on.isoformat()]
    gist = [said[name] for name in _GIST if name in said] + [facts.one_line(fact) for fact in still]
    rest = [text for name, text in said.items() if name not in {*_LEFT_OUT, *_NAMES, *_GIST}]
    return {
        "title": _clean(document["title"]),
        "address": _clean(document["slug"].replace("-", " ").replace("_", " ")),
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
    """Without signs that a database refuses, and without what no page is as long as."""
    kept = (sign for sign in text[:_LONGEST] if sign in "\n\t" or sign.isprintable() or sign.isspace())
    return "".join(kept).replace("\0", "")
