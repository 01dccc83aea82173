from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.publications.clockwork import do_what_is_due


class Command(BaseCommand):
    help = "Does what the date asks for: due permits, facts that take effect, expiries, debts, review dates."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in do_what_is_due().items():
            self.stdout.write(_("%(deed)s: %(count)s") % {"deed": name, "count": count})
