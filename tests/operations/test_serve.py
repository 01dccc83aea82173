"""One command serves and works, and one Ctrl-C stops it all, whoever is listening."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cms.core.management.commands.serve import _listen
from tests.groups import ROOT

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")


@contextmanager
def serving(run_dir: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], int]]:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.operations.server_settings",
        "ONEANSWER_RUN_DIR": str(run_dir),
        "TEST_DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "serve", "--port", str(port)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=(run_dir / "stderr").open("w"),
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        yield process, int(found[1]) if found else 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_answers_leave_without_waiting_for_an_acknowledgement() -> None:
    listening = _listen("127.0.0.1", 0)
    with listening, socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
        # What asyncio asks before it switches the delay off.
        assert accepted.proto == socket.IPPROTO_TCP


def ask(port: int, path: str = "/") -> http.client.HTTPResponse:
    deadline = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse()
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def worker_of(process: subprocess.Popen[str]) -> int | None:
    for entry in Path("/proc").glob("[0-9]*"):
        words = _read(entry / "cmdline").split("\0")
        if "work" in words and words[words.index("work") + 1 :][:2] == ["--parent", str(process.pid)]:
            return int(entry.name)
    return None


def wait_for_worker(process: subprocess.Popen[str], other_than: int | None = None) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        pid = worker_of(process)
        if pid and pid != other_than:
            return pid
        time.sleep(0.1)
    raise AssertionError("No worker was started.")


def runs(pid: int) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    stat = _read(Path(f"/proc/{pid}/stat"))
    return bool(stat) and stat.rpartition(")")[2].split()[0] != "Z"


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_server_and_worker_though_a_stream_is_open(number: int, tmp_path: Path) -> None:
    with serving(tmp_path) as (process, port):
        assert ask(port).read() == b"here"
        stream = ask(port, "/stream")
        assert stream.readline().startswith(b": still here")
        worker = wait_for_worker(process)
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
        assert not runs(worker)


def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, _port):
        first = wait_for_worker(process)
        os.kill(first, signal.SIGKILL)
        second = wait_for_worker(process, other_than=first)
        assert second != first
        assert "The worker ended (code -9)" in (tmp_path / "stderr").read_text()


def test_a_worker_ends_when_its_server_was_killed(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, port):
        ask(port)
        worker = wait_for_worker(process)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 60
        while runs(worker) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not runs(worker)


def test_a_port_in_use_is_said_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(tmp_path, port) as (process, _none):
            assert process.wait(timeout=60) == 1
            said = (tmp_path / "stderr").read_text()
            assert f"Port {port} on 127.0.0.1 can't be used: Address already in use." in said
            assert "Traceback" not in said
