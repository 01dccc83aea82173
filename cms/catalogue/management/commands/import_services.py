"""`manage.py import_services SOURCE --list lgsl`: fills the catalogue from a list's CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.catalogue.commands import Report, import_services
from cms.catalogue.mapping import built_in_names, load
from cms.core.importing import ImportCommand


class Command(ImportCommand):
    help = (
        "Imports a service list from a CSV file in UTF-8. Importing the same file again changes nothing. "
        "Rows that can't be used are listed with their line and the reason; the others are imported. "
        "Exit code 0: the list was imported, with or without refused rows. 1: nothing was changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--list", required=True, dest="list_name", help="the list's name: lgsl, upl, …")
        parser.add_argument(
            "--mapping",
            type=Path,
            help="a TOML or JSON file that says which column is what; built in for "
            + ", ".join(built_in_names()),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with self.counting() as progress:
            report = import_services(
                options["source"],
                options["list_name"],
                load(options["mapping"]) if options["mapping"] else None,
                dry_run=options["dry_run"],
                by=None,
                progress=progress,
            )
        for line in report_lines(report):
            self.stdout.write(line)


def report_lines(report: Report) -> list[str]:
    """The report as a person reads it."""
    numbers = {
        "made": report.made,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "discontinued": report.discontinued,
        "refused": len(report.refused),
    }
    lines = [
        (_("Would import into %(list)s:") if report.dry_run else _("Imported into %(list)s:"))
        % {"list": report.list_name},
        _("  %(made)d made, %(changed)d changed, %(unchanged)d unchanged, %(refused)d rows refused")
        % numbers,
    ]
    if report.discontinued:
        lines.append(_("  %(discontinued)d of them discontinued: kept, not offered") % numbers)
    if report.unused_columns:
        lines.append(_("  Columns not used: %(names)s") % {"names": ", ".join(report.unused_columns)})
    if report.gone:
        lines.append(
            ngettext(
                "  %(count)d in the catalogue is no longer in the file, and is kept: %(codes)s",
                "  %(count)d in the catalogue are no longer in the file, and are kept: %(codes)s",
                len(report.gone),
            )
            % {"count": len(report.gone), "codes": ", ".join(report.gone)}
        )
    if report.refused:
        lines.append(_("Refused:"))
        lines += [
            _("  Line %(line)d: %(reason)s") % {"line": row.line, "reason": row.reason}
            for row in report.refused
        ]
    return lines
