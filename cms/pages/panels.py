"""Panels of our forms."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel


class KeyPanel(Panel):
    """Carries a fact's key through the form, unseen."""

    def __init__(self, field_name: str = "key", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field_name = field_name

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "field_name": self.field_name}

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": [self.field_name]}

    def classes(self) -> list[str]:
        return [*super().classes(), "pages-unseen"]

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> str:
            return str(self.form[self.panel.field_name])


def fact_panels(*panels: Panel | str) -> list[Panel | str]:
    """The panels of one kind of fact: its own, when it holds, and its key."""
    return [
        *panels,
        _dates(
            FieldPanel(
                "valid_from", heading=_("Holds from"), help_text=_("Leave it empty for what simply holds.")
            ),
            FieldPanel(
                "valid_to",
                heading=_("Holds until"),
                help_text=_("For what follows, add a row with the same name."),
            ),
        ),
        KeyPanel(),
    ]


def closure_panels(*panels: Panel | str) -> list[Panel | str]:
    """The same for days on which something is closed."""
    first = FieldPanel("valid_from", heading=_("First day"), help_text=_("Closed all day."))
    last = FieldPanel(
        "valid_to", heading=_("Last day"), help_text=_("Closed, too. Empty: until further notice.")
    )
    return [*panels, _dates(first, last), KeyPanel()]


def _dates(first: FieldPanel, last: FieldPanel) -> FieldRowPanel:
    return FieldRowPanel([first, last])


def folded(panels: list[Panel | str], heading: Any, **kwargs: Any) -> MultiFieldPanel:
    """A group that is shut until somebody opens it: for what is rarely needed."""
    return MultiFieldPanel(panels, heading=heading, classname="collapsed", **kwargs)


def rows(relation: str, heading: Any, label: Any, help_text: Any, **kwargs: Any) -> InlinePanel:
    """Rows of one kind."""
    where = {"data-contentpath": relation}  # what is missing leads here, as it leads to a field
    return InlinePanel(relation, heading=heading, label=label, help_text=help_text, attrs=where, **kwargs)


def group(heading: Any, *panels: Panel | str) -> MultiFieldPanel:
    """What answers one question."""
    return MultiFieldPanel(panels, heading=heading)
