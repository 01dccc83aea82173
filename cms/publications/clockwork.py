"""The background worker: a few steps, again and again, none of which can stop the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event
from time import monotonic

from django.db import close_old_connections

from cms.core import clock
from cms.core.post import send_waiting

from . import commands, heads, registry

log = logging.getLogger("oneanswer.work")
PAUSE = 1.0
DUE_EVERY = 15.0


def do_what_is_due(now: datetime | None = None) -> dict[str, int]:
    """What the log and the packages owe by date, and the day's head. Returns how many of each were done."""
    moment = now or clock.now()
    done: dict[str, int] = {}
    _attempt("due", lambda: done.update(commands.run_due(moment)))
    _attempt("head", lambda: heads.announce(moment))
    return done


def let_readers_read() -> dict[str, int]:
    """Each reader of the log reads on. Returns how many entries each of them read."""
    done: dict[str, int] = {}
    for name, read_on in registry.readers().items():
        _attempt(name, lambda name=name, read_on=read_on: done.update({name: read_on()}))
    return done


class Worker:
    """Runs until `stop` is set or `alive()` is false. Several workers at once do no harm: letters are
    leased, permits are spent once, the head is announced once a day."""

    def __init__(self, stop: Event, *, alive: Callable[[], bool] = lambda: True) -> None:
        self._stop = stop
        self._alive = alive
        self._due_at = 0.0

    def run(self) -> None:
        """Rounds, a pause apart, until told to stop."""
        while self._alive() and not self._stop.is_set():
            self.round()
            self._stop.wait(PAUSE)

    def round(self) -> None:
        """Each step once, if its time has come."""
        close_old_connections()
        _attempt("letters", send_waiting)
        if not self._stop.is_set():
            let_readers_read()
        if not self._stop.is_set() and monotonic() >= self._due_at:
            do_what_is_due()
            self._due_at = monotonic() + DUE_EVERY


def _attempt(name: str, step: Callable[[], object]) -> None:
    try:
        step()
    except Exception:
        log.exception("The step “%s” of the worker failed; it is tried again.", name)
        close_old_connections()
