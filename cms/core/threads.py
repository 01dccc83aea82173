"""Threads that are kept from one request to the next, and their database connections with them.

Django's ASGI handler makes a thread for each request, and a thread's connection ends with it: on SQLite,
opening one and reading the schema again takes longer than reading a published page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Threads:
    """Single threads that wait for a request. More are made when none is idle (a stream holds one for as long
    as it lasts); those beyond `kept` end after their request, with their connections.

    A request whose reader left ends at once, while what it began in its thread runs on. So a thread is idle
    again when it has come to the end of that, and not before.
    """

    def __init__(self, kept: int = 8) -> None:
        self._kept = kept
        self._idle: list[ThreadPoolExecutor] = []

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Synchronous code that is called inside runs in one thread, and nothing else runs there meanwhile."""
        thread = self._idle.pop() if self._idle else ThreadPoolExecutor(max_workers=1)
        try:
            async with ThreadSensitiveContext(executor=thread):
                yield
        finally:
            loop = asyncio.get_running_loop()
            last = thread.submit(_nothing)
            last.add_done_callback(lambda _last: self._free(thread, loop))

    def _free(self, thread: ThreadPoolExecutor, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):  # the server has stopped
            loop.call_soon_threadsafe(self._take_back, thread)

    def _take_back(self, thread: ThreadPoolExecutor) -> None:
        if len(self._idle) < self._kept:
            self._idle.append(thread)
        else:
            thread.submit(connections.close_all)
            thread.shutdown(wait=False)


def _nothing() -> None:
    """What a thread does last for a request."""


class Handler(ASGIHandler):
    """Django's handler, on threads that are kept; all of a request's middleware in one go."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = Threads()

    def load_middleware(self, is_async: bool = False) -> None:
        """As for synchronous requests: Django would go into the thread and back for every middleware that can
        run outside of it, which takes longer than what it does there. Asynchronous views run in the loop."""
        super().load_middleware(is_async=False)
        chain: Callable[[HttpRequest], HttpResponseBase] = self._middleware_chain  # type: ignore[has-type]
        self._middleware_chain = sync_to_async(chain)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"There is HTTP here, and no {scope['type']}.")
        async with self._threads.one():
            await self.handle(scope, receive, send)
