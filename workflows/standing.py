"""What is true of a text that a review shows: whether readers see it, saw it, or never did."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.publications.vocabulary import EntryKind

from .models import Debt, Submission
from .vocabulary import Deed, State

# From the deed and the state: the heading above the text, and the sentence that stands on it.
STANDINGS = {
    (Deed.PUBLISH, State.OPEN): (
        gettext_lazy("What readers will see"),
        gettext_lazy("Waits for approval: readers don't see this text yet"),
    ),
    (Deed.PUBLISH, State.PUBLISHED): (
        gettext_lazy("What was published"),
        gettext_lazy("Published on %(day)s"),
    ),
    (Deed.PUBLISH, State.SENT_BACK): (
        gettext_lazy("What was sent back"),
        gettext_lazy("Sent back on %(day)s: this text was not published"),
    ),
    (Deed.PUBLISH, State.TAKEN_BACK): (
        gettext_lazy("What was taken back"),
        gettext_lazy("Taken back on %(day)s: this text was not published"),
    ),
    (Deed.PUBLISH, State.REPLACED): (
        gettext_lazy("What was composed again"),
        gettext_lazy("Composed again on %(day)s: this text was not published"),
    ),
    (Deed.WITHDRAW, State.OPEN): (
        gettext_lazy("What readers will lose"),
        gettext_lazy("Published now: readers lose this when the withdrawal is approved"),
    ),
    (Deed.WITHDRAW, State.PUBLISHED): (
        gettext_lazy("What readers lost"),
        gettext_lazy("Withdrawn on %(day)s"),
    ),
    (Deed.WITHDRAW, State.SENT_BACK): (
        gettext_lazy("What was to be withdrawn"),
        gettext_lazy("The withdrawal was sent back on %(day)s: readers kept this"),
    ),
    (Deed.WITHDRAW, State.TAKEN_BACK): (
        gettext_lazy("What was to be withdrawn"),
        gettext_lazy("The withdrawal was taken back on %(day)s: readers kept this"),
    ),
    (Deed.WITHDRAW, State.REPLACED): (
        gettext_lazy("What was to be withdrawn"),
        gettext_lazy("The withdrawal was composed again on %(day)s: readers kept this"),
    ),
}


def heading(submission: Submission) -> str:
    """What stands above the text in a review: `What readers will see`."""
    return str(STANDINGS[Deed(submission.deed), State(submission.state)][0])


def sentence(submission: Submission) -> str:
    """What stands on the text itself, also where it is looked at alone."""
    at = submission.ended_at or submission.submitted_at
    return str(STANDINGS[Deed(submission.deed), State(submission.state)][1]) % {
        "day": date_format(timezone.localtime(at), "l j F Y")
    }


def sentence_of_debt(debt: Debt) -> str:
    """The same for what went out without review."""
    day = {"day": date_format(timezone.localtime(debt.made_at), "l j F Y")}
    if debt.entry.kind == EntryKind.WITHDRAWN:
        return _("Withdrawn on %(day)s without review") % day
    return _("Published on %(day)s without review") % day
