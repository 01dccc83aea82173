"""Saying how far a long deed has come, every few seconds, and nothing for a short one."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

EVERY = 3.0


class Announcer:
    """Called with how much is done and how much there is; says `sentence` when some time has passed."""

    def __init__(self, say: Callable[[str], object], sentence: str) -> None:
        self._say = say
        self._sentence = sentence
        self._last = monotonic()

    def __call__(self, done: int, total: int) -> None:
        if monotonic() - self._last >= EVERY:
            self._last = monotonic()
            self._say(self._sentence % {"done": f"{done:,}", "total": f"{total:,}"})
