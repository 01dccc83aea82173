"""Who may do what, and why not: pure functions over what is known, one condition a line.

The rules of design.md, section 4. First reason wins; `None` means that nothing stands in the way.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.core.errors import Refusal
from cms.organisation.rules import Person
from cms.organisation.vocabulary import Role

from .vocabulary import URGENT_KINDS, Outcome, Stage, State


@dataclass(frozen=True)
class ItemState:
    """An item, as far as rules care: where it belongs, and what stands or waits."""

    kind: str
    department: int
    published: bool
    waiting: bool = False
    unknown_writer: bool = False
    writers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Composed:
    """What was composed for a submission, and what would stop it."""

    missing: tuple[str, ...] = ()
    unchanged: bool = False
    moves: bool = False
    parent_missing: bool = False
    path_taken_by: str = ""
    quoted_by: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    redacted: bool = False


@dataclass(frozen=True)
class SubmissionState:
    """A submission at the moment when somebody wants to decide."""

    state: str
    stage: str
    department: int
    sha: str
    by: int
    writers: frozenset[int]
    acted: frozenset[int]
    ended: str = ""
    stale: str = ""
    now_of: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DebtState:
    """A review that is owed."""

    open: bool
    by: int
    department: int
    ended: str = ""
    corrected: bool = False
    superseded: bool = False


def why_not_write(person: Person, item: ItemState) -> Refusal | None:
    """People write for their own department; champions write articles."""
    if _writes(person, item):
        return None
    return Refusal(
        "not-your-department",
        _("Only authors and editors of the department that this belongs to can write it."),
        403,
    )


def why_not_submit(person: Person, item: ItemState) -> Refusal | None:
    """Who may ask for approval, and of what."""
    if not (person.is_author_of(item.department) or (item.kind == "article" and person.is_champion)):
        return Refusal(
            "not-an-author",
            _("Only an author of the department that this belongs to can send it for approval."),
            403,
        )
    if item.waiting:
        return Refusal("waits-already", _("This waits for approval already. Take it back to change it."))
    if item.unknown_writer:
        return Refusal(
            "unknown-writer",
            _(
                "Part of this text was saved without a name, so nobody can tell who may approve it. "
                "Open it, check every word, and save it; then ask an administrator to note who wrote it."
            ),
        )
    return None


def why_not_send_unseen(*, seen: str, now: str) -> Refusal | None:
    """On the screen, what is sent is what was shown there; a colleague may have saved meanwhile."""
    if seen in ("", now):
        return None
    return Refusal(
        "other-text",
        _("Somebody has changed this since you opened it. Read what is there now, and send that."),
    )


def why_not_publish_composed(composed: Composed) -> Refusal | None:
    """What a document lacks before reviewers should spend time on it."""
    if composed.missing:
        return Refusal(
            "incomplete",
            _("Something is missing. Add it and send it again."),
            422,
            details=composed.missing,
        )
    if composed.overlapping:
        return Refusal(
            "overlapping-dates",
            _("Two versions of one fact hold on the same day. Change their dates."),
            422,
            details=composed.overlapping,
        )
    if composed.redacted:
        return Refusal(
            "document-redacted", _("This very text was redacted and can't be published again. Change it.")
        )
    if composed.unchanged:
        return Refusal("unchanged", _("Nothing has changed since it was published."))
    if composed.moves:
        return Refusal(
            "moves",
            _(
                "The address of a published page is changed by a webmaster, with a reason. "
                "Set the last part of the address back to what it was."
            ),
        )
    if composed.parent_missing:
        return Refusal(
            "parent-missing",
            _("The page above it is not published. Publish that first, or send both for approval together."),
        )
    if composed.path_taken_by:
        return Refusal(
            "address-taken",
            _(
                "“%(title)s” has this address, or waits for approval with it. "
                "Choose another last part of the address."
            )
            % {"title": composed.path_taken_by},
        )
    if composed.quoted_by:
        return Refusal(
            "fact-quoted",
            _("A fact that would go is quoted by: %(titles)s. Change those first.")
            % {"titles": ", ".join(composed.quoted_by)},
        )
    return None


def why_nobody_can_decide(stage: str, able: int) -> Refusal | None:
    """Rule 6: where nobody else can act, this is said at submission."""
    if able:
        return None
    if stage == Stage.WEBMASTER:
        return Refusal(
            "no-webmaster",
            _("No webmaster who did not write this can act. Ask for a stand-in to be appointed."),
        )
    return Refusal(
        "no-editor",
        _(
            "No editor of the department who did not write this can act, and handing a submission to the "
            "deputy department is not possible yet. Ask for a stand-in to be appointed."
        ),
    )


def why_not_approve(submission: SubmissionState, person: Person, *, seen: str) -> Refusal | None:
    """Rule 3 and rule 4, at either stage."""
    if reason := _why_not_decide(submission, person):
        return reason
    if submission.stale:
        return Refusal(
            "stale",
            _(
                "This was composed before something else happened to the item: %(what)s. It has to be "
                "composed again; then you see both differences."
            )
            % {"what": submission.stale},
        )
    if seen != submission.sha:
        return Refusal(
            "other-text", _("This is not the text that you saw. Open it again and read what is there now.")
        )
    return None


def why_not_send_back(
    submission: SubmissionState, person: Person, *, seen: str, reason: str
) -> Refusal | None:
    if refusal := why_not_approve(submission, person, seen=seen):
        return refusal
    if not reason.strip():
        return Refusal("reason-missing", _("Say why you send it back, so that the author can mend it."), 422)
    return None


def why_not_take_back(submission: SubmissionState, person: Person) -> Refusal | None:
    if submission.state != State.OPEN:
        return _ended(submission)
    theirs = {submission.department, *submission.now_of}
    if not (person.id == submission.by or any(person.is_author_of(where) for where in theirs)):
        return Refusal("not-an-author", _("Only an author of the department can take it back."), 403)
    return None


def why_not_withdraw(person: Person, item: ItemState, *, reason: str) -> Refusal | None:
    """Asking for a withdrawal, which three people see as well."""
    if refusal := why_not_submit(person, item):
        return refusal
    return _why_not_end(item, reason)


def why_not_leave(beneath: tuple[str, ...]) -> Refusal | None:
    """What is withdrawn leaves nothing beneath it, neither what is published nor what waits to be."""
    if not beneath:
        return None
    return Refusal(
        "has-children",
        _("These stand beneath it, or wait to: %(titles)s. Move or withdraw them first.")
        % {"titles": ", ".join(beneath)},
    )


def why_not_instead(*, published: bool, same: bool, readable: bool) -> Refusal | None:
    """Where readers are sent who come to what was withdrawn."""
    if published and readable and not same:
        return None
    return Refusal(
        "instead", _("Readers can't be sent there. Choose something else that is published for them."), 422
    )


def why_not_publish_urgent(
    person: Person, kind: str, *, reason: str, missing: tuple[str, ...] = (), stale: str = ""
) -> Refusal | None:
    """Rule 2b: a champion, for articles and staff notices, with a reason, from what is published."""
    if not person.is_champion:
        return Refusal("not-a-champion", _("Only a champion can publish at once."), 403)
    if kind not in URGENT_KINDS:
        return Refusal(
            "not-urgent",
            _(
                "At once goes for articles and staff notices only. For anything else, put a staff notice "
                "on it, and send the change for approval."
            ),
            403,
        )
    if not reason.strip():
        return Refusal("reason-missing", _("Say why this can't wait."), 422)
    if missing:
        return Refusal("incomplete", _("Something is missing. Add it."), 422, details=missing)
    if stale:
        return Refusal(
            "stale",
            _(
                "Since you opened this, something else happened to it: %(what)s. "
                "Open it again and make your correction there."
            )
            % {"what": stale},
        )
    return None


def why_not_withdraw_urgent(person: Person, item: ItemState, *, reason: str) -> Refusal | None:
    return why_not_publish_urgent(person, item.kind, reason=reason) or _why_not_end(item, reason)


def why_not_end_debt(debt: DebtState, person: Person, *, outcome: str) -> Refusal | None:
    """A different person ends what is owed: an editor of the department, a webmaster or a champion."""
    if not debt.open:
        return Refusal("debt-ended", debt.ended)
    if person.id == debt.by:
        return Refusal("own-debt", _("You published this. Somebody else has to look at it."), 403)
    posts = [(Role.EDITOR, debt.department), (Role.WEBMASTER, None), (Role.CHAMPION, None)]
    if not any(_acts_as(person, role, where, without={debt.by}) for role, where in posts):
        return Refusal(
            "not-a-reviewer",
            _("An editor of the department, a webmaster or another champion ends this."),
            403,
        )
    if outcome == Outcome.CORRECTED and not debt.corrected:
        return Refusal(
            "not-corrected", _("Nothing newer is published. Publish the correction first, then say so here.")
        )
    if outcome == Outcome.WITHDRAWN and debt.superseded:
        return Refusal(
            "newer-text",
            _(
                "Something newer is published in its place, and stays. End this as corrected; if the newer "
                "text is wrong as well, ask for its withdrawal."
            ),
        )
    return None


def why_not_place(person: Person, item: ItemState, *, reason: str) -> Refusal | None:
    """Moving, and handing to another department: a webmaster, with a reason."""
    if not person.is_webmaster:
        return Refusal("not-a-webmaster", _("Only a webmaster can do this."), 403)
    if not item.published:
        return Refusal("not-published", _("This is not published; change it in the draft."))
    if not reason.strip():
        return Refusal("reason-missing", _("Say why."), 422)
    return None


def why_not_ask_redaction(person: Person, *, ground: str, live: bool) -> Refusal | None:
    if not (person.is_webmaster or person.is_supervisor):
        return Refusal("not-allowed", _("A webmaster or a supervisor asks for a redaction."), 403)
    if not ground.strip():
        return Refusal("ground-missing", _("Name the legal ground."), 422)
    if live:
        return Refusal("still-live", _("This text is published now. Correct or withdraw it first."))
    return None


def why_not_confirm_redaction(person: Person, *, asked_by: int, confirmed: bool) -> Refusal | None:
    if confirmed:
        return Refusal("redacted", _("This was redacted already."))
    if not (person.is_webmaster or person.is_supervisor):
        return Refusal("not-allowed", _("A webmaster or a supervisor confirms a redaction."), 403)
    if person.id == asked_by:
        return Refusal("own-request", _("You asked for this. Somebody else has to confirm it."), 403)
    return None


def why_not_final_edit() -> Refusal:
    return Refusal(
        "final-edit-not-yet",
        _("Editing at the webmaster's stage is not possible yet. Send it back with a reason."),
    )


def why_not_publish_emergency() -> Refusal:
    return Refusal(
        "emergency-not-yet",
        _("The emergency lane is not open yet. A champion can put a staff notice on the item at once."),
    )


def why_not_hand_over() -> Refusal:
    return Refusal(
        "hand-over-not-yet",
        _(
            "Handing a submission to the deputy department is not possible yet. "
            "Ask for a stand-in to be appointed."
        ),
    )


def can_decide(submission: SubmissionState, person: Person) -> bool:
    """Whether a submission waits for this person."""
    return _why_not_decide(submission, person) is None


def _why_not_decide(submission: SubmissionState, person: Person) -> Refusal | None:
    if submission.state != State.OPEN:
        return _ended(submission)
    if person.id in submission.writers or person.id == submission.by:
        return Refusal("own-text", _("You wrote part of this text, so somebody else has to look at it."), 403)
    if person.id in submission.acted:
        return Refusal(
            "acted-before", _("You decided at the stage before. A different person decides now."), 403
        )
    bound = submission.writers | submission.acted | {submission.by}
    if submission.stage == Stage.DEPARTMENT:
        if not _acts_as(person, Role.EDITOR, submission.department, without=bound):
            return Refusal(
                "not-an-editor",
                _("This waits for an editor of the department that it belongs to."),
                403,
            )
    elif not _acts_as(person, Role.WEBMASTER, None, without=bound):
        return Refusal("not-a-webmaster", _("This waits for a webmaster."), 403)
    return None


def _acts_as(
    person: Person, role: str, department: int | None, *, without: frozenset[int] | set[int]
) -> bool:
    """Whether the person holds a post that isn't lent to them by one of those who are bound already."""
    return person.active and any(
        post.role == role and post.department == department and post.held_by not in without
        for post in person.posts
    )


def _writes(person: Person, item: ItemState) -> bool:
    return (
        person.is_author_of(item.department)
        or person.is_editor_of(item.department)
        or (item.kind == "article" and person.is_champion)
    )


def _why_not_end(item: ItemState, reason: str) -> Refusal | None:
    if not item.published:
        return Refusal("not-published", _("This is not published, so there is nothing to withdraw."))
    if not reason.strip():
        return Refusal("reason-missing", _("Say why it is withdrawn; readers will see it."), 422)
    return None


def _ended(submission: SubmissionState) -> Refusal:
    return Refusal("already-decided", submission.ended or _("This was decided already."))
