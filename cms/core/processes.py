"""A child process that is kept running, and stopped together with its parent."""

from __future__ import annotations

import logging
import subprocess
import sys
from threading import Event, Thread
from time import monotonic

from django.conf import settings

log = logging.getLogger("oneanswer.serve")
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY_AFTER = 60.0
STOP_WITHIN = 5.0


class KeptRunning:
    """`command` as a child; when it dies it is started again, after a pause that doubles each time."""

    def __init__(self, name: str, command: list[str]) -> None:
        self._name = name
        self._command = command
        self._stopping = Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._keep, name=f"keeps {name} running", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the child to end, and end it after a few seconds if it doesn't."""
        self._stopping.set()
        self._thread.join(STOP_WITHIN + 2)

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            began = monotonic()
            # The words of `_command` are this program's own.
            self._child = subprocess.Popen(self._command, cwd=settings.ROOT)  # noqa: S603
            code = self._wait(self._child)
            if code is None:
                return
            if monotonic() - began >= STEADY_AFTER:
                pause = FIRST_PAUSE
            log.error("The %s ended (code %s); it starts again in %.0f s.", self._name, code, pause)
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _wait(self, child: subprocess.Popen[bytes]) -> int | None:
        """The child's exit code; `None` when it was ended because everything stops."""
        while not self._stopping.wait(0.2):
            if child.poll() is not None:
                return child.returncode
        child.terminate()
        try:
            child.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        return None


def django_command(*words: str) -> list[str]:
    """A management command of this project, as a command line."""
    return [sys.executable, "-m", "django", *words]
