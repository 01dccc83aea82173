"""Which column of a list's file is what. Each list has a mapping; `mappings/` holds those that we know."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import Refusal, Refused

BUILT_IN = Path(__file__).parent / "mappings"
FIELDS = frozenset({"code", "name", "status", "description", "uri", "created", "modified"})
SECTIONS: dict[str, frozenset[str] | None] = {
    "list": frozenset({"title", "uri"}),
    "columns": FIELDS,
    "values": frozenset({"live", "discontinued", "date_format", "uri_template", "code_prefix", "delimiter"}),
    "extra": None,  # names of the municipality's choice → header
    "group": frozenset({"by", "into", "columns"}),
}


@dataclass(frozen=True)
class Group:
    """Rows with the same value in the column `by` are one service; `columns` (name → header) are
    collected from each of them under `into`."""

    by: str
    into: str
    columns: MappingType[str, str]


@dataclass(frozen=True)
class Mapping:
    """`columns` and `extra` go from our name to the header in the file.

    `code_prefix` is cut off the front of a code; `uri_template` makes an address of a code where the
    file has none.
    """

    title: str
    columns: MappingType[str, str]
    uri: str = ""
    extra: MappingType[str, str] = field(default_factory=dict)
    live: tuple[str, ...] = ("live",)
    discontinued: tuple[str, ...] = ("discontinued",)
    date_format: str = "%Y-%m-%d"
    uri_template: str = ""
    code_prefix: str = ""
    delimiter: str = ","
    group: Group | None = None

    @property
    def headers(self) -> list[str]:
        """Every header that the file must have, each once, in the mapping's order."""
        grouped = [self.group.by, *self.group.columns.values()] if self.group else []
        return list(dict.fromkeys([*self.columns.values(), *self.extra.values(), *grouped]))


def built_in_names() -> list[str]:
    return sorted(path.stem for path in BUILT_IN.glob("*.toml"))


def built_in(list_name: str) -> Mapping:
    """The mapping that comes with us. Raises `Refused` for a list that we don't know."""
    if list_name not in built_in_names():
        raise Refused(
            Refusal(
                "mapping-unknown",
                _(
                    "There is no mapping for the list “%(name)s” (known: %(known)s). "
                    "Give one as a TOML or JSON file with --mapping."
                )
                % {"name": list_name, "known": ", ".join(built_in_names())},
                422,
            )
        )
    return load(BUILT_IN / f"{list_name}.toml")


def load(path: Path) -> Mapping:
    """The mapping in a TOML or JSON file; the files in `mappings/` are examples. Raises `Refused`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise _bad(_("The mapping can't be read: %(why)s.") % {"why": error.strerror or error}) from error
    except ValueError as error:
        raise _bad(
            _("The mapping %(path)s is neither good TOML nor good JSON (%(why)s).")
            % {"path": path.name, "why": error}
        ) from error
    return parse(raw)


def parse(raw: Any) -> Mapping:
    """A mapping from its TOML or JSON shape. Raises `Refused` with one sentence for each mistake."""
    if mistakes := _mistakes(raw):
        raise _bad(_("The mapping can't be used as it is."), mistakes)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in raw.get("values", {}).items()
    }
    group = raw.get("group")
    return Mapping(
        title=raw.get("list", {}).get("title", ""),
        uri=raw.get("list", {}).get("uri", ""),
        columns=raw["columns"],
        extra=raw.get("extra", {}),
        group=Group(group["by"], group.get("into", "rows"), group.get("columns", {})) if group else None,
        **values,
    )


def _mistakes(raw: Any) -> list[str]:
    if not isinstance(raw, dict) or not all(isinstance(section, dict) for section in raw.values()):
        return [_("It must have the sections list, columns, values, extra and group, each with its keys.")]
    found = [_("“%(key)s” is no section of a mapping.") % {"key": key} for key in raw if key not in SECTIONS]
    for section, known in SECTIONS.items():
        for key, value in raw.get(section, {}).items():
            if known is not None and key not in known:
                found.append(
                    _("“%(key)s” means nothing in the section “%(section)s” (known: %(known)s).")
                    % {"key": key, "section": section, "known": ", ".join(sorted(known))}
                )
            elif not _fits(section, key, value):
                found.append(
                    _("“%(key)s” in the section “%(section)s” has a value of the wrong kind.")
                    % {"key": key, "section": section}
                )
    for key in ("code", "name"):
        if not raw.get("columns", {}).get(key):
            found.append(_("The section “columns” must name the column of “%(key)s”.") % {"key": key})
    if "group" in raw and not raw["group"].get("by"):
        found.append(_("The section “group” must say by which column."))
    return found


def _fits(section: str, key: str, value: Any) -> bool:
    if key in ("live", "discontinued") and section == "values":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    if section == "group" and key == "columns":
        return isinstance(value, dict) and all(isinstance(header, str) for header in value.values())
    if section == "values" and key == "delimiter":
        return isinstance(value, str) and len(value) == 1 and value not in '"\r\n\x00'
    return isinstance(value, str)


def _bad(sentence: str, details: list[str] | None = None) -> Refused:
    return Refused(Refusal("mapping-unusable", sentence, 422, tuple(details or ())))
