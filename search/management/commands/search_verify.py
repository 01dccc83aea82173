from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import elastic
from search.commands import Difference, differences, repair


class Command(BaseCommand):
    help = "Compares the search indexes, Elasticsearch's too, with what is published now, and names what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for difference in found:
            self.stdout.write(_line(difference.index, difference.item, difference.what))
        elsewhere = self._elsewhere()
        count = len(found) + len(elsewhere)
        if not count:
            self.stdout.write(_("The indexes say what the log says."))
        elif options["repair"]:
            self._repair(found, elsewhere)
            self.stdout.write(_("%(count)d differences mended.") % {"count": count})
        else:
            raise CommandError(
                _("%(count)d differences. Run search_verify --repair to mend them.") % {"count": count}
            )

    def _elsewhere(self) -> list[elastic.Found]:
        if not elastic.configured():
            return []
        try:
            found = elastic.differences()
        except elastic.Unreachable as error:
            raise CommandError(str(error)) from error
        for index, item, what in found:
            self.stdout.write(f"Elasticsearch: {_line(index, item, what)}")
        return found

    def _repair(self, found: list[Difference], elsewhere: list[elastic.Found]) -> None:
        if found:
            repair(found)
        if not elsewhere:
            return
        try:
            left = elastic.repair(elsewhere)
        except elastic.Unreachable as error:
            raise CommandError(str(error)) from error
        if left:
            raise CommandError(
                _("%(count)d differences in Elasticsearch stay. Run search_rebuild.") % {"count": len(left)}
            )


def _line(index: str, item: UUID | None, what: str) -> str:
    sentences = {
        "missing": _("%(item)s is published and missing from the %(index)s index."),
        "stale": _("%(item)s stands in the %(index)s index with other words than it is published with."),
        "surplus": _("%(item)s stands in the %(index)s index and isn't published."),
        "dictionary": _(
            "The %(index)s dictionary counts words otherwise than they stand in what is published."
        ),
    }
    return sentences[what] % {"item": item, "index": index}
