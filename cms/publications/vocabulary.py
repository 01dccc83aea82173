"""The words of the log."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    PUBLIC = "public", _("public")
    STAFF = "staff", _("staff")


class EntryKind(TextChoices):
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    TOOK_EFFECT = "took_effect", _("took effect")
    MOVED = "moved", _("moved")
    TRANSFERRED = "transferred", _("handed to another department")
    REDACTED = "redacted", _("redacted")


class Lane(TextChoices):
    REVIEWED = "reviewed", _("reviewed by three people")
    URGENT = "urgent", _("urgent")
    EMERGENCY = "emergency", _("emergency")
    CLOCK = "clock", _("by date")
    LEGAL = "legal", _("for a legal reason")
    WEBMASTER = "webmaster", _("by the webmaster")


class Status(TextChoices):
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class HandlingClass(TextChoices):
    A = "A", _("A: anyone answers")
    B = "B", _("B: anyone informs and explains the next step")
    C = "C", _("C: pass on to the department")


# Entries after which an item says something else, or stands elsewhere, than a submission composed
# before them knew. A fact that takes effect was in the text already.
CHANGING = frozenset(
    {
        EntryKind.PUBLISHED,
        EntryKind.WITHDRAWN,
        EntryKind.MOVED,
        EntryKind.TRANSFERRED,
        EntryKind.REDACTED,
    }
)
