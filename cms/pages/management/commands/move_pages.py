"""Pages are moved by a webmaster, with a reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.pages.management.refusing import RefusingCommand


class Command(RefusingCommand):
    help = _("Refused: a webmaster moves pages, with a reason.")
    sentence = _(
        "Pages are not moved in bulk. A webmaster moves a published page, with a reason, so that its old address leads on."
    )
