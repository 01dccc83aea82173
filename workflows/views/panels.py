"""The panels of the admin's first screen."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from .rows import debt_rows, own_rows, waiting_rows


class Panel(Component):
    rows: Any

    class Media:
        css = {"all": ["workflows/workflows.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"rows": type(self).rows(parent_context["request"].user)}


class WaitingPanel(Panel):
    name = "waiting"
    template_name = "workflows/parts/waiting_panel.html"
    order = 10
    rows = staticmethod(waiting_rows)


class OwnPanel(Panel):
    name = "own-submissions"
    template_name = "workflows/parts/own_panel.html"
    order = 20
    rows = staticmethod(own_rows)


class DebtPanel(Panel):
    name = "debts"
    template_name = "workflows/parts/debt_panel.html"
    order = 30
    rows = staticmethod(debt_rows)
