"""Old revisions are evidence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.pages.management.refusing import RefusingCommand


class Command(RefusingCommand):
    help = _("Refused: revisions are evidence.")
    sentence = _("Revisions are kept: they show who wrote what, and who may therefore approve it.")
