"""What an article speaks of, before and after: its service and the facts that it quotes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from . import queries

Doc = dict[str, Any]


def referred(old: Doc | None, new: Doc) -> list[Doc]:
    """A line each: `label`, `old` and `new` (empty: there was, or will be, none)."""
    before, after = _service(old), _service(new)
    lines = []
    if before != after:
        lines.append({"label": _("Service"), "old": before, "new": after})
    gone, come = _quotes(old), _quotes(new)
    lines += [{"label": _("Fact quoted"), "old": name, "new": ""} for name in gone if name not in come]
    lines += [{"label": _("Fact quoted"), "old": "", "new": name} for name in come if name not in gone]
    return lines


def _service(document: Doc | None) -> str:
    ref = document["body"]["service"] if document else None
    return queries.title_of(ref["item"]) if ref else ""


def _quotes(document: Doc | None) -> list[str]:
    refs = document["body"]["quotes"] if document else []
    return [queries.name_of_fact(ref["item"], ref["key"]) or ref["key"] for ref in refs]
