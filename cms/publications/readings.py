"""What a reader gets: a document on a day, with what it refers to (one level deep), and where it stands.

Everything that a renderer, an API or a search result needs; no queries here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cms.core import clock
from cms.core.canonical import canonical_json, sha256

from . import facts

Doc = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """What a document refers to, as it stands at the moment of reading."""

    id: str
    kind: str
    audience: str
    title: str
    summary: str
    path: str | None
    sha: str
    facts: tuple[Doc, ...] = ()

    def fact(self, key: str, on: date) -> Doc | None:
        """The version of a fact that holds on a day; else the next to come; else the last there was."""
        versions = [f for f in self.facts if f["key"] == key]
        now = facts.in_effect(versions, on)
        if now:
            return now[0]
        later = facts.upcoming(versions, on)
        return later[0] if later else (versions[-1] if versions else None)


@dataclass(frozen=True)
class Reading:
    """A document as a reader gets it, on a day of the municipality's calendar."""

    id: str
    kind: str
    audience: str
    status: str
    document: Doc
    sha: str
    title: str
    department: str
    department_name: str
    path: str | None
    on: date
    seq: int
    cursor: str
    updated_at: datetime
    first_published_at: datetime
    targets: Mapping[str, Target] = field(default_factory=dict)
    trail: tuple[Target, ...] = ()
    reason: str = ""
    instead: Target | None = None
    standing: str = ""  # of a document that is shown beside the log: whether readers see it

    @property
    def body(self) -> Doc:
        return self.document["body"]

    @property
    def facts_now(self) -> list[Doc]:
        return facts.in_effect(self.document["facts"], self.on)

    @property
    def facts_to_come(self) -> list[Doc]:
        return facts.upcoming(self.document["facts"], self.on)

    def target(self, ref: Doc | None) -> Target | None:
        """What a reference leads to; `None` when that isn't published (any more), or isn't for the reader."""
        return self.targets.get(ref["item"]) if ref else None

    def quoted(self, ref: Doc) -> Doc | None:
        """The fact that a reference quotes, as it stands today."""
        target = self.targets.get(ref["item"])
        return target.fact(ref["key"], self.on) if target and ref.get("key") else None

    def version(self, *more: str) -> str:
        """Changes whenever the answer might: over the document, what it refers to, and the day.

        Numbers and hashes of entries are no part of it: they would tell the public of staff entries.
        """
        own = [self.status, self.path, self.department, self.department_name, str(self.on), self.sha]
        times = [clock.iso(self.updated_at), clock.iso(self.first_published_at)]
        above = [[t.id, t.title, t.path] for t in self.trail]
        referred = sorted([t.id, t.sha, t.title, t.path] for t in self.targets.values())
        return sha256(canonical_json([own, times, above, referred, more]))[:32]
