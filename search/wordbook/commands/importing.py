"""Importing a file of synonyms."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core import audit, clock
from cms.core.errors import Refusal, Refused, refuse_if
from search.languages import family
from search.wordbook.models import Synonyms
from search.wordbook.queries import pairs_taught
from search.wordbook.rules import Rule, pairs, said, why_not_language
from search.wordbook.source import Line, Reading, RefusedLine, read
from search.wordbook.vocabulary import Deed, languages

from .synonyms import REVIEW_AFTER, values
from .writing import ask, lock, stamp

# (what is being done, how many are done, of how many)
Progress = Callable[[str, int, int], None]
BATCH = 200


@dataclass(frozen=True)
class Report:
    """What an import did, or would do. `lines` and `refused` count lines of the file; `made` and
    `known` rules: one line may need three. `rules`: those that are made, in words."""

    lines: int
    made: int
    known: int
    refused: tuple[RefusedLine, ...]
    dry_run: bool
    rules: tuple[str, ...] = ()


def _quiet(step: str, done: int, total: int) -> None:
    """Nobody is watching."""


@transaction.atomic
def import_synonyms(
    source: Path | bytes,
    *,
    language: str,
    dry_run: bool = False,
    by: AbstractUser | None,
    progress: Progress = _quiet,
) -> Report:
    """Teach what a file of synonyms (see `source.py`) says. What is taught already stays as it is, so
    that importing again changes nothing; nothing is removed. Each is reviewed in a year.

    Lines that can't be used are refused one by one, with their number. Raises `Refused` for a file that
    can't be read, or has no line that can be used; nothing is written then.
    """
    ask(by)
    tongue = family(language)
    refuse_if(why_not_language(tongue, languages()))
    progress(_("Reading the file"), 0, 0)
    reading = read(_text(source), tongue)
    _refuse_unusable(reading)
    progress(_("Comparing with what is taught"), 0, 0)
    edition = None if dry_run else lock()
    new, known = _compare(reading, tongue)
    rules = tuple(said(rule) for _line, rule in new)
    if new and edition is not None:
        stamp(edition)
        _write(new, by, progress)
        audit.record(
            Deed.SYNONYMS_IMPORTED, source.name if isinstance(source, Path) else tongue, by=by,
            language=tongue, made=len(new), known=known, refused=len(reading.refused),
            rules=list(rules),
        )  # fmt: skip
    return Report(reading.lines, len(new), known, tuple(reading.refused), dry_run, rules)


def _compare(reading: Reading, language: str) -> tuple[list[tuple[Line, Rule]], int]:
    """The rules that say something new, and how many don't."""
    taught = set(pairs_taught(language))
    new, known = [], 0
    for line, rules in reading.rules:
        for rule in rules:
            told = set(pairs(rule))
            if told <= taught:
                known += 1
            else:
                new.append((line, rule))
                taught |= told
    return new, known


def _write(new: list[tuple[Line, Rule]], by: AbstractUser | None, progress: Progress) -> None:
    step = _("Writing the rules")
    progress(step, 0, len(new))
    now, review_on = clock.now(), clock.today() + REVIEW_AFTER
    rows = [
        Synonyms(**values(rule), note=line.note, review_on=review_on, taught_by=by, taught_at=now)
        for line, rule in new
    ]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        Synonyms.objects.bulk_create(batch)
        progress(step, start + len(batch), len(rows))


def _text(source: Path | bytes) -> str:
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise _unreadable(
            _("The file %(path)s can't be read: %(why)s.") % {"path": source, "why": error.strerror or error}
        ) from error
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\0", "\ufffd")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(
            _("Line %(line)d isn't written in UTF-8. Save the file in UTF-8, and try again.") % {"line": line}
        ) from error


def _refuse_unusable(reading: Reading) -> None:
    if reading.rules:
        return
    if not reading.refused:
        raise _unreadable(_("There is no rule in the file."))
    raise Refused(
        Refusal(
            "no-rule-usable",
            ngettext(
                "The one rule can't be used. Nothing was changed.",
                "None of the %(lines)d rules can be used. Nothing was changed.",
                reading.lines,
            )
            % {"lines": reading.lines},
            422,
            tuple(line_sentence(line) for line in reading.refused),
        )
    )


def line_sentence(line: RefusedLine) -> str:
    return _("Line %(line)d: %(reason)s") % {"line": line.number, "reason": line.reason}


def _unreadable(sentence: str) -> Refused:
    return Refused(Refusal("source-unreadable", sentence, 422))
