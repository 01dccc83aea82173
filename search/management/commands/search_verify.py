from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.commands import Difference, differences, repair


class Command(BaseCommand):
    help = "Compares the search indexes with what is published now, and names what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for difference in found:
            self.stdout.write(_line(difference))
        if not found:
            self.stdout.write(_("The indexes say what the log says."))
        elif options["repair"]:
            repair(found)
            self.stdout.write(_("%(count)d differences mended.") % {"count": len(found)})
        else:
            raise CommandError(
                _("%(count)d differences. Run search_verify --repair to mend them.") % {"count": len(found)}
            )


def _line(difference: Difference) -> str:
    sentences = {
        "missing": _("%(item)s is published and missing from the %(index)s index."),
        "stale": _("%(item)s stands in the %(index)s index with other words than it is published with."),
        "surplus": _("%(item)s stands in the %(index)s index and isn't published."),
        "dictionary": _(
            "The %(index)s dictionary counts words otherwise than they stand in what is published."
        ),
    }
    return sentences[difference.what] % {"item": difference.item, "index": difference.index}
