"""What changed from one document to another: facts first, then words."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.sanitise import plain_text

from . import facts, matching

Doc = dict[str, Any]

# The fields that readers see, in the order in which they are compared. Fields of `body` that aren't
# named here come after them under their own name.
FIELDS: dict[str, Any] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "slug": _("Address"),
    "short_answer": _("Short answer"),
    "answer": _("Answer"),
    "text": _("Text"),
    "purpose": _("What it is for"),
    "who_for": _("Who can use it"),
    "what_to_bring": _("What to bring"),
    "steps": _("Steps"),
    "ask_caller": _("What to ask the caller"),
    "pass_on": _("When and where to pass it on"),
    "internal_contacts": _("Internal contacts"),
    "channels": _("Channels"),
    "tasks": _("Task links"),
    "intro": _("Introduction"),
    "first": _("What to do first"),
    "welcome": _("Welcome"),
    "getting_there": _("Getting there"),
    "accessibility": _("Accessibility"),
    "handling_class": _("Handling class"),
    "target_groups": _("Target groups"),
    "downloads": _("Downloads"),
    "standard_codes": _("Standard codes"),
    "tags": _("Tags"),
    "level": _("Level"),
    "expires_at": _("Shown until"),
    "review_on": _("Review date"),
}
_TOP = ("title", "summary", "slug", "handling_class", "tags", "expires_at", "review_on")
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)
# Links that lead out; those to items stand among the references.
_LEADING_OUT = re.compile(r'<a\b[^>]*?\bhref="(?!item:)([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_CONTEXT = 12


def field_texts(document: Doc | None, *, links: bool = False) -> dict[str, str]:
    """Each field that readers see, as plain text; references are left to `referred`. `links`: with the
    address behind each link that leads out, so that nobody changes where it leads unseen."""
    if document is None:
        return {}
    values: dict[str, Any] = {name: document[name] for name in _TOP}
    values.update(document["body"])
    texts = {name: _flat(values[name], links) for name in FIELDS if name in values}
    texts.update({name: _flat(value, links) for name, value in values.items() if name not in FIELDS})
    return {name: text for name, text in texts.items() if text}


def difference(old: Doc | None, new: Doc | None) -> Doc:
    """`{"facts": […], "texts": […]}`, empty lists where nothing changed.

    A fact's change: key, kind, label, `old` and `new` in one line (None: it wasn't, or isn't, there).
    A text's change: field, label, `words`: [["=" | "-" | "+", text], …], long equal stretches cut to
    an ellipsis.
    """
    return {"facts": fact_changes(old, new), "texts": text_changes(old, new)}


def fact_changes(old: Doc | None, new: Doc | None) -> list[Doc]:
    before, after = _facts_by_key(old), _facts_by_key(new)
    changes = []
    for key in [*before, *(key for key in after if key not in before)]:
        old_versions, new_versions = before.get(key, []), after.get(key, [])
        if old_versions == new_versions:
            continue
        example = (new_versions or old_versions)[0]
        changes.append(
            {
                "key": key,
                "kind": example["kind"],
                "kind_label": str(facts.LABELS[example["kind"]]),
                "label": example["label"],
                "old": "; ".join(map(facts.one_line, old_versions)) or None,
                "new": "; ".join(map(facts.one_line, new_versions)) or None,
            }
        )
    return changes


def text_changes(old: Doc | None, new: Doc | None) -> list[Doc]:
    before, after = field_texts(old, links=True), field_texts(new, links=True)
    names = [*FIELDS, *(n for n in {**before, **after} if n not in FIELDS)]
    return [
        {"field": name, "label": str(FIELDS.get(name, name)), "words": words(b, a)}
        for name in names
        if (b := before.get(name, "")) != (a := after.get(name, ""))
    ]


def words(old: str, new: str) -> list[list[str]]:
    """The difference word by word; words and the space around them stay together."""
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    result: list[list[str]] = []

    def add(sign: str, tokens: list[str]) -> None:
        if tokens:
            if result and result[-1][0] == sign:
                result[-1][1] += "".join(tokens)
            else:
                result.append([sign, "".join(tokens)])

    blocks = matching.opcodes(a, b)
    for number, (op, a1, a2, b1, b2) in enumerate(blocks):
        if op == "equal":
            same = a[a1:a2]
            if not "".join(same).strip() and 0 < number < len(blocks) - 1:
                # A lone space between two changes belongs to both: "two weeks" became "ten days".
                add("-", same)
                add("+", same)
            else:
                add("=", _shorten(same, first=number == 0, last=number == len(blocks) - 1))
        else:
            add("-", a[a1:a2])
            add("+", b[b1:b2])
    return _runs(result)


def _runs(pieces: list[list[str]]) -> list[list[str]]:
    """Within a stretch of changes, what went first, then what came."""
    ordered: list[list[str]] = []
    gone = came = ""
    for sign, text in [*pieces, ["=", ""]]:
        if sign == "-":
            gone += text
        elif sign == "+":
            came += text
        else:
            ordered.extend(piece for piece in (["-", gone], ["+", came]) if piece[1])
            gone = came = ""
            if text:
                ordered.append(["=", text])
    return ordered


def _shorten(tokens: list[str], *, first: bool, last: bool) -> list[str]:
    head = [] if first else tokens[: _CONTEXT * 2]
    tail = [] if last else tokens[-_CONTEXT * 2 :]
    if len(head) + len(tail) + 2 >= len(tokens):
        return tokens
    return [*head, " … ", *tail]


def _facts_by_key(document: Doc | None) -> dict[str, list[Doc]]:
    by_key: dict[str, list[Doc]] = {}
    for fact in document["facts"] if document else []:
        by_key.setdefault(fact["key"], []).append(fact)
    return by_key


def _flat(value: Any, links: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if links and "<a" in value:
            value = _LEADING_OUT.sub(_with_address, value)
        return plain_text(value) if "<" in value or "&" in value else value
    if isinstance(value, list):
        return "\n".join(text for inner in value if (text := _flat(inner, links)))
    if isinstance(value, dict):
        if "item" in value:
            return ""
        hidden = {"sha256", "size", "content_type", "type"}
        return " – ".join(text for k, v in value.items() if k not in hidden and (text := _flat(v, links)))
    return str(value)


def _with_address(link: re.Match[str]) -> str:
    address, text = link[1], link[2]
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    return text if text in (address, bare) else f"{text} ({address})"
