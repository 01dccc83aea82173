"""The words of what search learns from people."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class How(TextChoices):
    """What somebody did with a result."""

    OPENED = "opened", _("opened")
    ANSWERED = "answered", _("said to be the answer")


class Lack(TextChoices):
    """Why a question counts as one without an answer."""

    NOTHING = "nothing", _("nothing found")
    UNUSED = "unused", _("nothing of it used")
    SELDOM = "seldom", _("seldom used")


class State(TextChoices):
    """Of a task; `Gap` says who ends it."""

    OPEN = "open", _("to be answered")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("declined")


class Deed(TextChoices):
    """What the audit trail calls what was done."""

    GAP_OPENED = "question made a task", _("question made a task")
    GAP_ANSWERED = "question answered", _("question answered")
    GAP_DECLINED = "question declined", _("question declined")
