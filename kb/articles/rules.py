"""Where an article may belong, and why not: pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms.core.errors import Refusal
from cms.organisation.rules import Person


def why_not_belong(person: Person, department: int) -> Refusal | None:
    """Rule 7: nobody chooses the department of a text, but by its service, and champions."""
    if person.is_champion or person.is_author_of(department) or person.is_editor_of(department):
        return None
    return Refusal(
        "not-your-department",
        _(
            "This service belongs to a department that you don't write for. "
            "Ask a champion, or an author of that department, to write the article."
        ),
        403,
    )


def why_not_correct(person: Person, *, published: bool) -> Refusal | None:
    """A correction starts from what is published."""
    if not person.is_champion:
        return Refusal("not-a-champion", _("Only a champion can publish at once."), 403)
    if not published:
        return Refusal(
            "not-published",
            _(
                "This isn't published, so there is nothing to correct. Send the draft for approval, "
                "or publish a new article at once."
            ),
        )
    return None


def why_not_put_notice(person: Person, *, published: bool, kind: str) -> Refusal | None:
    """A staff notice stands above something that agents find."""
    if not person.is_champion:
        return Refusal("not-a-champion", _("Only a champion can put a staff notice."), 403)
    if kind == "staff_notice":
        return Refusal(
            "notice-on-notice",
            _("This is a staff notice itself. Remove it, and put a new one on what it speaks of."),
            422,
        )
    if not published:
        return Refusal(
            "not-published",
            _("This isn't published, so that no agent would see the notice."),
        )
    return None
