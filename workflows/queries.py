"""Reading what waits, for whom, and what rules need to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.organisation.queries import names, people_who_can, person
from cms.organisation.vocabulary import Role
from cms.publications import commands as log_commands
from cms.publications import current, differences, documents
from cms.publications import queries as log
from cms.publications.models import Entry, Item
from cms.publications.readings import Reading
from cms.publications.vocabulary import EntryKind

from . import rules
from .drafts import open_submission, reviewed_up_to
from .models import Debt, Submission, SubmissionDocument, Writing
from .vocabulary import Stage, State

Doc = dict[str, Any]


@dataclass(frozen=True)
class ReviewedDocument:
    """One document of a submission, as its reviewers look at it."""

    row: SubmissionDocument
    document: Doc
    published: Doc | None
    difference: Doc
    since: Doc | None
    reading: Reading


def item_state(item: Item) -> rules.ItemState:
    """What rules know about an item."""
    writers = writers_since_review(item)
    return rules.ItemState(
        kind=item.kind,
        department=item.department_id,
        published=log.published_document(item) is not None,
        waiting=open_submission(item.pk) is not None,
        unknown_writer=None in writers,
        writers=frozenset(w for w in writers if w is not None),
    )


def writers_since_review(item: Item) -> set[int | None]:
    """Who wrote any part of the item since it last passed review (the reviewed lane alone counts);
    `None` stands for somebody unknown."""
    passed = reviewed_up_to(item)
    rows = Writing.objects.filter(item=item, pk__gt=passed)
    return set(rows.order_by().values_list("person_id", flat=True).distinct())


def submission_state(submission: Submission) -> rules.SubmissionState:
    """What rules know about a submission. The writers are asked again: somebody may have written since."""
    verdicts = list(submission.verdicts.all())
    docs = list(submission.documents.select_related("item"))
    writers = set(submission.writers.values_list("pk", flat=True))
    stale = ""
    for doc in docs:
        newest = current.newest_change(doc.item_id)
        if submission.is_open:
            writers |= {w for w in writers_since_review(doc.item) if w is not None}
            if (newest.seq if newest else None) != doc.based_on and newest is not None:
                stale = stale or log_commands.describe(newest)
    return rules.SubmissionState(
        state=submission.state,
        stage=submission.stage,
        department=submission.department_id,
        now_of=frozenset(doc.item.department_id for doc in docs),
        sha=submission.sha,
        by=submission.by_id,
        writers=frozenset(writers),
        acted=frozenset(v.by_id for v in verdicts),
        ended=ended_sentence(submission),
        stale=stale,
    )


def ended_sentence(submission: Submission) -> str:
    """How a submission ended, and who ended it, for whoever comes second."""
    if submission.is_open or submission.ended_at is None:
        return ""
    last = submission.verdicts.order_by("-id").first()
    who = names([last.by_id if last else submission.by_id])
    return _("This was decided already: %(how)s by %(who)s on %(when)s.") % {
        "how": submission.get_state_display(),
        "who": next(iter(who.values()), ""),
        "when": date_format(localtime(submission.ended_at), "l j F Y, H:i"),
    }


def debt_state(debt: Debt) -> rules.DebtState:
    newer = Entry.objects.filter(
        item_id=debt.item_id, seq__gt=debt.entry_id, kind__in=[EntryKind.PUBLISHED, EntryKind.WITHDRAWN]
    )
    newest = newer.order_by("seq").values_list("kind", flat=True).last()
    ended = ""
    if debt.ended_at:
        ended = _("This was looked at already: %(how)s by %(who)s.") % {
            "how": debt.get_outcome_display(),
            "who": names([debt.ended_by_id or 0]).get(debt.ended_by_id or 0, ""),
        }
    return rules.DebtState(
        open=debt.ended_at is None,
        by=debt.by_id,
        department=debt.item.department_id,
        ended=ended,
        corrected=newer.exists(),
        superseded=newest == EntryKind.PUBLISHED,
    )


def who_can_decide(submission: Submission) -> list[AbstractUser]:
    """The people whom a submission waits for."""
    state = submission_state(submission)
    able = (
        people_who_can(Role.EDITOR, submission.department)
        if submission.stage == Stage.DEPARTMENT
        else people_who_can(Role.WEBMASTER)
    )
    return [user for user in able if rules.can_decide(state, person(user))]


def waiting_for(user: AbstractUser) -> list[Submission]:
    """The submissions that wait for this person, oldest first."""
    someone = person(user)
    if not someone.posts:
        return []
    edits = [post.department for post in someone.posts if post.role == Role.EDITOR]
    reachable = Q(stage=Stage.DEPARTMENT, department__in=edits)
    if someone.is_webmaster:
        reachable |= Q(stage=Stage.WEBMASTER)
    rows = (
        Submission.objects.filter(reachable, state=State.OPEN)
        .select_related("by", "department")
        .prefetch_related("documents__document", "documents__item", "verdicts", "writers")
    )
    return [row for row in rows if rules.can_decide(submission_state(row), someone)]


def own_submissions(user: AbstractUser) -> QuerySet[Submission]:
    """What this person has sent for approval, newest first."""
    return (
        Submission.objects.filter(by=user)
        .exclude(state=State.REPLACED)
        .prefetch_related("documents__document", "verdicts__by")
        .order_by("-submitted_at")
    )


def debts_for(user: AbstractUser) -> list[Debt]:
    """The reviews owed that this person could end, the most urgent first."""
    someone = person(user)
    rows = Debt.objects.filter(ended_at=None).select_related("item__department", "item__current", "by")
    return [debt for debt in rows if rules.why_not_end_debt(debt_state(debt), someone, outcome="") is None]


def title_of(submission: Submission) -> str:
    """The titles of what is to be published or withdrawn."""
    documents_ = [documents.read(row.document) for row in submission.documents.all()]
    return ", ".join(document["title"] for document in documents_ if document) or str(submission.pk)


def review(submission: Submission) -> list[ReviewedDocument]:
    """Each document of a submission with the difference to what is published; and, where it was composed
    again, what happened to the published text since it was composed before (`since`)."""
    before: dict[Any, SubmissionDocument] = {}
    if submission.previous is not None:
        before = {row.item_id: row for row in submission.previous.documents.all()}
    result = []
    for row in submission.documents.select_related("item", "document"):
        document = documents.read(row.document)
        if document is None:
            continue
        published = log.published_document(row.item)
        withdrawing = submission.deed == "withdraw"
        result.append(
            ReviewedDocument(
                row=row,
                document=document,
                published=published,
                difference=differences.difference(published, None if withdrawing else document),
                since=_since(before[row.item_id], published) if row.item_id in before else None,
                reading=log.preview(document),
            )
        )
    return result


def _since(previous: SubmissionDocument, published: Doc | None) -> Doc:
    """What happened to the published text after an earlier composition was based on it."""
    then = None
    if previous.based_on is not None:
        entry = (
            Entry.objects.filter(
                item_id=previous.item_id, seq__lte=previous.based_on, kind=EntryKind.PUBLISHED
            )
            .select_related("document")
            .order_by("-seq")
            .first()
        )
        then = documents.read(entry.document) if entry and entry.document else None
    return differences.difference(then, published)
