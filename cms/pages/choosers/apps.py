"""Wagtail's own search, cut down to what the admin's lists and choosers need: a part of a title is found."""

from __future__ import annotations

from modelsearch.apps import ModelSearchAppConfig


class ChoosersConfig(ModelSearchAppConfig):
    """Stands in for `wagtail.search`, without which every search box of the admin breaks.

    Nothing is indexed: the backend in `WAGTAILSEARCH_BACKENDS` asks the rows themselves, so that there are
    no index tables to keep, no task after each save, and no sign that its query language stumbles over.
    Readers' search is our own.
    """

    default = True  # among the two classes that Django finds here
    name = "cms.pages.choosers"
    label = "choosers"
    verbose_name = "Choosers"
    backend_setting_name = "WAGTAILSEARCH_BACKENDS"

    def ready(self) -> None:
        """No index to keep: without the signal handlers of Wagtail's."""
