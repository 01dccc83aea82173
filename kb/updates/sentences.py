"""An update in one plain line: what was, what is."""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.publications import registry
from cms.publications.vocabulary import EntryKind

from .models import Update

Doc = dict[str, Any]
SHORT = 60  # letters of a text whose old and new stand in the line
GIST = 140  # letters of what a new text says
_END = re.compile(r" \(|, ")


def sentence(update: Update, item_kind: str) -> str:
    """`Fee, adult permit: £25 → £27.50`; what changed first, and how many more changes there are."""
    match EntryKind(update.kind):
        case EntryKind.WITHDRAWN:
            return _withdrawn(update)
        case EntryKind.REDACTED:
            return _("A text was emptied for a legal reason.")
        case EntryKind.MOVED:
            return _("Moved: %(change)s") % {"change": "; ".join(text_lines(update.changes, label=False))}
        case EntryKind.TRANSFERRED:
            lines = text_lines(update.changes, label=False)
            return _("Handed to another department: %(change)s") % {"change": "; ".join(lines)}
        case EntryKind.TOOK_EFFECT:
            return _("From today: %(change)s") % {"change": _first(fact_lines(update.changes))}
    if update.is_first:
        return _new(update, item_kind)
    lines = [*fact_lines(update.changes), *text_lines(update.changes)]
    return _first(lines) if lines else _("Published again; no word that readers see has changed.")


def fact_lines(changes: Doc) -> list[str]:
    """Each changed fact in a line, old → new."""
    return [fact_line(fact) for fact in changes["facts"]]


def fact_line(fact: Doc) -> str:
    """`Fee, adult permit: £25 → £27.50`; the words of what came or went, where there is no other side."""
    old, new = fact_values(fact)
    name = fact_name(fact)
    if old and new:
        return _("%(fact)s: %(old)s → %(new)s") % {"fact": name, "old": old, "new": new}
    if new:
        return _("%(fact)s, new: %(new)s") % {"fact": name, "new": new}
    return _("%(fact)s, no longer: %(old)s") % {"fact": name, "old": old}


def fact_name(fact: Doc) -> str:
    """The kind of fact, and its own name where a value follows that doesn't say it."""
    kind, label = fact["kind_label"], fact["label"]
    said = [text for text in (fact["old"], fact["new"]) if text]
    if not label or label == kind or not all(text.startswith(f"{label}: ") for text in said):
        return str(kind)
    return _("%(kind)s, %(label)s") % {"kind": kind, "label": label}


def fact_values(fact: Doc) -> tuple[str, str]:
    """What was and what is, without what both say: the fact's name, versions in time that stay, and a
    condition at the end, which the new value alone repeats."""
    prefix = f"{fact['label']}: " if fact["label"] else ""
    old, new = (
        [part.removeprefix(prefix) for part in text.split("; ")] if text else []
        for text in (fact["old"], fact["new"])
    )
    gone = [part for part in old if part not in new]
    came = [part for part in new if part not in old]
    if gone and came:
        old, new = gone, came
    before, now = "; ".join(old), "; ".join(new)
    return _without_same_end(before, now), now


def _without_same_end(old: str, new: str) -> str:
    """`£62 (a year)` beside `£64 (a year)` → `£62`."""
    same = 0
    while same < min(len(old), len(new)) and old[-same - 1] == new[-same - 1]:
        same += 1
    ends = [end.start() for end in _END.finditer(old) if end.start() and len(old) - end.start() <= same]
    return old[: ends[0]] if ends and old != new else old


def text_lines(changes: Doc, *, label: bool = True) -> list[str]:
    """Each changed text in a line: old → new where both are short, else its name alone."""
    lines = []
    for text in changes["texts"]:
        pair = _short_pair(text["words"])
        name = text["label"]
        if pair is None:
            lines.append(_("%(field)s reworded") % {"field": name})
            continue
        change = _("%(old)s → %(new)s") % {"old": pair[0] or _("nothing"), "new": pair[1] or _("nothing")}
        lines.append(_("%(field)s: %(change)s") % {"field": name, "change": change} if label else change)
    return lines


def kind_label(name: str) -> str:
    """What people call an item of this kind."""
    known = {kind.name: kind for kind in registry.kinds()}
    return str(known[name].label).lower() if name in known else name.replace("_", " ")


def _new(update: Update, item_kind: str) -> str:
    kind, said = kind_label(item_kind), {text["field"]: text["words"] for text in update.changes["texts"]}
    gist = next((said[name] for name in ("short_answer", "text", "summary") if name in said), None)
    if gist is None:
        return _("New: %(kind)s") % {"kind": kind}
    words = Truncator(" ".join("".join(text for _sign, text in gist).split())).chars(GIST)
    return _("New %(kind)s: %(gist)s") % {"kind": kind, "gist": words}


def _first(lines: list[str]) -> str:
    if len(lines) <= 1:
        return "".join(lines)
    more = len(lines) - 1
    rest = ngettext("and %(more)d more change", "and %(more)d more changes", more) % {"more": more}
    return _("%(line)s (%(rest)s)") % {"line": lines[0], "rest": rest}


def _short_pair(words: list[list[str]]) -> tuple[str, str] | None:
    old = [text for sign, text in words if sign == "-"]
    new = [text for sign, text in words if sign == "+"]
    if len(old) > 1 or len(new) > 1:
        return None
    pair = ("".join(old).strip(), "".join(new).strip())
    return pair if max(map(len, pair)) <= SHORT else None


def _withdrawn(update: Update) -> str:
    said = update.reason or _("no longer offered")
    if update.instead:
        return _("Withdrawn: %(reason)s Instead: %(title)s") % {
            "reason": said if said.endswith((".", "!", "?")) else f"{said}.",
            "title": update.instead["title"],
        }
    return _("Withdrawn: %(reason)s") % {"reason": said}
