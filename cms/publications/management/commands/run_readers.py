from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.core.post import send_waiting


class Command(BaseCommand):
    help = "Sends the letters that wait, once. `work` does the same every second."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = send_waiting()
        self.stdout.write(
            _("Letters sent: %(sent)s. To be tried again: %(failed)s.") % {"sent": sent, "failed": failed}
        )
