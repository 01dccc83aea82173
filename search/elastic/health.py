"""Whether Elasticsearch answers questions now: it can be reached, and it has read all of the log.

Each process looks for itself whether it can be reached: rarely while all is well, and a question that fails
closes the door at once, for some seconds, to all that come after it. How far it has read is asked every time:
the embedded engine knows the newest entry, so nobody has to be shown what is a second old.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from time import monotonic

from django.utils.translation import gettext as _

from cms.core import clock as calendar
from cms.publications.chain import head
from cms.publications.models import Cursor, Entry, Head

from . import NAME, client, generations
from .generations import BUILDING

log = logging.getLogger("oneanswer.elasticsearch")
LOOK_EVERY = 2.0  # seconds while it answers
PAUSE = 5.0  # seconds until one that didn't answer is looked at again
BEHIND = timedelta(seconds=30)  # an entry that was not read for so long is no matter of the next moment


@dataclass(frozen=True)
class State:
    """`why` is for operators, empty when it is well; public, so it counts nothing. `cursor`: the name of the
    cursor of what would answer."""

    why: str = ""
    cursor: str = ""

    @property
    def is_well(self) -> bool:
        return not self.why


class Watch:
    """What this process knows of Elasticsearch. One question at a time looks; the others go by what is known."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._until = -1.0
        self._looking = Lock()
        self._state = State(_("Nobody has asked Elasticsearch yet."))

    def state(self) -> State:
        if self._clock() >= self._until and self._looking.acquire(blocking=False):
            try:
                self._keep(_look())
            finally:
                self._looking.release()
        return self._state

    def answers(self) -> bool:
        """Whether a question goes there now."""
        state = self.state()
        end = Head.objects.filter(pk=1)
        read = Cursor.objects.filter(
            pk=state.cursor, seq__in=end.values("seq"), epoch__in=end.values("epoch")
        )
        return state.is_well and read.exists()

    def failed(self, error: Exception) -> None:
        """A question got no answer."""
        self._keep(_down(error))

    def _keep(self, state: State) -> None:
        if state.is_well != self._state.is_well:
            log.warning("Elasticsearch answers questions: %s", state.why or "yes")
        self._state = state
        self._until = self._clock() + (LOOK_EVERY if state.is_well else PAUSE)


_this_process = Watch()


def watch() -> Watch:
    """This process's."""
    return _this_process


def behind() -> int:
    """How many entries the reader has still to read, by the newest cursor there is."""
    cursors = Cursor.objects.filter(pk__startswith=f"{NAME} ").exclude(pk__endswith=BUILDING)
    end = head()
    return end.seq - max((cursor.seq for cursor in cursors if cursor.epoch == end.epoch), default=0)


def _look() -> State:
    try:
        answering = generations.answering(client.for_questions())
    except client.ERRORS as error:
        return _down(error)
    cursor = answering.cursor if answering and answering.is_ours else None
    end = head()
    if cursor is None or cursor.epoch != end.epoch:
        return State(_("Elasticsearch has no index of this log yet; the worker builds one."))
    unread = Entry.objects.filter(seq__gt=cursor.seq).order_by("seq").values_list("at", flat=True).first()
    if unread is not None and unread < calendar.now() - BEHIND:
        return State(_("Elasticsearch is behind the log."))
    return State(cursor=cursor.pk)


def _down(error: Exception) -> State:
    doesnt = _("Elasticsearch doesn't answer (%(error)s).") % {"error": type(error).__name__}
    return State(client.refusal(error) or doesnt)
