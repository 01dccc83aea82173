"""Threads kept between requests: one request at a time in each, also where a reader left early."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from cms.core.threads import Threads

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
