"""Searching 10,000 documents in process, on SQLite: median and 95th percentile, against stock Wagtail's own search
in the same run.

    python -m benchmarks.searching [--documents 10000] [--questions 60] [--rounds 3] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import corpus, load, report, servers
from benchmarks.servers import ROOT, Side

BASELINE = "wagtail.search.backends.database on SQLite, one model with a title and a body"


def main() -> None:
    options = _options()
    texts, source = corpus.texts(options.documents)
    questions = corpus.questions(texts, options.questions)
    with TemporaryDirectory(prefix="oneanswer-bench-") as directory:
        file = Path(directory) / "texts.json"
        file.write_text(json.dumps(texts))
        ours, stock = servers.sides(Path(directory))
        ours.run("benchmarks.filling", "texts", str(file))
        stock.run("benchmarks.stock.filling", "texts", str(file))
        with ExitStack() as running:
            ask = running.enter_context(_asking(ours, "oneanswer"))
            ask_stock = running.enter_context(_asking(stock, "stock"))
            for each in (ask, ask_stock):
                each(questions[:5])
            mine, theirs = [], []
            for _round in range(options.rounds):
                mine.append(ask(questions))
                theirs.append(ask_stock(questions))
    report.show(
        f"Searching {options.documents:,} documents",
        _claims(mine, theirs),
        baseline=BASELINE,
        how=f"{source.capitalize()}; {options.questions} questions of one to three words; {options.rounds} rounds, "
        f"alternating, in process. Answered: {_answered(mine)} and {_answered(theirs)}.",
        to=options.json,
    )


def _claims(mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[report.Claim]:
    what = "search, ten results"
    return [
        report.less_is_better(
            what, "median in ms", *([median(r["took"]) for r in s] for s in (mine, theirs))
        ),
        report.less_is_better(
            what, "p95 in ms", *([load.percentile(r["took"], 0.95) for r in s] for s in (mine, theirs))
        ),
    ]


def _answered(rounds: list[dict[str, Any]]) -> str:
    return f"{rounds[0]['found']} of {len(rounds[0]['took'])}"


@contextmanager
def _asking(side: Side, which: str) -> Iterator[Callable[[list[str]], dict[str, Any]]]:
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
    sent, got = process.stdin, process.stdout

    def ask(questions: list[str]) -> dict[str, Any]:
        sent.write(json.dumps(questions) + "\n")
        sent.flush()
        answer: dict[str, Any] = json.loads(got.readline())
        return answer

    try:
        yield ask
    finally:
        sent.close()
        process.wait(30)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
