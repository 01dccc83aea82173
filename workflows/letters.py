"""The letters of the workflow: whose turn it is, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core import post
from cms.organisation.queries import names
from cms.organisation.vocabulary import Role
from cms.publications.vocabulary import EntryKind

from .models import Debt, Submission, Verdict
from .queries import title_of, who_can_decide
from .vocabulary import Decision, Deed, Stage


def tell_who_is_next(submission: Submission) -> None:
    """Write to everybody whom the submission now waits for."""
    asked = (
        _("%(who)s asks for the withdrawal of “%(title)s”.")
        if submission.deed == Deed.WITHDRAW
        else _("%(who)s sent “%(title)s” for approval.")
    )
    told = asked % {"who": _name(submission.by_id), "title": title_of(submission)}
    said = submission.reason if submission.deed == Deed.WITHDRAW else submission.note
    for user in who_can_decide(submission):
        post.write(
            user.email,
            _("Waits for you: %(title)s") % {"title": title_of(submission)},
            _letter(told, said, _("Open it here: %(link)s") % {"link": review_link(submission)}),
        )


def tell_author(submission: Submission, verdict: Verdict) -> None:
    """The author hears the verdict, with its reason, and what comes next."""
    if verdict.decision == Decision.SEND_BACK:
        follows = _("Reason: %(reason)s") % {"reason": verdict.reason}
    elif submission.is_open:
        follows = _("It goes on to the webmaster.")
    elif submission.deed == Deed.WITHDRAW:
        follows = _("It is withdrawn now.")
    else:
        follows = _("It is live now.")
    decided = _("%(who)s (%(role)s) decided: %(decision)s.") % {
        "who": _name(verdict.by_id),
        "role": Role.EDITOR.label if verdict.stage == Stage.DEPARTMENT else Role.WEBMASTER.label,
        "decision": verdict.get_decision_display(),
    }
    post.write(
        submission.by.email,
        _("%(decision)s: %(title)s")
        % {"decision": str(verdict.get_decision_display()).capitalize(), "title": title_of(submission)},
        _letter(f"{decided}\n{follows}", review_link(submission)),
    )


def tell_debt(debt: Debt, people: Iterable[AbstractUser], subject: str) -> None:
    """A review is owed: to those who can end it, or who must see that it is late."""
    done = (
        _("%(who)s withdrew “%(title)s” without review.")
        if debt.entry.kind == EntryKind.WITHDRAWN
        else _("%(who)s published “%(title)s” without review.")
    )
    told = done % {"who": _name(debt.by_id), "title": debt.item.current.title}
    reason = _("Reason: %(reason)s") % {"reason": debt.reason}
    link = settings.SITE_URL + reverse("workflows_debt", args=[debt.pk])
    for user in people:
        post.write(user.email, subject, _letter(f"{told}\n{reason}", link))


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _name(person: int) -> str:
    return names([person]).get(person, "")


def review_link(submission: Submission) -> str:
    return settings.SITE_URL + reverse("workflows_review", args=[submission.pk])
