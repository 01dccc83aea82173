"""The roles. Authors and editors belong to departments; the others to the whole municipality."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    AUTHOR = "author", _("author")
    EDITOR = "editor", _("editor")
    WEBMASTER = "webmaster", _("webmaster")
    CHAMPION = "champion", _("knowledge-base champion")
    AGENT = "agent", _("agent")
    SUPERVISOR = "supervisor", _("supervisor")


DEPARTMENT_ROLES = frozenset({Role.AUTHOR, Role.EDITOR})
# Who may read what is meant for staff: everybody with a role.
WRITING_ROLES = frozenset({Role.AUTHOR, Role.EDITOR, Role.WEBMASTER, Role.CHAMPION})

# Two of Django's groups, made by `groups.py`. They carry permissions; nothing asks for their names
# but what puts people into them.
WRITERS = "Writers"
SUPERVISORS = "Supervisors"
MEMBERSHIP_ADMINISTRATORS = "Membership administrators"
