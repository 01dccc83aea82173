from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search.commands import rebuild


class Command(BaseCommand):
    help = "Builds both search indexes anew from what is published now."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild(progress=self._tell)
        self.stdout.write(_("%(count)d items can be found.") % {"count": count})

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(_("%(done)d of %(total)d read") % {"done": done, "total": total})
