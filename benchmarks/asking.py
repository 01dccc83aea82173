"""A process that answers questions from one side's search: reads JSON lists of questions, a line each, and
prints the milliseconds that each took.

    python -m benchmarks.asking oneanswer|stock
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import perf_counter

import django


def oneanswer() -> Callable[[str], int]:
    from search.queries import find

    return lambda text: len(find(text, audience="public", limit=10).results)


def stock() -> Callable[[str], int]:
    from wagtail.search.backends import get_search_backend

    from benchmarks.stock.models import Text

    backend = get_search_backend()
    return lambda text: len(list(backend.search(text, Text)[:10]))


def main() -> None:
    django.setup()
    ask = {"oneanswer": oneanswer, "stock": stock}[sys.argv[1]]()
    for line in sys.stdin:
        took, found = [], 0
        for question in json.loads(line):
            start = perf_counter()
            found += bool(ask(question))
            took.append((perf_counter() - start) * 1000)
        print(json.dumps({"took": took, "found": found}), flush=True)


if __name__ == "__main__":
    main()
