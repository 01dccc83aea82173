"""A process that answers questions from one side's search. It reads a line of JSON for each round, `{"questions",
"seconds"}`, and prints the milliseconds that each question took. No further question is begun when the seconds
are over.

    python -m benchmarks.asking oneanswer|typing|stock
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import IO, Any

import django

from benchmarks.servers import ROOT, Side


@dataclass(frozen=True)
class Asking:
    """The process, seen from outside."""

    sent: IO[str]
    got: IO[str]

    def __call__(self, questions: list[str], seconds: float = 600.0) -> dict[str, Any]:
        """`took` for each question that was begun in time, in ms; `found`: how many had a result."""
        self.sent.write(json.dumps({"questions": questions, "seconds": seconds}) + "\n")
        self.sent.flush()
        answer: dict[str, Any] = json.loads(self.got.readline())
        return answer


@contextmanager
def asking(side: Side, which: str) -> Iterator[Asking]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.asking", which],
        cwd=ROOT,
        env=side.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Asking(process.stdin, process.stdout)
    finally:
        process.stdin.close()
        process.wait(60)


def oneanswer() -> Callable[[str], int]:
    from search.queries import find

    return lambda text: len(find(text, audience="public", limit=10).results)


def typing() -> Callable[[str], int]:
    """The same question while its last word is half typed, for staff."""
    from search.queries import find

    def ask(text: str) -> int:
        half = text[: len(text) - len(text.split()[-1]) // 2]
        return len(find(half, audience="staff", limit=10, typing=True).results)

    return ask


def stock() -> Callable[[str], int]:
    from wagtail.search.backends import get_search_backend

    from benchmarks.stock.models import Text

    backend = get_search_backend()
    return lambda text: len(list(backend.search(text, Text)[:10]))


def main() -> None:
    django.setup()
    ask = {"oneanswer": oneanswer, "typing": typing, "stock": stock}[sys.argv[1]]()
    for line in sys.stdin:
        asked = json.loads(line)
        took: list[float] = []
        found, until = 0, perf_counter() + asked["seconds"]
        for question in asked["questions"]:
            start = perf_counter()
            if start > until:
                break
            found += bool(ask(question))
            took.append((perf_counter() - start) * 1000)
        print(json.dumps({"took": took, "found": found}), flush=True)


if __name__ == "__main__":
    main()
