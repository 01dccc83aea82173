"""Threads kept between requests: one request at a time in each, also where a reader left early."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from cms.core.threads import Handler, Threads

LONG = 30.0


async def in_a_thread(threads: Threads, work: Callable[[], Any]) -> Any:
    async with threads.one():
        return await sync_to_async(work)()


async def taken_back(threads: Threads, count: int) -> None:
    """Until so many threads wait for a request."""
    while len(threads._idle) < count:
        await asyncio.sleep(0)


def test_a_thread_is_used_again() -> None:
    async def story() -> None:
        threads = Threads()
        first = await in_a_thread(threads, threading.get_ident)
        await taken_back(threads, 1)
        assert await in_a_thread(threads, threading.get_ident) == first

    asyncio.run(asyncio.wait_for(story(), LONG))


def test_requests_at_the_same_time_have_threads_of_their_own() -> None:
    meeting = threading.Barrier(3)

    async def story() -> None:
        threads = Threads(kept=2)
        await asyncio.gather(*(in_a_thread(threads, lambda: meeting.wait(LONG)) for _ in range(3)))
        await taken_back(threads, 2)

    asyncio.run(asyncio.wait_for(story(), LONG))


def test_what_a_reader_left_behind_holds_nobody_up() -> None:
    begun, release = threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        release.wait(LONG)
        return threading.get_ident()

    async def story() -> None:
        threads = Threads()
        busy = await in_a_thread(threads, threading.get_ident)
        await taken_back(threads, 1)
        request = asyncio.create_task(in_a_thread(threads, slow))
        await asyncio.to_thread(begun.wait, LONG)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        try:
            assert await in_a_thread(threads, threading.get_ident) != busy
            await taken_back(threads, 1)
        finally:
            release.set()
        await taken_back(threads, 2)  # and once it came to its end, it serves again

    asyncio.run(asyncio.wait_for(story(), LONG))


def test_all_middleware_of_a_request_runs_in_one_go(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Each change into the thread costs more than what most middleware does there. A request changes for
    Django's signals, for the middleware with the view in it, and to close its answer."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name.startswith("django.middleware.")]
    changes: list[Any] = []

    class Counted(ThreadPoolExecutor):
        def submit(self, *args: Any, **kwargs: Any) -> Any:
            changes.append(args)
            return super().submit(*args, **kwargs)

    monkeypatch.setattr("cms.core.threads.ThreadPoolExecutor", Counted)
    assert asyncio.run(asyncio.wait_for(answer(Handler(), "/healthz"), LONG)) == 200
    assert len(changes) <= 6


async def answer(handler: Handler, path: str) -> int:
    """The status that a GET gets."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
    }
    asked, sent = [{"type": "http.request", "body": b""}], list[dict[str, Any]]()

    async def receive() -> Any:
        if not asked:
            await asyncio.Event().wait()  # the reader stays until it is answered
        return asked.pop()

    async def send(message: Any) -> None:
        sent.append(message)

    await handler(scope, receive, send)
    return int(sent[0]["status"])
