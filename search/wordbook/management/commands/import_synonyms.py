"""`manage.py import_synonyms FILE --language en`: teaches the search what a file of synonyms says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.core.errors import Refused
from search.languages import family
from search.wordbook.commands import Report, import_synonyms
from search.wordbook.commands.importing import line_sentence
from search.wordbook.vocabulary import languages


class Command(BaseCommand):
    help = (
        "Imports synonyms from a YAML list with one rule a line: “- search: bin, dustbin => waste "
        "container”. Importing the same file again changes nothing. Lines that can't be used are listed "
        "with their number and the reason; the others are imported. Exit code 0: the file was imported, "
        "with or without refused lines. 1: nothing was changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="the file, in UTF-8")
        parser.add_argument(
            "--language",
            default=family(settings.LANGUAGE_CODE),
            help=f"whose questions it is for: {', '.join(languages())} (default: the site's own)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would be done, and do nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.last_step = ""
        try:
            report = import_synonyms(
                options["source"],
                language=options["language"],
                dry_run=options["dry_run"],
                by=None,
                progress=self.show_step,
            )
        except Refused as error:
            self.end_counter()
            raise CommandError("\n  ".join([error.refusal.sentence, *error.refusal.details])) from error
        self.end_counter()
        for line in report_lines(report):
            self.stdout.write(line)

    def show_step(self, step: str, done: int, total: int) -> None:
        """A line for each step; on a terminal, it counts."""
        if step != self.last_step:
            self.end_counter()
            self.stdout.write(f"{step} …", ending="\r" if self.stdout.isatty() else "\n")
            self.last_step = step
        elif self.stdout.isatty():
            self.stdout.write(f"{step} … {done}/{total}", ending="\r")
            self.stdout.flush()

    def end_counter(self) -> None:
        if self.last_step and self.stdout.isatty():
            self.stdout.write("")


def report_lines(report: Report) -> list[str]:
    """The report as a person reads it."""
    numbers = {
        "lines": report.lines,
        "made": report.made,
        "known": report.known,
        "refused": len(report.refused),
    }
    lines = [
        _("Would import %(lines)d lines:") % numbers
        if report.dry_run
        else _("Imported %(lines)d lines:") % numbers,
        _("  %(made)d rules made, %(known)d taught already, %(refused)d lines refused") % numbers,
    ]
    if report.refused:
        lines.append(_("Refused:"))
        lines += [f"  {line_sentence(line)}" for line in report.refused]
    return lines
