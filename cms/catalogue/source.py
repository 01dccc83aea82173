"""A CSV file as records that know their line. One bad record never swallows or shifts the others."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from cms.core.errors import Refusal, Refused

# A quotation mark that nobody closes would otherwise take in the rest of the file.
LONGEST_RECORD = 200


@dataclass(frozen=True)
class Record:
    """`line` is where the record begins in the file, counted from 1. With a `problem`, `cells` is empty."""

    line: int
    cells: tuple[str, ...] = ()
    problem: str = ""


def read_bytes(source: Path | bytes) -> bytes:
    """The file's bytes, without a byte order mark. Raises `Refused` when there is nothing to read."""
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise _unreadable(
            _("The file %(path)s can't be read: %(why)s.") % {"path": source, "why": error.strerror or error}
        ) from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _unreadable(_("The file is written in UTF-16. Save it as CSV in UTF-8 and try again."))
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        raise _unreadable(_("The file is empty. It needs a line with the names of its columns, and rows."))
    return data


def records(data: bytes, delimiter: str = ",") -> Iterator[Record]:
    """The records of a CSV file in order; blank lines are passed over."""
    lines = data.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        record, lines_taken = _record_at(lines, at, delimiter)
        if record.cells or record.problem:
            yield record
        at += lines_taken


def _record_at(lines: list[bytes], at: int, delimiter: str) -> tuple[Record, int]:
    window = (line.decode("utf-8", "surrogateescape") for line in lines[at : at + LONGEST_RECORD])
    reader = csv.reader(window, delimiter=delimiter, strict=True)
    try:
        cells = tuple(next(reader))
    except csv.Error:
        return Record(at + 1, problem=_("The quotation marks don't match, or a cell is far too long.")), 1
    taken = reader.line_num
    for number, line in enumerate(lines[at : at + taken], start=at + 1):
        if problem := _problem_of(line, number):
            return Record(at + 1, problem=problem), taken
    return Record(at + 1, cells), taken


def _problem_of(line: bytes, number: int) -> str:
    if b"\x00" in line:
        return _("Line %(line)d holds a NUL character.") % {"line": number}
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return _("Line %(line)d is not valid UTF-8 (byte %(byte)d of the line).") % {
            "line": number,
            "byte": error.start + 1,
        }
    return ""


def _unreadable(sentence: str) -> Refused:
    return Refused(Refusal("source-unreadable", sentence, 422))
