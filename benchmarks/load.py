"""Asking a server for one page again and again, over a few kept connections, with as little work of our own
as possible: plain sockets, the same for every server that is measured."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

CONNECTIONS = 4


@dataclass(frozen=True)
class Round:
    """Requests per second, and the 95th percentile of the time that one took, in milliseconds."""

    per_second: float
    p95_ms: float
    requests: int


@dataclass(frozen=True)
class Ask:
    """What is asked of a server, and the status that is expected."""

    port: int
    path: str
    status: int = 200
    headers: Mapping[str, str] | None = None

    @property
    def wire(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: keep-alive"]
        lines += [f"{name}: {value}" for name, value in (self.headers or {}).items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all are not above."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def measure(ask: Ask, seconds: float) -> Round:
    """One round against one server."""
    return asyncio.run(_measure(ask, seconds))


async def _measure(ask: Ask, seconds: float) -> Round:
    begin = perf_counter()
    until = begin + seconds
    each = await asyncio.gather(*(_one_connection(ask, until) for _n in range(CONNECTIONS)))
    took = perf_counter() - begin
    times = [time for times in each for time in times]
    return Round(len(times) / took, percentile(times, 0.95) * 1000, len(times))


async def _one_connection(ask: Ask, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", ask.port)
    wire = ask.wire
    times = []
    while (start := perf_counter()) < until:
        await exchange(reader, writer, ask, wire)
        times.append(perf_counter() - start)
    writer.close()
    return times


async def exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ask: Ask, wire: bytes = b""
) -> None:
    """Ask once, and read the whole answer."""
    writer.write(wire or ask.wire)
    head = await reader.readuntil(b"\r\n\r\n")
    if head[9:12] != str(ask.status).encode():
        raise RuntimeError(f"{ask.path} answered {head[9:12].decode()}, not {ask.status}.")
    if ask.status != 304:
        await reader.readexactly(_length(head, ask.path))


def _length(head: bytes, path: str) -> int:
    _before, found, rest = head.lower().partition(b"\r\ncontent-length:")
    if not found:
        raise RuntimeError(f"{path} came without a length.")
    return int(rest.split(b"\r\n", 1)[0])
