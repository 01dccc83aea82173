"""The reader of the log: every worker has one. It brings Elasticsearch up to the log, builds what isn't there,
and waits for a server that doesn't answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from time import monotonic

from elasticsearch import Elasticsearch

from cms.publications.chain import head

from . import client, generations
from .building import AnotherEpoch, Step, build, read
from .generations import Generation

log = logging.getLogger("oneanswer.elasticsearch")
BUDGET = 3.0  # seconds that a step may take from the worker's other deeds
PAUSE = 10.0  # seconds until a server that didn't answer is asked again


class Reader:
    """Several at once do no harm: what one of them writes again, or late, changes nothing."""

    def __init__(self, *, budget: float = BUDGET, clock: Callable[[], float] = monotonic) -> None:
        self._budget = budget
        self._clock = clock
        self._wait_until = 0.0
        self._building: Iterator[Step] | None = None
        self._well = True

    def read_on(self) -> int:
        """One step of a few seconds at most; returns how many entries were read. A server that doesn't answer
        is no error: everything goes on without it."""
        if self._clock() < self._wait_until:
            return 0
        try:
            count = self._step()
        except client.ERRORS as error:
            self._building = None
            self._wait_until = self._clock() + PAUSE
            if self._well:
                why = client.refusal(error) or error
                log.warning("Elasticsearch takes nothing in; questions are answered without it. %s", why)
            self._well = False
            return 0
        if not self._well:
            log.warning("Elasticsearch takes in again what is published.")
        self._well = True
        return count

    def _step(self) -> int:
        until = self._clock() + self._budget
        if self._building is not None:
            self._build(until)
            return 0
        # The first request waits no longer than a question: a server that hangs must not hold up the worker.
        answering = generations.answering(client.for_questions())
        if answering is None or not answering.is_ours:
            self._begin(until)
            return 0
        try:
            return self._catch_up(client.for_writing(), answering, until)
        except AnotherEpoch:
            self._begin(until)
            return 0

    def _catch_up(self, server: Elasticsearch, answering: Generation, until: float) -> int:
        total = count = read(server, answering)
        while count and self._clock() < until:
            count = read(server, answering)
            total += count
        return total

    def _begin(self, until: float) -> None:
        if any(cursor.epoch == head().epoch for cursor in generations.being_built()):
            return  # by another worker, or by `search_rebuild`
        log.info("Elasticsearch has no index of this log; one is built.")
        self._building = build(client.for_writing())
        self._build(until)

    def _build(self, until: float) -> None:
        assert self._building is not None
        while self._clock() < until:
            try:
                if next(self._building, None) is None:
                    self._building = None
                    return
            except AnotherEpoch:
                self._building = None
                return


_this_process = Reader()


def the_reader() -> Reader:
    """This process's."""
    return _this_process
