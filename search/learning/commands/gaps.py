"""Questions without an answer as tasks: opened by one click, ended as answered or declined."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction

from cms.core import audit, clock
from cms.core.errors import refuse_if
from cms.organisation.queries import person
from search.learning import queries
from search.learning.models import Gap
from search.learning.rules import (
    lack,
    why_not_close,
    why_not_decline,
    why_not_note,
    why_not_open,
    why_not_read,
)
from search.learning.vocabulary import Deed, State


@transaction.atomic
def open_gap(*, audience: str, key: str, by: AbstractUser) -> Gap:
    """Make a question that lacks an answer a champion's task. A question is one task, whoever asks it and
    however often this is clicked: the one that is open is returned."""
    refuse_if(why_not_read(person(by)))
    if standing := _open(key):
        return standing
    own = {"audience": audience, "key": key}
    known = queries.asked(queries.kept_since()).filter(**own).first()
    lacks = known is not None and lack(known["asked"], known["nothing"], known["helped"]) is not None
    refuse_if(why_not_open(person(by), asked=known is not None, lacks=lacks))
    assert known is not None
    week = queries.asked(queries.first_day()).filter(**own).first() or known
    try:
        with transaction.atomic():
            gap = Gap.objects.create(
                **own, text=known["text"], times=week["asked"], opened_at=clock.now(), opened_by=by
            )
    except IntegrityError:  # the other click was first
        return Gap.objects.open().get(key=key)
    audit.record(Deed.GAP_OPENED, gap, by=by, number=gap.pk, audience=audience, times=gap.times)
    return gap


@transaction.atomic
def answer_gap(gap: Gap, *, by: AbstractUser, note: str = "") -> Gap:
    """People find an answer now: an article was written, a word taught. The question counts anew from
    tomorrow."""
    return _close(gap, State.ANSWERED, Deed.GAP_ANSWERED, by, " ".join(note.split()))


@transaction.atomic
def decline_gap(gap: Gap, *, by: AbstractUser, note: str) -> Gap:
    """It gets no answer here, and `note` says why. It isn't listed again."""
    return _close(gap, State.DECLINED, Deed.GAP_DECLINED, by, " ".join(note.split()))


def _close(gap: Gap, state: State, deed: Deed, by: AbstractUser, note: str) -> Gap:
    gap = Gap.objects.select_for_update().get(pk=gap.pk)
    is_open = gap.state == State.OPEN
    refuse_if(why_not_close(person(by), is_open=is_open, ended=gap.get_state_display()))
    refuse_if(why_not_decline(note) if state == State.DECLINED else why_not_note(note))
    gap.state, gap.note, gap.closed_by_id = state, note, by.pk
    gap.closed_at, gap.closed_on = clock.now(), clock.today()
    gap.save()
    audit.record(deed, gap, by=by, number=gap.pk, note=note)
    return gap


def _open(key: str) -> Gap | None:
    return Gap.objects.open().filter(key=key).first()
