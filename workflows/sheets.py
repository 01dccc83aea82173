"""The sheet that a reviewer reads: what it is, who wrote it, what changed, is anything wrong with it,
what happens on approval. The same for the screen and for the API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core.errors import Refusal
from cms.organisation.queries import names, people_who_can, person
from cms.organisation.vocabulary import Role
from cms.publications import current, differences, documents, registry
from cms.publications.models import Entry
from cms.publications.vocabulary import EntryKind

from . import cautions, queries, rules
from .cautions import Check
from .models import Submission, Verdict
from .queries import ReviewedDocument
from .vocabulary import Deed, Stage

Doc = dict[str, Any]
ROLES: dict[str, Any] = {
    "topics": gettext_lazy("Topics"),
    "life_events": gettext_lazy("Life events"),
    "related": gettext_lazy("Related services"),
    "top_tasks": gettext_lazy("Top tasks"),
    "place": gettext_lazy("Places"),
    "contact_point": gettext_lazy("Contact points"),
    "service": gettext_lazy("Service"),
    "target": gettext_lazy("Stands above"),
    "quotes": gettext_lazy("Quoted facts"),
    "link": gettext_lazy("Links in the text"),
}


@dataclass(frozen=True)
class Leaf:
    """One document of a submission, ready to be read."""

    one: ReviewedDocument
    kind_label: str
    path: str | None
    references: list[Doc]
    checks: list[Check]

    @property
    def changes(self) -> int:
        difference = self.one.difference
        return len(difference["facts"]) + len(difference["texts"]) + len(self.references)


@dataclass(frozen=True)
class Sheet:
    """A submission, as one person looks at it."""

    submission: Submission
    state: rules.SubmissionState
    title: str
    leaves: list[Leaf]
    checks: list[Check]
    writers: list[str]
    verdicts: list[Verdict]
    may: dict[str, Refusal | None]
    next_step: str

    @property
    def withdraws(self) -> bool:
        return self.submission.deed == Deed.WITHDRAW

    @property
    def warnings(self) -> int:
        return sum(check.level == "warning" for check in self.checks)


def sheet(submission: Submission, user: AbstractUser) -> Sheet:
    """All that `user` needs in order to judge a submission, and what they may do with it."""
    state = queries.submission_state(submission)
    reviewed = queries.review(submission)
    if not submission.is_open:
        reviewed = [_as_it_was(one, submission) for one in reviewed]
    together = {one.document["id"] for one in reviewed}
    leaves = [_leaf(one, submission, together) for one in reviewed]
    own = [Check("warning", _stale_sentence(state))] if state.stale else []
    checks = own + [check for leaf in leaves for check in leaf.checks]
    people = names(state.writers | {state.by})
    verdicts = Verdict.objects.select_related("by", "submission")
    return Sheet(
        submission=submission,
        state=state,
        title=queries.title_of(submission),
        leaves=leaves,
        checks=checks,
        writers=[people[pk] for pk in sorted(state.writers) if pk in people] or [people.get(state.by, "")],
        verdicts=list(verdicts.filter(submission__in=[submission.pk, submission.previous_id or 0])),
        may=may(state, user),
        next_step=next_step(submission, state, leaves),
    )


def may(state: rules.SubmissionState, user: AbstractUser) -> dict[str, Refusal | None]:
    """Each deed, and why this person may not do it (`None`: they may)."""
    someone = person(user)
    take_back = rules.why_not_take_back(state, someone)
    not_stale = Refusal("not-stale", _("Nothing happened since; it can be decided as it is."))
    return {
        "approve": rules.why_not_approve(state, someone, seen=state.sha),
        "send_back": rules.why_not_send_back(state, someone, seen=state.sha, reason="-"),
        "take_back": take_back,
        "compose_again": take_back or (None if state.stale else not_stale),
    }


def next_step(submission: Submission, state: rules.SubmissionState, leaves: list[Leaf]) -> str:
    """What happens on approval, in a sentence."""
    if not submission.is_open:
        return ""
    if submission.stage == Stage.DEPARTMENT:
        bound = state.writers | state.acted | {state.by}
        able = people_who_can(Role.WEBMASTER).exclude(pk__in=bound).count()
        text = ngettext(
            "It goes on to the webmaster; %(count)d person can decide there. Readers see nothing yet.",
            "It goes on to the webmaster; %(count)d people can decide there. Readers see nothing yet.",
            able,
        )
        return text % {"count": able}
    if submission.deed == Deed.WITHDRAW:
        return _("It is withdrawn at once. Its address gives the reason, and where to go instead.")
    paths = [leaf.path for leaf in leaves if leaf.path]
    if paths:
        return _("It is published at once: readers find it at %(paths)s, and agents are told.") % {
            "paths": ", ".join(paths)
        }
    return _("It is published at once, and agents are told.")


def reference_changes(old: Doc | None, new: Doc | None) -> list[Doc]:
    """What it refers to, where it stands and its files: what went and what came, by title."""
    before, after = _referred(old), _referred(new)
    changes = []
    for label in dict.fromkeys([*before, *after]):
        gone = [ref for ref in before.get(label, {}) if ref not in after.get(label, {})]
        come = [ref for ref in after.get(label, {}) if ref not in before.get(label, {})]
        if gone or come:
            changes.append(
                {
                    "label": label,
                    "old": ", ".join(before[label][ref] for ref in gone),
                    "new": ", ".join(after[label][ref] for ref in come),
                }
            )
    return changes


def _referred(document: Doc | None) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    if document is None:
        return found
    for role, item_id, key in documents.references(document):
        label = str(ROLES.get(role, role.replace("_", " ").capitalize()))
        found.setdefault(label, {})[f"{item_id}/{key}"] = cautions.title_of(item_id)
    if document["parent"]:
        found[_("Page above")] = {document["parent"]: cautions.title_of(document["parent"])}
    for file in document["files"]:
        found.setdefault(_("Images and files"), {})[file["sha256"]] = file["name"]
    return found


def published_before(item_id: Any, seq: int | None) -> Doc | None:
    """What an item said after the entry with this number; `None` where it said nothing."""
    rows = Entry.objects.filter(item_id=item_id, seq__lte=seq or 0).select_related("document")
    entry = rows.filter(kind__in=[EntryKind.PUBLISHED, EntryKind.WITHDRAWN]).order_by("-seq").first()
    return documents.read(entry.document) if entry and entry.document else None


def _as_it_was(one: ReviewedDocument, submission: Submission) -> ReviewedDocument:
    """What ended is compared with what was published when it was composed."""
    before = published_before(one.row.item_id, one.row.based_on)
    after = None if submission.deed == Deed.WITHDRAW else one.document
    return replace(one, published=before, difference=differences.difference(before, after))


def _leaf(one: ReviewedDocument, submission: Submission, together: set[str]) -> Leaf:
    withdraws = submission.deed == Deed.WITHDRAW
    if not submission.is_open:
        checks = []
    elif withdraws:
        checks = cautions.of_withdrawing(one.row.item)
    else:
        checks = cautions.of_publishing(one, together)
    return Leaf(
        one=one,
        kind_label=str(registry.kind(one.document["kind"]).label),
        path=one.row.path or current.path_for(one.document),
        references=reference_changes(one.published, None if withdraws else one.document),
        checks=checks,
    )


def _stale_sentence(state: rules.SubmissionState) -> str:
    return _(
        "After this was composed, something else happened: %(what)s. It can't be decided until its author "
        "has composed it again."
    ) % {"what": state.stale}
