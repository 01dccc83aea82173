"""Searching in process: median and 95th percentile, against stock Wagtail's own search in the same run, as it is
installed and with what it lacks added (see `benchmarks.stock.repairing`).

    python -m benchmarks.searching [--documents 10000] [--database sqlite|postgres] [--questions 60] [--rounds 3]
        [--patience 60] [--json FILE]

`--patience`: a baseline that takes longer for a round, in seconds, is asked no further questions in it; then it is
compared by the questions that it was asked.
"""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import corpus, databases, load, report, servers
from benchmarks.asking import Asking, asking
from benchmarks.servers import Side

BASELINES = ("repaired stock", "stock")
SAID = (
    "wagtail.search.backends.database, one model with a title and a body; repaired: with the index on title || body "
    "(on PostgreSQL) and ANALYZE; stock: as migrations leave it, for PostgreSQL after ANALYZE as well, which "
    "autovacuum does by itself"
)
Rounds = list[dict[str, Any]]


def main() -> None:
    options = _options()
    texts, source = corpus.texts(options.documents)
    questions = corpus.questions(texts, options.questions)
    with ExitStack() as running:
        directory = Path(running.enter_context(TemporaryDirectory(prefix="oneanswer-bench-")))
        sides = servers.sides(directory)
        further = databases.beside(sides[1], "repaired")
        ours, stock, repaired = running.enter_context(databases.apart(options.database, *sides, further))
        fill(texts, directory, ours, stock)
        databases.copy(stock, repaired)
        repaired.run("benchmarks.stock.repairing")
        ask = running.enter_context(asking(ours, "oneanswer"))
        baselines = {
            name: running.enter_context(asking(side, "stock"))
            for name, side in zip(BASELINES, (repaired, stock), strict=True)
        }
        mine, theirs = measure(ask, baselines, questions, options)
    answered = ", ".join(f"{name} {_answered(rounds)}" for name, rounds in theirs.items())
    report.show(
        f"Searching {options.documents:,} documents, {options.database}",
        [claim for name in BASELINES for claim in _claims(name, mine, theirs[name])],
        baseline=SAID,
        how=f"{source}; {options.questions} questions of one to three words that stand together in some text; "
        f"{options.rounds} rounds, alternating, in process, ten results; medians of the rounds. "
        f"Answered: OneAnswer {_answered(mine)}, {answered}.",
        to=options.json,
    )


def fill(texts: list[corpus.Text], directory: Path, ours: Side, stock: Side) -> Any:
    """Both with the same texts; what was said of filling OneAnswer."""
    file = directory / "texts.json"
    file.write_text(json.dumps(texts))
    said = servers.last_json(ours.run("benchmarks.bulk", str(file)))
    stock.run("benchmarks.stock.filling", "texts", str(file))
    return said


def measure(
    ask: Asking, baselines: dict[str, Asking], questions: list[str], options: argparse.Namespace
) -> tuple[Rounds, dict[str, Rounds]]:
    for each in (ask, *baselines.values()):
        each(questions[:5], options.patience)
    mine: Rounds = []
    theirs: dict[str, Rounds] = {name: [] for name in baselines}
    for _round in range(options.rounds):
        mine.append(ask(questions))
        for name, each in baselines.items():
            theirs[name].append(each(questions, options.patience))
    return mine, theirs


def _claims(name: str, mine: Rounds, theirs: Rounds) -> list[report.Claim]:
    asked = min(len(r["took"]) for r in theirs)
    both = ([r["took"][:asked] for r in rounds] for rounds in (mine, theirs))
    ours, baseline = both
    what = f"{asked} questions, {name}"
    return [
        report.less_is_better(what, "median in ms", [median(r) for r in ours], [median(r) for r in baseline]),
        report.less_is_better(
            what, "p95 in ms", *([load.percentile(r, 0.95) for r in rounds] for rounds in (ours, baseline))
        ),
    ]


def _answered(rounds: Rounds) -> str:
    return f"{rounds[0]['found']} of {len(rounds[0]['took'])}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patience", type=float, default=60.0)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
