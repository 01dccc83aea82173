"""The letters of the workflow: whose turn it is, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core import post
from cms.organisation.queries import names

from .models import Debt, Submission, Verdict
from .queries import title_of, who_can_decide


def tell_who_is_next(submission: Submission) -> None:
    """Write to everybody whom the submission now waits for."""
    for user in who_can_decide(submission):
        post.write(
            user.email,
            _("Waits for you: %(title)s") % {"title": title_of(submission)},
            _("%(who)s sent this for approval: %(title)s.\n\n%(note)s\nOpen it here: %(link)s\n")
            % {
                "who": names([submission.by_id]).get(submission.by_id, ""),
                "title": title_of(submission),
                "note": f"{submission.note}\n" if submission.note else "",
                "link": review_link(submission),
            },
        )


def tell_author(submission: Submission, verdict: Verdict, *, live: bool = False) -> None:
    """The author hears the verdict, with its reason."""
    if live:
        told = _("It is live now.")
    elif verdict.decision == "approve":
        told = _("It goes on to the webmaster.")
    else:
        told = _("Reason: %(reason)s") % {"reason": verdict.reason}
    post.write(
        submission.by.email,
        _("%(decision)s: %(title)s")
        % {"decision": str(verdict.get_decision_display()).capitalize(), "title": title_of(submission)},
        _("%(who)s (%(stage)s) decided: %(decision)s.\n%(told)s\n\n%(link)s\n")
        % {
            "who": names([verdict.by_id]).get(verdict.by_id, ""),
            "stage": submission.get_stage_display() if not live else _("webmaster"),
            "decision": verdict.get_decision_display(),
            "told": told,
            "link": review_link(submission),
        },
    )


def tell_debt(debt: Debt, people: Iterable[AbstractUser], subject: str) -> None:
    """A review is owed: to those who can end it, or who must see that it is late."""
    for user in people:
        post.write(
            user.email,
            subject,
            _("%(who)s published this without review: %(title)s.\nReason: %(reason)s\n\n%(link)s\n")
            % {
                "who": names([debt.by_id]).get(debt.by_id, ""),
                "title": debt.item.current.title,
                "reason": debt.reason,
                "link": settings.SITE_URL + reverse("workflows_debt", args=[debt.pk]),
            },
        )


def review_link(submission: Submission) -> str:
    return settings.SITE_URL + reverse("workflows_review", args=[submission.pk])
