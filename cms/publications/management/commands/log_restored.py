from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.publications.commands import restored


class Command(BaseCommand):
    help = "Begins a new epoch of the publication log. Run it once after a backup was restored."

    def handle(self, *args: Any, **options: Any) -> None:
        epoch = restored()
        self.stdout.write(
            _("Epoch %(epoch)s begins. Every reader of the log starts again.") % {"epoch": epoch}
        )
