"""The two that are compared, each with a database and a process of its own: OneAnswer, and stock Wagtail as
`wagtail start` makes it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Side:
    """`name` for the report; its settings, its application, the directory that it writes to, its
    database, where that is no file in there, and its Elasticsearch, where it has one."""

    name: str
    settings: str
    application: str
    run_dir: Path
    database: str = ""
    elasticsearch: str = ""

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "SECRET_KEY")}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "ONEANSWER_RUN_DIR": str(self.run_dir),
            **({"DATABASE_URL": self.database} if self.database else {}),
            # Patience, so that a slow answer is measured, and not the embedded engine's in its place.
            "ELASTICSEARCH_URL": self.elasticsearch,
            "ELASTICSEARCH_TIMEOUT": "30",
            **more,
        }

    def run(self, *words: str) -> str:
        """Run a module of ours or a Django command with this side's settings; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout


def sides(directory: Path) -> tuple[Side, Side]:
    """OneAnswer and stock Wagtail, with empty directories beneath `directory`."""
    ours = Side("OneAnswer", "cms.settings.dev", "cms.asgi:application", directory / "oneanswer")
    stock = Side(
        "stock Wagtail", "benchmarks.stock.settings", "benchmarks.stock.asgi:application", directory / "stock"
    )
    for side in (ours, stock):
        side.run_dir.mkdir(parents=True)
    return ours, stock


@contextmanager
def serving(side: Side, **environment: str) -> Iterator[int]:
    """uvicorn with one process; yields its port once it answers."""
    port = _free_port()
    words = ["uvicorn", side.application, "--port", str(port), "--log-level", "warning", "--no-access-log"]
    with _running([*words, "--lifespan", "off"], side, port, **environment):
        yield port


@contextmanager
def whole(side: Side) -> Iterator[int]:
    """All of OneAnswer as `make run` starts it, the worker too; yields its port once it answers."""
    port = _free_port()
    with _running(["django", "serve", "--port", str(port)], side, port):
        yield port


@contextmanager
def _running(words: list[str], side: Side, port: int, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=side.environment(**environment),
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def fetch(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers in lower case, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def last_json(printed: str) -> Any:
    """The JSON on the last line that a process printed."""
    return json.loads(printed.strip().splitlines()[-1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode}.")
        try:
            fetch(port, "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not answer within 30 seconds.")
