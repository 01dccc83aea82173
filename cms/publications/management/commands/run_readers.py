from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.core.post import send_waiting
from cms.publications.clockwork import let_readers_read


class Command(BaseCommand):
    help = (
        "Sends the letters that wait, and lets the log's readers read on, once. `work` does so every second."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = send_waiting()
        self.stdout.write(
            _("Letters sent: %(sent)s. To be tried again: %(failed)s.") % {"sent": sent, "failed": failed}
        )
        for name, count in let_readers_read().items():
            self.stdout.write(_("%(name)s: %(count)s entries read") % {"name": name, "count": count})
