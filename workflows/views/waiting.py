"""All that waits for a person, on a screen of its own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rows import debt_rows, own_rows, waiting_rows
from .screen import Screen


class WaitingScreen(Screen):
    template_name = "workflows/screens/waiting.html"
    page_title = gettext_lazy("Waiting for you")
    http_method_names = ["get", "head", "options"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Waiting for you")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            waiting=waiting_rows(user), own=own_rows(user), debts=debt_rows(user), **kwargs
        )
