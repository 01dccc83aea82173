"""Wagtail publishes by date; here the log does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.pages.management.refusing import RefusingCommand


class Command(RefusingCommand):
    help = _("Refused: see run_due.")
    sentence = _(
        "Nothing is published by Wagtail's schedule. Dates of effect are facts of a page; `manage.py run_due` does what they ask for."
    )
