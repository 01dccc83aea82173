"""The panels of the admin's first screen: those that concern a person, and those with something in them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from wagtail.admin.ui.components import Component

from cms.organisation.queries import person
from cms.organisation.vocabulary import Role

from .rows import debt_rows, own_rows, waiting_rows


class Panel(Component):
    """An empty one is shown to the `roles` for whom its rows would come, to tell them what would be here."""

    rows: Any
    roles: frozenset[Role]

    def concerns(self, user: AbstractUser) -> bool:
        return any(post.role in self.roles for post in person(user).posts) or bool(type(self).rows(user))

    class Media:
        css = {"all": ["workflows/workflows.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"rows": type(self).rows(parent_context["request"].user)}


class WaitingPanel(Panel):
    name = "waiting"
    template_name = "workflows/parts/waiting_panel.html"
    order = 10
    rows = staticmethod(waiting_rows)
    roles = frozenset({Role.EDITOR, Role.WEBMASTER})


class OwnPanel(Panel):
    name = "own-submissions"
    template_name = "workflows/parts/own_panel.html"
    order = 20
    rows = staticmethod(own_rows)
    roles = frozenset({Role.AUTHOR, Role.CHAMPION})


class DebtPanel(Panel):
    name = "debts"
    template_name = "workflows/parts/debt_panel.html"
    order = 30
    rows = staticmethod(debt_rows)
    roles = frozenset({Role.EDITOR, Role.WEBMASTER, Role.CHAMPION, Role.SUPERVISOR})


def for_person(user: AbstractUser) -> list[Panel]:
    """What a person's first screen shows; somebody whom nothing concerns is told that nothing waits."""
    return [panel for panel in (WaitingPanel(), OwnPanel(), DebtPanel()) if panel.concerns(user)] or [
        WaitingPanel()
    ]
