"""What counts as one search, what a use is worth, what lacks an answer, and who may do what. Pure."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from cms.core.errors import Refusal
from cms.organisation.rules import Person

from .vocabulary import How, Lack

ENDS_AFTER = timedelta(minutes=30)  # a search at the desk of which nothing more was heard

POINTS = {How.OPENED: 1, How.ANSWERED: 3}
MOST_POINTS = 6  # for one item and question, of all people together on one day
HALF_LIFE = 30  # days in which what was used counts half
DAMPING = 12  # points that stand against all uses of a question: a few of them say little

SELDOM = 5  # used less than once in so many times
MOST_NOTE = 300


def continues(before: str, after: str) -> bool:
    """Whether somebody went on typing (or took signs back) rather than ask something else."""
    one, other = ("".join(text.casefold().split()) for text in (before, after))
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))


def faded(strength: float, days: int) -> float:
    """What is left of a strength after so many days."""
    return strength * 0.5 ** (max(days, 0) / HALF_LIFE)


def share(strength: float, total: float) -> float:
    """How much speaks for an item, from 0 to 1: its share of all uses, damped while these are few."""
    return strength / (total + DAMPING)


def lack(times: int, empty: int, used: int) -> Lack | None:
    """Why a question lacks an answer; `None`: it has one."""
    if empty * 2 > times:
        return Lack.NOTHING
    if not used:
        return Lack.UNUSED
    return Lack.SELDOM if used * SELDOM < times else None


def why_not_read(person: Person) -> Refusal | None:
    """What people ask is for those who can do something about it."""
    if person.is_champion or person.is_webmaster or person.is_supervisor:
        return None
    return Refusal(
        "questions-right-missing",
        _(
            "Only champions, webmasters and supervisors see what people ask. Tell one of them what is missing."
        ),
        403,
    )


def why_not_open(person: Person, *, asked: bool, lacks: bool) -> Refusal | None:
    """`asked`: the question is known; `lacks`: and has no answer."""
    if refusal := why_not_read(person):
        return refusal
    if not asked:
        return Refusal(
            "question-unknown", _("Nobody asked this lately, so there is nothing to be answered."), 404
        )
    if not lacks:
        return Refusal(
            "question-answered", _("People find and use an answer to this by now. Look at the list again.")
        )
    return None


def why_not_close(person: Person, *, is_open: bool, ended: str = "") -> Refusal | None:
    """`ended`: how a task that isn't open ended, in words."""
    if not (person.is_champion or person.is_webmaster):
        return Refusal(
            "task-right-missing",
            _("A champion or a webmaster ends this, since they can write and teach what is missing."),
            403,
        )
    if not is_open:
        return Refusal("task-ended", _("Somebody has ended this already: %(how)s.") % {"how": ended})
    return None


def why_not_decline(note: str) -> Refusal | None:
    if not note:
        return Refusal(
            "reason-missing",
            _("Say why it gets no answer here. For example: “The county answers this; we link to it.”"),
            422,
        )
    return why_not_note(note)


def why_not_note(note: str) -> Refusal | None:
    if len(note) <= MOST_NOTE:
        return None
    return Refusal("note-too-long", _("It can have %(most)d characters at most.") % {"most": MOST_NOTE}, 422)


def why_not_token(is_ours: bool) -> Refusal | None:
    """What is reported belongs to an answer that this search gave."""
    if is_ours:
        return None
    return Refusal(
        "search-unknown",
        _("This doesn't belong to an answer of this search. Send what stood in it under “search”."),
        422,
    )


def why_not_use(was_found: bool) -> Refusal | None:
    if was_found:
        return None
    return Refusal("not-found-by-it", _("This item wasn't among the results of that search."), 422)
