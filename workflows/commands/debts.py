"""Reviews that are owed: ended by somebody else, chased, escalated."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.errors import refuse_if
from cms.organisation.queries import people_who_can, person
from cms.organisation.vocabulary import Role
from cms.publications import commands as log_commands
from cms.publications import queries as log
from cms.publications.models import Current, Item
from cms.publications.vocabulary import EntryKind, Lane, Status

from .. import letters, queries, rules
from ..models import Debt
from ..vocabulary import Outcome

ESCALATED_AFTER = timedelta(days=2)


@transaction.atomic
def end_debt(debt: Debt, *, by: AbstractUser, outcome: str, note: str = "") -> Debt:
    """End a debt as approved, corrected or withdrawn. Ending it is not a review: the writers stay bound."""
    debt = Debt.objects.select_for_update(of=("self",)).select_related("item__department").get(pk=debt.pk)
    Item.objects.select_for_update(no_key=True).get(pk=debt.item_id)
    refuse_if(rules.why_not_end_debt(queries.debt_state(debt), person(by), outcome=outcome))
    debt.ended_at = clock.now()
    debt.ended_by_id = by.pk
    debt.outcome = Outcome(outcome)
    debt.note = note.strip()
    debt.save()
    audit.record("debt ended", debt.pk, by=by, outcome=outcome, note=note)
    row = Current.objects.filter(pk=debt.item_id).first()
    if outcome == Outcome.WITHDRAWN and row is not None and row.status == Status.PUBLISHED:
        permit = log_commands.issue(
            debt.item,
            None,
            kind=EntryKind.WITHDRAWN,
            lane=Lane.URGENT,
            grounds={"type": "debt", "id": debt.pk},
            people=[debt.by_id, by.pk],
            based_on=log.newest_seq(debt.item),
            payload={"reason": note.strip() or _("It did not pass its later review."), "instead": None},
        )
        log_commands.spend([permit], by=by)
    return debt


def chase(now: datetime | None = None) -> int:
    """Remind those who can end a debt once it is due, and tell the supervisors two days later.
    Returns how many letters' worth of debts were chased."""
    moment = now or clock.now()
    late = Debt.objects.filter(ended_at=None, due_at__lte=moment).select_related(
        "item__department", "item__current"
    )
    count = 0
    for debt in late:
        with transaction.atomic():
            count += _chase(Debt.objects.select_for_update(of=("self",)).get(pk=debt.pk), moment)
    return count


def _chase(debt: Debt, moment: datetime) -> int:
    title = {"title": debt.item.current.title}
    if debt.ended_at is None and debt.chased_at is None:
        debt.chased_at = moment
        debt.save(update_fields=["chased_at"])
        able = people_who_can(Role.EDITOR, debt.item.department).exclude(pk=debt.by_id)
        letters.tell_debt(debt, able, _("Still waits for a look: %(title)s") % title)
        return 1
    if debt.ended_at is None and debt.escalated_at is None and moment >= debt.due_at + ESCALATED_AFTER:
        debt.escalated_at = moment
        debt.save(update_fields=["escalated_at"])
        letters.tell_debt(debt, people_who_can(Role.SUPERVISOR), _("Overdue review: %(title)s") % title)
        return 1
    return 0
