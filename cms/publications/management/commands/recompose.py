from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.publications.progress import Announcer
from cms.publications.recomposition import recompose


class Command(BaseCommand):
    help = "Builds everything again that is derived from the publication log. Publishing waits meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        say = Announcer(self.stderr.write, _("Replayed %(done)s of %(total)s entries."))
        count = recompose(say)
        self.stdout.write(_("Built again from %(count)s entries.") % {"count": count})
