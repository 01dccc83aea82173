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
    """What the log owes by date, what each package owes by date, and the day's head.

    A deed that fails is logged; the others are done all the same.
    """
    moment = now or clock.now()
    done = {"spent": 0, "took_effect": 0, "expired": 0, "refused": 0}

    def due_entries() -> None:
        done.update(commands.run_due(moment))

    deeds: dict[str, Callable[[], object]] = {"entries": due_entries}
    for name, deed in registry.due().items():
        deeds[name] = lambda deed=deed: deed(moment)
    deeds["head"] = lambda: heads.announce(moment)
    for name, step in deeds.items():
        _attempt(name, step)
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
        if not self._stop.is_set() and monotonic() >= self._due_at:
            do_what_is_due()
            self._due_at = monotonic() + DUE_EVERY


def _attempt(name: str, step: Callable[[], object]) -> None:
    try:
        step()
    except Exception:
        log.exception("The step “%s” of the worker failed; it is tried again.", name)
        close_old_connections()
