"""The words of approval, and the one table of transitions."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    DEPARTMENT = "department", _("with the department")
    WEBMASTER = "webmaster", _("with the webmaster")


class State(TextChoices):
    OPEN = "open", _("waiting")
    SENT_BACK = "sent_back", _("sent back")
    TAKEN_BACK = "taken_back", _("taken back")
    REPLACED = "replaced", _("composed again")
    PUBLISHED = "published", _("carried out")


class Deed(TextChoices):
    PUBLISH = "publish", _("publish")
    WITHDRAW = "withdraw", _("withdraw")


class Decision(TextChoices):
    APPROVE = "approve", _("approved")
    SEND_BACK = "send_back", _("sent back")


class Outcome(TextChoices):
    APPROVED = "approved", _("approved as it is")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


# From a stage and a decision to what follows: the next stage, or how the submission ends.
TRANSITIONS: dict[tuple[str, str], str] = {
    (Stage.DEPARTMENT, Decision.APPROVE): Stage.WEBMASTER,
    (Stage.DEPARTMENT, Decision.SEND_BACK): State.SENT_BACK,
    (Stage.WEBMASTER, Decision.APPROVE): State.PUBLISHED,
    (Stage.WEBMASTER, Decision.SEND_BACK): State.SENT_BACK,
}
# What a champion may put in front of agents at once.
URGENT_KINDS = frozenset({"article", "staff_notice"})
