from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import elastic
from search.commands import rebuild


class Command(BaseCommand):
    help = (
        "Builds the search indexes anew from what is published now; Elasticsearch's too, where there is one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild(progress=self._tell)
        self.stdout.write(_("%(count)d items can be found.") % {"count": count})
        if elastic.configured():
            self._on_elasticsearch()

    def _on_elasticsearch(self) -> None:
        self.stdout.write(_("Elasticsearch: a new generation, which answers once it is complete"))
        try:
            elastic.rebuild(self._tell)
        except elastic.Unreachable as error:
            raise CommandError(str(error)) from error

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(_("%(done)d of %(total)d read") % {"done": done, "total": total})
