from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.publications.chain import head
from cms.publications.heads import anchor, read_anchors
from cms.publications.progress import Announcer
from cms.publications.verification import findings


class Command(BaseCommand):
    help = "Walks the publication log from its first entry and says what is wrong with it; exit code 1 if anything is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="lines that hold the log's end (epoch-seq-hash) as it was kept outside the database",
        )

    def handle(self, *args: Any, anchor: Path | None = None, **options: Any) -> None:
        anchors, unreadable = read_anchors(_text(anchor)) if anchor else ([], [])
        count = 0
        for line in unreadable:
            count += 1
            self.stdout.write(_("Line %(line)s of the file holds no epoch-seq-hash.") % {"line": line})
        say = Announcer(self.stderr.write, _("Walked %(done)s of %(total)s entries."))
        for sentence in findings(anchors, say):
            count += 1
            self.stdout.write(sentence)
        if count:
            raise CommandError(
                ngettext("%(count)s finding.", "%(count)s findings.", count) % {"count": count}
            )
        self.stdout.write(self._all_well(len(anchors)))

    def _all_well(self, anchors: int) -> str:
        end = head()
        return _("The log is whole: %(count)s entries, %(anchors)s anchors found. It ends at %(anchor)s") % {
            "count": end.seq,
            "anchors": anchors,
            "anchor": anchor(end),
        }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            _("The file %(path)s can't be read: %(error)s.")
            % {"path": path, "error": getattr(error, "strerror", None) or error}
        ) from error
