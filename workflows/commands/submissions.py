"""The reviewed lane: submit, approve, send back, take back, compose again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.canonical import sha256
from cms.core.errors import Refusal, Refused, refuse_if
from cms.organisation.queries import people_who_can, person
from cms.organisation.vocabulary import Role
from cms.publications import commands as log_commands
from cms.publications import current, documents, facts, registry
from cms.publications import queries as log
from cms.publications.models import Current, Document, Item
from cms.publications.vocabulary import EntryKind, Lane, Status

from .. import letters, queries, reservations, rules
from ..models import Submission, SubmissionDocument, Verdict, Writing
from ..vocabulary import TRANSITIONS, Decision, Deed, Stage, State

Doc = dict[str, Any]


@transaction.atomic
def submit(items: Sequence[Item], *, by: AbstractUser, note: str = "") -> Submission:
    """Compose the newest drafts of `items` and ask for approval of what they say now, all together.

    Raises `Refused`: who may not, what is missing (each listed), an address that is taken.
    """
    ordered = _lock(items)
    someone = person(by)
    drafts = {}
    for item in ordered:
        refuse_if(rules.why_not_submit(someone, queries.item_state(item)))
        drafts[item.pk] = registry.kind(item.kind).draft(item)
    composed = [registry.kind(i.kind).compose(drafts[i.pk]) for i in ordered]
    composed, ordered = _parents_first(composed, ordered)
    for item, document in zip(ordered, composed, strict=True):
        refuse_if(rules.why_not_publish_composed(_composed(item, document, composed)))
    return _open(ordered, composed, by=by, note=note, deed=Deed.PUBLISH)


@transaction.atomic
def ask_withdrawal(item: Item, *, by: AbstractUser, reason: str, instead: Item | None = None) -> Submission:
    """Ask that an item be withdrawn, with the reason that readers will see and where to go instead."""
    (item,) = _lock([item])
    refuse_if(rules.why_not_withdraw(person(by), queries.item_state(item), reason=reason))
    document = log.published_document(item)
    assert document is not None
    row = Current.objects.select_related("document").get(pk=item.pk)
    stored = documents.read(row.document)
    assert stored is not None
    refuse_if(rules.why_not_leave(tuple(_beneath(item))))
    if instead is not None:
        refuse_if(why_not_instead(item, instead))
    if quoted := current.quoting(item, None):
        refuse_if(rules.why_not_publish_composed(rules.Composed(quoted_by=tuple(quoted))))
    return _open([item], [stored], by=by, note="", deed=Deed.WITHDRAW, reason=reason.strip(), instead=instead)


@transaction.atomic
def approve(submission: Submission, *, by: AbstractUser, seen: str) -> Submission:
    """Approve the text that was seen. At the last stage its permits are issued and spent: it is live."""
    submission = _locked(submission)
    refuse_if(rules.why_not_approve(queries.submission_state(submission), person(by), seen=seen))
    verdict = _decide(submission, Decision.APPROVE, by=by, seen=seen)
    if submission.is_open:
        letters.tell_who_is_next(submission)
    else:
        _carry_out(submission, by=by)
    letters.tell_author(submission, verdict)
    return submission


@transaction.atomic
def send_back(submission: Submission, *, by: AbstractUser, seen: str, reason: str) -> Submission:
    """End a submission with a reason; the way starts again at the department (rule 5)."""
    submission = _locked(submission)
    refuse_if(
        rules.why_not_send_back(queries.submission_state(submission), person(by), seen=seen, reason=reason)
    )
    verdict = _decide(submission, Decision.SEND_BACK, by=by, seen=seen, reason=reason.strip())
    letters.tell_author(submission, verdict)
    return submission


@transaction.atomic
def take_back(submission: Submission, *, by: AbstractUser) -> Submission:
    """The author takes it back, to change it."""
    submission = _locked(submission)
    refuse_if(rules.why_not_take_back(queries.submission_state(submission), person(by)))
    _end(submission, State.TAKEN_BACK)
    audit.record("taken back", submission, by=by)
    return submission


@transaction.atomic
def compose_again(submission: Submission, *, by: AbstractUser) -> Submission:
    """Compose a stale submission anew, on what is published now. Reviewers start again, and see both
    what happened since and what this would change."""
    submission = _locked(submission)
    state = queries.submission_state(submission)
    refuse_if(rules.why_not_take_back(state, person(by)))
    if not state.stale:
        raise Refused(Refusal("not-stale", _("Nothing happened since; it can be decided as it is.")))
    _end(submission, State.REPLACED)
    items = [row.item for row in submission.documents.select_related("item")]
    if submission.deed == Deed.WITHDRAW:
        again = ask_withdrawal(items[0], by=by, reason=submission.reason, instead=submission.instead)
    else:
        again = submit(items, by=by, note=submission.note)
    again.previous = submission
    again.save(update_fields=["previous"])
    return again


@transaction.atomic
def note_unknown_writer(item: Item, writer: AbstractUser, *, by: AbstractUser) -> None:
    """Note who wrote what was saved without a name. The noter takes no credit and no blame: nobody
    notes themselves, and a person who is noted can't approve the text."""
    someone = person(by)
    if not (someone.is_webmaster or someone.is_supervisor) or by.pk == writer.pk:
        raise Refused(
            Refusal("not-allowed", _("A webmaster or a supervisor notes who else wrote this."), 403)
        )
    Writing.objects.filter(item=item, person=None).update(person=writer)
    audit.record("writer noted", item, by=by, writer=writer.pk)


