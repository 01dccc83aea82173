"""A real server process, and a reader of its stream that waits for events, never for time to pass."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.db import connection

DEADLINE = 60.0
START = 120.0  # a busy machine loads the whole project slowly


@dataclass
class Event:
    name: str
    id: str
    data: Any


@dataclass
class Server:
    base: str
    process: subprocess.Popen[bytes]
    token: str = ""

    @property
    def stream_address(self) -> str:
        return f"{self.base}/api/v1/agent/updates/stream"

    def headers(self, token: str, last: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last} if last else {})

    def stop(self, number: int = signal.SIGINT) -> None:
        """Ctrl-C, and the wait until it has stopped."""
        self.process.send_signal(number)
        self.process.wait(timeout=DEADLINE)


def database_address() -> str:
    """The tests' database, as another process reaches it."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    who = f"{config['USER']}:{config['PASSWORD']}"
    return f"postgres://{who}@{config['HOST']}:{config['PORT'] or 5432}/{config['NAME']}"


@contextmanager
def a_server(database: str, settings: str = "tests.updates.server_settings") -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "TEST_DATABASE_URL": database,
    }
    command = [sys.executable, "-m", "uvicorn", "cms.asgi:application", "--port", str(port)]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(timeout=DEADLINE)


def _wait_until_it_answers(server: Server) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and server.process.poll() is None:
        try:
            httpx.get(f"{server.base}/api/v1/agent/updates")
        except httpx.TransportError:
            threading.Event().wait(0.05)
        else:
            return
    raise AssertionError("The server doesn't answer.")


@dataclass
class Reading:
    """An open stream. `next()` waits for an event until the deadline; `closed` is set at its end."""

    response: httpx.Response
    events: queue.Queue[Event] = field(default_factory=queue.Queue)
    connected: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    last_id: str = ""

    def next(self, deadline: float = DEADLINE) -> Event:
        return self.events.get(timeout=deadline)

    def updates(self, count: int) -> list[int]:
        """The numbers of the next updates."""
        return [self.next().data["seq"] for _n in range(count)]

    def hang_up(self) -> None:
        """Cut the line; closing it would wait for the thread that listens."""
        line = self.response.extensions["network_stream"].get_extra_info("socket")
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        self.closed.wait(DEADLINE)

    def follow(self) -> None:
        try:
            self._follow()
        except httpx.TransportError:
            pass
        finally:
            self.closed.set()

    def _follow(self) -> None:
        fields: dict[str, str] = {}
        for line in self.response.iter_lines():
            if line:
                name, _colon, value = line.partition(": ")
                fields[name] = value
                continue
            self.last_id = fields.get("id", self.last_id)
            if "id" in fields:
                self.connected.set()
            if "event" in fields:
                self.events.put(Event(fields["event"], self.last_id, json.loads(fields["data"])))
            fields = {}


@contextmanager
def reading(server: Server, token: str, *, last: str | None = None, after: str = "") -> Iterator[Reading]:
    address = server.stream_address + (f"?after={after}" if after else "")
    client = httpx.Client(timeout=DEADLINE)
    with client, client.stream("GET", address, headers=server.headers(token, last)) as response:
        assert response.status_code == 200, response.read()
        stream = Reading(response)
        thread = threading.Thread(target=stream.follow, daemon=True)
        thread.start()
        assert stream.connected.wait(DEADLINE)
        try:
            yield stream
        finally:
            stream.hang_up()
