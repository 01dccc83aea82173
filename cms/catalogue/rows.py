"""From a file's records to services, and to the rows that can't be used, each with its line and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cms.core.errors import Refusal, Refused

from .mapping import Mapping
from .source import Record, records
from .vocabulary import ServiceStatus

LONGEST = {"code": 200, "name": 300, "uri": 500}


@dataclass(frozen=True)
class RefusedRow:
    line: int
    reason: str


@dataclass(frozen=True)
class Service:
    """A standard service as the file has it; `line` is where it begins."""

    line: int
    code: str
    name: str
    status: str
    description: str
    uri: str
    created: date | None
    modified: date | None
    extra: dict[str, Any]


@dataclass
class Reading:
    """What a file says. `named` holds every code in it, those of refused rows too."""

    services: dict[str, Service] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    unused_columns: list[str] = field(default_factory=list)
    rows: int = 0


class _Unusable(Exception):
    """Why a row can't be used, in a sentence."""


def read(data: bytes, mapping: Mapping, note: Callable[[int], None] = lambda rows: None) -> Reading:
    """Everything that the file says. Raises `Refused` when its header is not the one of the mapping."""
    reading = Reading()
    lines = records(data, mapping.delimiter)
    headers = _headers(next(lines), mapping)
    reading.unused_columns = [header for header in headers if header not in mapping.headers]
    begun: dict[str, Service] = {}
    for record in lines:
        reading.rows += 1
        note(reading.rows)
        try:
            _take(record, headers, mapping, reading, begun)
        except _Unusable as error:
            reading.refused.append(RefusedRow(record.line, str(error)))
    return reading


def _headers(record: Record, mapping: Mapping) -> list[str]:
    """The names of the columns, all that the mapping needs among them."""
    headers = [cell.strip() for cell in record.cells]
    missing = [header for header in mapping.headers if header not in headers]
    twice = [header for header in mapping.headers if headers.count(header) > 1]
    if not (missing or twice or record.problem):
        return headers
    details = [_("The column “%(name)s” is missing.") % {"name": name} for name in missing]
    details += [_("The column “%(name)s” stands there twice.") % {"name": name} for name in twice]
    if record.problem:
        details = [record.problem]
    raise Refused(
        Refusal(
            "header-wrong",
            _("The header on line %(line)d doesn't fit the mapping. It has: %(found)s.")
            % {"line": record.line, "found": ", ".join(headers) or _("nothing that can be read")},
            422,
            tuple(details),
        )
    )


def _take(
    record: Record, headers: list[str], mapping: Mapping, reading: Reading, begun: dict[str, Service]
) -> None:
    cells = _cells(record, headers)
    code = _code(cells, mapping)
    reading.named.add(code)
    service = _service(record.line, code, cells, mapping)
    group = mapping.group
    if group is None:
        _add(service, reading)
        return
    key = cells[group.by]
    if not key:
        raise _Unusable(_("The column “%(column)s” is empty.") % {"column": group.by})
    if key in begun:
        _must_agree(service, begun[key])
    else:
        _add(service, reading)
        begun[key] = service
        service.extra[group.into] = []
    one = {name: cells[header] for name, header in group.columns.items() if cells[header]}
    if one and one not in begun[key].extra[group.into]:
        begun[key].extra[group.into].append(one)


def _cells(record: Record, headers: list[str]) -> dict[str, str]:
    if record.problem:
        raise _Unusable(record.problem)
    counts = {"row": len(record.cells), "header": len(headers)}
    if counts["row"] > counts["header"]:
        raise _Unusable(
            _(
                "The row has %(row)d columns, the header %(header)d. A cell with a comma in it stands in "
                "quotation marks."
            )
            % counts
        )
    if counts["row"] < counts["header"]:
        raise _Unusable(
            _("The row has %(row)d columns, the header %(header)d. It seems to be cut off.") % counts
        )
    return dict(zip(headers, (cell.strip() for cell in record.cells), strict=True))


def _code(cells: dict[str, str], mapping: Mapping) -> str:
    code = cells[mapping.columns["code"]].removeprefix(mapping.code_prefix)
    if not code:
        raise _Unusable(_("The code (column “%(column)s”) is empty.") % {"column": mapping.columns["code"]})
    return code


def _service(line: int, code: str, cells: dict[str, str], mapping: Mapping) -> Service:
    def cell(name: str) -> str:
        return cells[mapping.columns[name]] if name in mapping.columns else ""

    service = Service(
        line=line,
        code=code,
        name=" ".join(cell("name").split()),
        status=_status(cell("status"), mapping),
        description=cell("description"),
        uri=cell("uri") or mapping.uri_template.replace("{code}", code),
        created=_date(cell("created"), "created", mapping),
        modified=_date(cell("modified"), "modified", mapping),
        extra={name: cells[header] for name, header in mapping.extra.items() if cells[header]},
    )
    if not service.name:
        raise _Unusable(_("The name (column “%(column)s”) is empty.") % {"column": mapping.columns["name"]})
    for name, longest in LONGEST.items():
        if len(getattr(service, name)) > longest:
            raise _Unusable(
                _("“%(field)s” has more than %(longest)d characters.") % {"field": name, "longest": longest}
            )
    return service


def _status(word: str, mapping: Mapping) -> str:
    if "status" not in mapping.columns:
        return ServiceStatus.LIVE
    meanings = {each.casefold(): ServiceStatus.LIVE for each in mapping.live}
    meanings |= {each.casefold(): ServiceStatus.DISCONTINUED for each in mapping.discontinued}
    if word.casefold() not in meanings:
        raise _Unusable(
            _("The status “%(word)s” is unknown; known are: %(known)s.")
            % {"word": word, "known": ", ".join([*mapping.live, *mapping.discontinued])}
        )
    return meanings[word.casefold()]


def _date(word: str, name: str, mapping: Mapping) -> date | None:
    if not word:
        return None
    try:
        return datetime.strptime(word, mapping.date_format).date()
    except ValueError:
        raise _Unusable(
            _("“%(word)s” (column “%(column)s”) is no date as the mapping has them, for example %(example)s.")
            % {
                "word": word,
                "column": mapping.columns[name],
                "example": date(2026, 12, 31).strftime(mapping.date_format),
            }
        ) from None


def _add(service: Service, reading: Reading) -> None:
    earlier = reading.services.get(service.code)
    if earlier is not None:
        raise _Unusable(
            _("The code “%(code)s” stands on line %(earlier)d already, and that row counts.")
            % {"code": service.code, "earlier": earlier.line}
        )
    reading.services[service.code] = service


def _must_agree(service: Service, first: Service) -> None:
    names = ("code", "name", "status", "description", "uri", "created", "modified")
    differing = [name for name in names if getattr(service, name) != getattr(first, name)]
    differing += [
        name
        for name in service.extra.keys() | first.extra.keys()
        if not isinstance(first.extra.get(name), list) and service.extra.get(name) != first.extra.get(name)
    ]
    if differing:
        raise _Unusable(
            _("The row belongs to the service of line %(first)d, but differs from it in: %(fields)s.")
            % {"first": first.line, "fields": ", ".join(sorted(differing))}
        )