def _lock(items: Sequence[Item]) -> list[Item]:
    ids = {item.pk for item in items}
    rows = Item.objects.select_for_update(of=("self",), no_key=True).select_related("department")
    locked = list(rows.filter(pk__in=ids).order_by("pk"))
    if len({item.department_id for item in locked}) != 1:
        raise Refused(
            Refusal("several-departments", _("What is sent together belongs to one department."), 422)
        )
    return locked


def _locked(submission: Submission) -> Submission:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("by", "department")
        .get(pk=submission.pk)
    )


def _parents_first(composed: list[Doc], items: list[Item]) -> tuple[list[Doc], list[Item]]:
    by_id = {document["id"]: (document, item) for document, item in zip(composed, items, strict=True)}

    def depth(document: Doc) -> int:
        parent = by_id.get(document["parent"] or "")
        return 1 + depth(parent[0]) if parent else 0

    pairs = sorted(by_id.values(), key=lambda pair: (depth(pair[0]), pair[0]["id"]))
    return [document for document, _item in pairs], [item for _document, item in pairs]


def _composed(item: Item, document: Doc, together: list[Doc]) -> rules.Composed:
    published = log.published_document(item)
    beside = {other["id"]: other for other in together}
    parent = document["parent"]
    path = _path(document, beside)
    standing = Current.objects.filter(path=path).exclude(pk=item.pk).first() if path else None
    reserved = path and standing is None and reservations.holder(path, besides=item)
    return rules.Composed(
        missing=tuple(registry.kind(item.kind).missing(document)),
        overlapping=tuple(
            f"{facts.one_line(a)} / {facts.one_line(b)}" for a, b in facts.overlaps(document["facts"])
        ),
        unchanged=published is not None and published == document,
        moves=published is not None
        and (published["slug"], published["parent"]) != (document["slug"], document["parent"]),
        parent_missing=bool(parent) and parent not in beside and not _can_stand_beneath(parent),
        path_taken_by=standing.title if standing else _("Another text") if reserved else "",
        quoted_by=tuple(current.quoting(item, {fact["key"] for fact in document["facts"]})),
        redacted=Document.objects.filter(pk=documents.digest(document), body="").exists(),
    )


def _can_stand_beneath(item_id: str) -> bool:
    """Whether an item is published at an address, and isn't about to be withdrawn."""
    leaves = SubmissionDocument.objects.filter(item=item_id, open=True, submission__deed=Deed.WITHDRAW)
    standing = Current.objects.filter(pk=item_id, status=Status.PUBLISHED, path__isnull=False)
    return standing.exists() and not leaves.exists()


def _beneath(item: Item) -> list[str]:
    """The titles of what stands beneath an item, or waits to."""
    standing = Current.objects.filter(parent=item, status=Status.PUBLISHED).values_list("title", flat=True)
    waiting = [
        document["title"]
        for row in reservations.waiting()
        if (document := documents.read(row.document)) and document["parent"] == str(item.pk)
    ]
    return sorted({*standing, *waiting})


