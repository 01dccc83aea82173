"""Waking the open streams of this process when the log has grown.

One poller reads the end of the log twice a second, while any stream is open; what is published in this
process wakes it at once. All streams read the database in one thread of their own, through one
connection, so that an open stream costs no connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from django.db import DatabaseError, close_old_connections, connections

from . import queries
from .queries import Position

log = logging.getLogger("oneanswer.updates")

POLL = 0.5  # seconds between two looks at the end of the log
HEARTBEAT = 15.0  # seconds after which a silent stream says that it is alive
STREAMS_EACH = 8  # streams that one person may have open in one process

P = ParamSpec("P")
R = TypeVar("R")


class Reader:
    """One open stream: whose it is, and the bell that wakes it."""

    def __init__(self, person_id: int) -> None:
        self.person_id = person_id
        self.bell = asyncio.Event()


class Hub:
    """The open streams of one event loop. It lives while there are any, and ends with the server."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.ended = False
        self._readers: weakref.WeakSet[Reader] = weakref.WeakSet()
        self._nudged = asyncio.Event()
        self._poller: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="updates")
        self._end_with_the_server()

    def open_streams(self, person_id: int | None = None) -> int:
        """How many streams are open, of one person or of all."""
        return sum(1 for r in self._readers if person_id is None or r.person_id == person_id)

    def join(self, person_id: int) -> Reader | None:
        """Take a place; `None` when the person has as many as one may have."""
        if self.open_streams(person_id) >= STREAMS_EACH:
            return None
        reader = Reader(person_id)
        self._readers.add(reader)
        if self._poller is None or self._poller.done():
            self._poller = self.loop.create_task(self._poll())
        return reader

    def leave(self, reader: Reader) -> None:
        self._readers.discard(reader)

    async def read(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work` in the streams' own thread, with its own connection."""

        def run() -> R:
            close_old_connections()
            return work(*args, **kwargs)

        return await self.loop.run_in_executor(self._thread, run)

    async def wait(self, reader: Reader) -> bool:
        """Until the log has grown (True), or a heartbeat is due (False)."""
        if self.ended:
            return True
        try:
            await asyncio.wait_for(reader.bell.wait(), HEARTBEAT)
        except TimeoutError:
            return False
        reader.bell.clear()
        return True

    def nudge(self) -> None:
        """Look at the end of the log now. May be called from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            self.loop.call_soon_threadsafe(self._nudged.set)

    def end(self) -> None:
        """Let every stream end: the server stops."""
        self.ended = True
        self._nudged.set()
        self._ring()

    async def _poll(self) -> None:
        known: Position | None = None
        while not self.ended:
            if not self._readers:
                await self.read(connections.close_all)
                if not self._readers:  # nobody came meanwhile
                    return
            try:
                end = await self.read(queries.head)
            except DatabaseError:
                log.warning("The end of the log can't be read; trying again.", exc_info=True)
            else:
                if end != known:
                    known = end
                    self._ring()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._nudged.wait(), POLL)
            self._nudged.clear()

    def _ring(self) -> None:
        for reader in list(self._readers):
            reader.bell.set()

    def _end_with_the_server(self) -> None:
        """Servers wait for open responses before they stop; ours would never end by themselves."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            before = signal.getsignal(number)
            if callable(before):
                signal.signal(number, self._ending(before))

    def _ending(self, before: Callable[[int, Any], Any]) -> Callable[[int, Any], None]:
        def on_signal(number: int, frame: Any) -> None:
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.end)
            before(number, frame)

        return on_signal


_hub: Hub | None = None


def hub() -> Hub:
    """The hub of the running event loop."""
    global _hub
    loop = asyncio.get_running_loop()
    if _hub is None or _hub.loop is not loop:
        _hub = Hub(loop)
    return _hub


def nudge(seq: int) -> None:
    """The log's watcher: entry `seq` was written by this process."""
    if _hub is not None:
        _hub.nudge()


def open_streams() -> int:
    """How many streams this process holds open."""
    return _hub.open_streams() if _hub is not None else 0
