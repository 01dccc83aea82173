"""Reading what search is evaluated on: documents as JSON lines, questions and judgements as TREC has them.

A document is `{"id", "title", "description", "body", "document_type"}`; the last three may be missing. An id
that is a page's address tells its words too, as the address of a page of ours does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from search.documents import Searched, searched

_SPACE = UUID("8d9b5f62-7f0e-4f6b-9a53-0a7a2f2b6c11")
BEST_GRADE = 100  # a grade counts two to its power
_DAY = date(2000, 1, 1)  # one for all: nothing is fresher than another


class Unusable(Exception):
    """A file that can't be used, in a sentence."""


@dataclass(frozen=True)
class Corpus:
    """Documents by their ids; questions by theirs, each with the grades of the documents judged for it."""

    documents: dict[str, Searched]
    questions: dict[str, str]
    grades: dict[str, dict[str, int]]

    @property
    def items(self) -> dict[UUID, str]:
        return {document.item: name for name, document in self.documents.items()}


def read(documents: Path, questions: Path, judgements: Path, language: str) -> Corpus:
    """Everything from three files; questions without a judgement are left out. Raises `Unusable`."""
    found = dict(_document(path, row, line, language) for path, row, line in _rows(documents))
    asked = dict(_question(questions, number, line) for number, line in _lines(questions))
    grades: dict[str, dict[str, int]] = {}
    for number, line in _lines(judgements):
        question, document, grade = _judgement(judgements, number, line)
        grades.setdefault(question, {})[document] = grade
    judged = {name: text for name, text in asked.items() if any(g > 0 for g in grades.get(name, {}).values())}
    if not found or not judged:
        raise Unusable(_("There is nothing to evaluate: no document, or no question with a judgement."))
    return Corpus(found, judged, grades)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except UnicodeDecodeError:
        raise Unusable(_("%(file)s isn't text in UTF-8.") % {"file": path}) from None
    except OSError as error:
        why = {"file": path, "why": error.strerror}
        raise Unusable(_("%(file)s can't be read: %(why)s.") % why) from None


def _rows(path: Path) -> Iterator[tuple[Path, dict[str, Any], int]]:
    for number, line in _lines(path):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise _broken(path, number, _("it isn't JSON")) from None
        if not isinstance(row, dict) or not _is_name(row.get("id")):
            raise _broken(path, number, _("it is no document with an “id”"))
        yield path, row, number


def _is_name(value: Any) -> bool:
    """Half a sign, which JSON can say and no other file can, names nothing."""
    return (
        isinstance(value, str)
        and bool(value)
        and value.encode("utf-8", "replace") == value.encode("utf-8", "surrogatepass")
    )


def _document(path: Path, row: dict[str, Any], number: int, language: str) -> tuple[str, Searched]:
    said = {name: row.get(name) or "" for name in ("title", "description", "body")}
    wrong = next((name for name, value in said.items() if not isinstance(value, str)), None)
    if wrong:
        raise _broken(path, number, _("“%(name)s” isn't text") % {"name": wrong})
    kind = str(row.get("document_type") or "page")
    found = described(
        row["id"], said["title"], gist=said["description"], body=said["body"], kind=kind, language=language
    )
    return row["id"], found


def described(
    name: str, title: str, *, gist: str = "", body: str = "", kind: str = "page", language: str = "en"
) -> Searched:
    """A document as search takes it from the log."""
    last = name.rstrip("/").rpartition("/")
    document: dict[str, Any] = {
        "id": str(uuid5(_SPACE, name)),
        "kind": kind,
        "language": language,
        "audience": "public",
        "department": "",
        "title": title,
        "summary": gist,
        "slug": last[2] if last[1] else "",
        "tags": [],
        "topics": [],
        "life_events": [],
        "handling_class": "",
        "expires_at": None,
        "review_on": None,
        "facts": [],
        "body": {"text": body},
    }
    return searched(document, on=_DAY)


def _question(path: Path, number: int, line: str) -> tuple[str, str]:
    name, tab, text = line.partition("\t")
    if not tab or not name or not text.strip():
        raise _broken(path, number, _("it isn't “id, tab, question”"))
    return name, text


def _judgement(path: Path, number: int, line: str) -> tuple[str, str, int]:
    parts = line.split()
    try:
        question, _run, document, said = parts
        grade = int(said)
        if grade > BEST_GRADE:
            raise ValueError
        return question, document, grade
    except ValueError:
        raise _broken(path, number, _("it isn't “question, 0, document, grade”")) from None


def _broken(path: Path, number: int, why: str) -> Unusable:
    said = {"file": path, "number": number, "why": why}
    return Unusable(_("Line %(number)d of %(file)s can't be used: %(why)s.") % said)
