"""When a draft may be begun or put elsewhere. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.core.errors import Refusal


@dataclass(frozen=True)
class Start:
    """What is known when somebody wants to begin a page from a standard service."""

    offered: bool
    has_department: bool
    has_parent: bool


def why_not_start(start: Start) -> Refusal | None:
    if not start.has_department:
        return Refusal(
            "no-department",
            _("You belong to no department as author or editor, so you can't begin a text."),
            403,
        )
    if not start.offered:
        return Refusal(
            "discontinued",
            _("This service is discontinued in its list. Choose the one that took its place."),
        )
    if not start.has_parent:
        return Refusal(
            "no-topic", _("There is no topic yet that a service page could stand in. Make a topic first.")
        )
    return None


def why_not_put_under(*, sent: bool) -> Refusal | None:
    if sent:
        return Refusal(
            "sent", _("This was sent for approval or published. A webmaster can move it, with a reason.")
        )
    return None
