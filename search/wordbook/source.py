"""A file of synonyms, as govuk's search keeps them: a YAML list with one rule a line.

`- search: a, b => c, d`: whoever types a or b looks for c and d. Where the right side repeats a word of
the left one, the word itself is looked for too, as ours are in any case; so `a, b => a, b` is both ways.
`- index: a => b`: a text that says a is found by b; at the question, b leads to a. `- both:` is the two
together: the words of the left side are one, and so is each of the right side with them. `a, b` without
an arrow is both ways. Underscores are spaces. Comments become notes. Pure.

The reading knows comments, quotation marks and the document's start of YAML, and nothing else of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .rules import MOST_NOTE, Rule, split, terms, why_not_meaning, why_not_words

KINDS = ("both", "index", "search")
_ITEM = re.compile(r"""-\s+(?P<q>["']?)(?P<kind>[\w-]+)(?P=q)\s*:(?:\s+(?P<value>.*))?$""")
_DOUBLE = re.compile(r'("(?:[^"\\]|\\.)*")\s*(?:#.*)?$')
_SINGLE = re.compile(r"'((?:[^']|'')*)'\s*(?:#.*)?$")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_ARROW = re.compile(r"\s*=>\s*")


@dataclass(frozen=True)
class Line:
    """A rule as it stands in the file; no right side: no arrow. `note`: the comment above it."""

    number: int
    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class RefusedLine:
    number: int
    reason: str


@dataclass
class Reading:
    """What a file says; `rules` with the line that each stands in."""

    lines: int = 0
    rules: list[tuple[Line, list[Rule]]] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)


class _Unusable(Exception):
    """Why a line can't be used, in a sentence."""


def read(text: str, language: str) -> Reading:
    """Everything that a file says; lines that can't be used are refused one by one."""
    reading = Reading()
    notes = _Notes()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#") or line in ("---", "..."):
            notes.hear(line)
            continue
        reading.lines += 1
        try:
            found = _line(number, line, notes.take())
            reading.rules.append((found, rules_of(found, language)))
        except _Unusable as reason:
            reading.refused.append(RefusedLine(number, str(reason)))
    return reading


def rules_of(line: Line, language: str) -> list[Rule]:
    """A line's meaning in our rules, in which nothing stands for itself. Raises `_Unusable`."""
    whole = Rule(language, line.left, line.right, both_ways=not line.right)
    if refusal := why_not_words(whole):
        raise _Unusable(refusal.sentence)
    if whole.both_ways:
        found = [whole]
    elif line.kind == "both":
        found = list(_both(line.left, line.right, language))
    elif line.kind == "index":
        found = list(_leading(line.right, line.left, language))
    else:
        found = list(_leading(line.left, line.right, language))
    refusal = next((why for rule in found if (why := why_not_meaning(rule))), None)
    if not found:
        refusal = why_not_meaning(whole)
    if refusal:
        raise _Unusable(refusal.sentence)
    return found


def _leading(left: tuple[str, ...], right: tuple[str, ...], language: str) -> Iterator[Rule]:
    """Each of the left leads to each of the right; what stands on both sides leads both ways."""
    here, there = ({terms(phrase, language) for phrase in side} for side in (left, right))
    shared = tuple(phrase for phrase in left if terms(phrase, language) in there)
    alone = tuple(phrase for phrase in left if terms(phrase, language) not in there)
    further = tuple(phrase for phrase in right if terms(phrase, language) not in here)
    if len({terms(phrase, language) for phrase in shared}) > 1:
        yield Rule(language, shared, both_ways=True)
    if alone and shared:
        yield Rule(language, alone, shared)
    if further:
        yield Rule(language, left, further)


def _both(left: tuple[str, ...], right: tuple[str, ...], language: str) -> Iterator[Rule]:
    """Texts that say one of the left stand under all of the right, and so do the questions."""
    here = {terms(phrase, language) for phrase in left}
    further = [phrase for phrase in right if terms(phrase, language) not in here]
    for phrase in further:
        yield Rule(language, (*left, phrase), both_ways=True)
    if not further:
        yield Rule(language, left, both_ways=True)


def _line(number: int, line: str, note: str) -> Line:
    match = _ITEM.match(line)
    if match is None:
        raise _Unusable(_("This is no rule. Write it as “- search: bin => waste container”."))
    if match["kind"] not in KINDS:
        raise _Unusable(
            _("“%(kind)s” is no kind of rule; there are %(known)s.")
            % {"kind": match["kind"], "known": ", ".join(KINDS)}
        )
    sides = _ARROW.split(_value(match["value"] or ""))
    if len(sides) > 2:
        raise _Unusable(_("A rule has one arrow (=>); this one has %(count)d.") % {"count": len(sides) - 1})
    left, *right = (split(side.replace("_", " ")) for side in sides)
    if not left or right == [()] or (not right and len(left) < 2):
        raise _Unusable(_("Words are missing: there must be some on both sides of the arrow (=>)."))
    return Line(number, match["kind"], left, right[0] if right else (), note)


def _value(text: str) -> str:
    """What YAML makes of what stands after the colon, when that is one line of text."""
    if text[:1] == '"':
        match = _DOUBLE.match(text)
        try:
            return str(json.loads(match[1])) if match else _unbalanced()
        except ValueError:
            return _unbalanced()
    if text[:1] == "'":
        match = _SINGLE.match(text)
        return match[1].replace("''", "'") if match else _unbalanced()
    if text[:1] and text[0] in "[]{}&*!|>%@`":
        raise _Unusable(
            _("This form of YAML isn't read here. Write it as “- search: bin => waste container”.")
        )
    return _COMMENT.sub("", text).strip()


def _unbalanced() -> str:
    raise _Unusable(_("The quotation marks don't match, or there is something after them."))


class _Notes:
    """Comments: one after an empty line is a heading for what follows to the next empty line; one right
    above a rule is about that rule."""

    def __init__(self) -> None:
        self.heading: list[str] = []
        self.remark: list[str] = []
        self.fresh, self.open = True, False

    def hear(self, line: str) -> None:
        """A comment, or no text."""
        if not line.startswith("#"):
            self.fresh, self.open = True, False
            return
        if self.fresh:
            self.heading, self.remark, self.fresh, self.open = [], [], False, True
        if "=>" not in line:  # a rule that somebody switched off
            (self.heading if self.open else self.remark).append(line.lstrip("# ").strip())

    def take(self) -> str:
        """The note for the rule that stands here."""
        if self.fresh:
            self.heading = []
        self.fresh, self.open = False, False
        said, self.remark = " ".join(self.remark or self.heading), []
        return said if len(said) <= MOST_NOTE else said[: MOST_NOTE - 2] + " …"
