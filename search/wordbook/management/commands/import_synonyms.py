"""`manage.py import_synonyms FILE --language en`: teaches the search what a file of synonyms says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from cms.core.importing import ImportCommand
from search.languages import family
from search.wordbook.commands import Report, import_synonyms
from search.wordbook.commands.importing import line_sentence
from search.wordbook.vocabulary import languages


class Command(ImportCommand):
    help = (
        "Imports synonyms from a YAML list with one rule a line: “- search: bin, dustbin => waste "
        "container”. Importing the same file again changes nothing. Lines that can't be used are listed "
        "with their number and the reason; the others are imported. Exit code 0: the file was imported, "
        "with or without refused lines. 1: nothing was changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--language",
            default=family(settings.LANGUAGE_CODE),
            help=f"whose questions it is for: {', '.join(languages())} (default: the site's own)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with self.counting() as progress:
            report = import_synonyms(
                options["source"],
                language=options["language"],
                dry_run=options["dry_run"],
                by=None,
                progress=progress,
            )
        for line in report_lines(report):
            self.stdout.write(line)


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
