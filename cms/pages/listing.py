"""Lists of drafts: what they say while there is nothing in them."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import IndexView

# Wagtail's own says “Why not add one?” of an empty list, whatever the view has to tell.
EMPTY_TELLS = "organisation/list_results.html"


def nothing_found() -> str:
    """Of a list that has rows, but none that fits."""
    return _("Nothing here fits. Try fewer words, or take a filter away.")


class DraftListing(IndexView):
    """`nothing_yet` says what would be here, and how to make the first."""

    nothing_yet: Any

    @cached_property
    def no_results_message(self) -> str:
        return nothing_found() if self.is_searching or self.is_filtering else str(self.nothing_yet)
