"""Who composes, projects, renders, mirrors, reads and verifies what. Packages register at start-up.

The log knows nobody above it: packages that do hand it their functions in `AppConfig.ready()`, and
start-up fails when a needed one is missing (see `checks.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from cms.core.errors import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Entry, Item, Permit
    from .readings import Reading

    Json = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What an entry did: the item's document before and after it (`None`: it said nothing)."""

    entry: Entry
    item: Item
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Kind:
    """How items of one kind are composed, addressed and mirrored.

    `draft(item)` is the newest draft as an object; `compose(draft)` describes it as a document;
    `missing(document)` lists in sentences what it lacks (see `gaps.py`); `mirror(change)` shows editors what is live.
    `prefix` is where its addresses begin (`None`: it has none, as staff content). `edit_url(item)` is
    where people write it.
    """

    name: str
    label: Any
    audience: str
    compose: Callable[[Any], dict[str, Any]]
    draft: Callable[[Item], Any]
    missing: Callable[[dict[str, Any]], Sequence[str]]
    mirror: Callable[[Change], None]
    edit_url: Callable[[Item], str]
    prefix: str | None = None
    label_plural: Any = field(default="")


ORDER = ("current", "search", "updates", "mirror")

_kinds: dict[str, Kind] = {}
_renderers: dict[str, Callable[[Reading, HttpRequest], str]] = {}
_projectors: dict[str, Callable[[Change], None]] = {}
_rebuilders: dict[str, Callable[[], None]] = {}
_verifiers: dict[str, Callable[[Permit], Refusal | None]] = {}
_readers: dict[str, Callable[[], int]] = {}
_watchers: list[Callable[[int], None]] = []
_due: dict[str, Callable[[datetime], int]] = {}


def register_kind(kind: Kind) -> None:
    _once(_kinds, kind.name, kind)


def register_renderer(kind: str, render: Callable[[Reading, HttpRequest], str]) -> None:
    """`render` gives the whole HTML page that readers get; previews and reviews show the same."""
    _once(_renderers, kind, render)


def register_projector(
    name: str, project: Callable[[Change], None], *, clear: Callable[[], None] | None = None
) -> None:
    """`project` runs inside each publication, in the order of `ORDER`. `clear` empties what it derived,
    before `recompose` plays the log to it again; without it, the projection is left out of that."""
    if name not in ORDER:
        raise ImproperlyConfigured(f"No projector is called {name!r}: {', '.join(ORDER)}.")
    _once(_projectors, name, project)
    if clear is not None:
        _rebuilders[name] = clear


def register_verifier(ground: str, verify: Callable[[Permit], Refusal | None]) -> None:
    """`verify` derives a permit's grounds again from its own rows, and says why they don't hold."""
    _once(_verifiers, ground, verify)


def register_watcher(wake: Callable[[int], None]) -> None:
    """`wake(seq)` is called after commit. It may fail: whoever it wakes reads the log by a cursor."""
    _watchers.append(wake)


def register_reader(name: str, read_on: Callable[[], int]) -> None:
    """`read_on()` is called by every worker, every second: it reads the log on from a cursor of its own for a
    few seconds at most, and returns how many entries it read. It is safe to repeat and to run twice at once;
    it may fail, and is called again."""
    _once(_readers, name, read_on)


def register_due(name: str, chase: Callable[[datetime], int]) -> None:
    """`chase(now)` is called by `run_due` every few seconds, for what a package owes by date; it returns
    how many things it did. It is safe to repeat and to run twice at once; it may fail, and is called again."""
    _once(_due, name, chase)


def readers() -> dict[str, Callable[[], int]]:
    return dict(_readers)


def due() -> dict[str, Callable[[datetime], int]]:
    return dict(_due)


def kind(name: str) -> Kind:
    return _kinds[name]


def kinds() -> list[Kind]:
    return list(_kinds.values())


def renderer(name: str) -> Callable[[Reading, HttpRequest], str]:
    return _renderers[name]


def projectors() -> list[tuple[str, Callable[[Change], None]]]:
    require_complete()
    return [(name, _projectors[name]) for name in ORDER]


def rebuilders() -> dict[str, Callable[[], None]]:
    return dict(_rebuilders)


def verifier(ground: str) -> Callable[[Permit], Refusal | None] | None:
    return _verifiers.get(ground)


def watchers() -> list[Callable[[int], None]]:
    return list(_watchers)


def absent() -> list[str]:
    """What nobody registered, though nothing may be published without it."""
    return [name for name in ORDER if name not in _projectors] + [
        f"renderer of {name}" for name in _kinds if name not in _renderers
    ]


def require_complete() -> None:
    missing = [name for name in ORDER if name not in _projectors]
    if missing:
        raise ImproperlyConfigured(f"Nothing may be published without: {', '.join(missing)}.")


def _once(table: dict[str, Any], name: str, value: Any) -> None:
    if name in table and table[name] is not value:
        raise ImproperlyConfigured(f"{name!r} is registered twice.")
    table[name] = value