def why_not_instead(item: Item, instead: Item) -> Refusal | None:
    """Why readers of what is withdrawn can't be sent there."""
    return rules.why_not_instead(
        published=Current.objects.filter(pk=instead.pk, status=Status.PUBLISHED).exists(),
        same=instead.pk == item.pk,
        readable=instead.audience in log.AUDIENCES[item.audience],
    )


def _path(document: Doc, beside: dict[str, Doc]) -> str | None:
    parent = beside.get(document["parent"] or "")
    if parent is None or parent is document:
        return current.path_for(document)
    return current.path_of(document["kind"], document["slug"], _path(parent, beside))


def _open(
    items: list[Item], composed: list[Doc], *, by: AbstractUser, note: str, deed: str, **more: Any
) -> Submission:
    rows = [documents.store(document) for document in composed]
    shas = [row.sha256 for row in rows]
    submission = Submission.objects.create(
        by=by,
        deed=deed,
        department=items[0].department,
        sha=shas[0] if len(shas) == 1 else sha256("".join(shas)),
        note=note.strip(),
        **more,
    )
    beside = {document["id"]: document for document in composed}
    writers: set[int | None] = set()
    for position, (item, document, row) in enumerate(zip(items, composed, rows, strict=True)):
        writers |= queries.writers_since_review(item)
        last = Writing.objects.filter(item=item).aggregate(last=Max("pk"))["last"]
        reservations.reserve(
            submission=submission,
            position=position,
            item=item,
            document=row,
            based_on=log.newest_seq(item),
            last_writing=last or 0,
            path=_path(document, beside) if deed == Deed.PUBLISH else None,
        )
    submission.writers.set([w for w in writers if w is not None] or [])
    _ask_who_can_decide(submission)
    audit.record("submitted", submission, by=by, items=[str(item.pk) for item in items])
    letters.tell_who_is_next(submission)
    return submission


def _ask_who_can_decide(submission: Submission) -> None:
    """Rule 6: where nobody else can act, it is said now, and nothing is submitted."""
    refuse_if(rules.why_nobody_can_decide(Stage.DEPARTMENT, len(queries.who_can_decide(submission))))
    state = queries.submission_state(submission)
    webmasters = [person(user) for user in people_who_can(Role.WEBMASTER)]
    pairs = sum(
        rules.can_decide(replace(state, stage=Stage.WEBMASTER, acted=frozenset({editor.pk})), webmaster)
        for editor in queries.who_can_decide(submission)
        for webmaster in webmasters
    )
    refuse_if(rules.why_nobody_can_decide(Stage.WEBMASTER, pairs))


def _decide(
    submission: Submission, decision: str, *, by: AbstractUser, seen: str, reason: str = ""
) -> Verdict:
    verdict = Verdict.objects.create(
        submission=submission, stage=submission.stage, decision=decision, by=by, seen=seen, reason=reason
    )
    audit.record(decision, submission, by=by, stage=submission.stage, seen=seen, reason=reason)
    follows = TRANSITIONS[submission.stage, decision]
    if follows in Stage.values:
        submission.stage = follows
        submission.save(update_fields=["stage"])
    else:
        _end(submission, follows)
    return verdict


def _end(submission: Submission, state: str) -> None:
    submission.state = state
    submission.ended_at = clock.now()
    submission.save(update_fields=["state", "ended_at"])
    submission.documents.update(open=False)


def _carry_out(submission: Submission, *, by: AbstractUser) -> None:
    verdicts = list(submission.verdicts.order_by("id"))
    withdraws = submission.deed == Deed.WITHDRAW
    payload = submission.withdrawal if withdraws else {}
    permits = [
        log_commands.issue(
            row.item,
            None if withdraws else row.document_id,
            kind=EntryKind.WITHDRAWN if withdraws else EntryKind.PUBLISHED,
            lane=Lane.REVIEWED,
            grounds={"type": "submission", "id": submission.pk, "sha": submission.sha},
            people=[submission.by_id, *(verdict.by_id for verdict in verdicts)],
            based_on=row.based_on,
            payload=payload,
        )
        for row in submission.documents.select_related("item")
    ]
    log_commands.spend(permits, by=by)
