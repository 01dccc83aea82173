"""How search grows with what is searched: how long its indexes take to build (`search_rebuild`, both of them), what
they take on disk, and the median and 95th percentile of an answer in process, finished and half-typed.

    python -m benchmarks.growing [--sizes 10000 50000] [--database sqlite|postgres|both|elasticsearch]
        [--questions 100] [--json FILE]

At 200,000 documents there are more than real texts at hand: the rest is put together from their sentences.
"""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import corpus, databases, load, servers
from benchmarks.asking import asking

ROUNDS = 3


def main() -> None:
    options = _options()
    kinds = databases.KINDS if options.database == "both" else (options.database,)
    print("\nHow search grows, against itself at the smallest size\n")
    print(
        f"{'':<20}{'build s':>9}{'ms each':>9}{'MB':>8}{'kB each':>9}"
        f"{'median ms':>11}{'p95 ms':>8}{'typing median':>15}{'typing p95':>12}"
    )
    rows = []
    for kind in kinds:
        for size in options.sizes:
            row = grown(kind, size, options.questions)
            rows.append(row)
            _show(row)
    print("\n" + "\n".join(dict.fromkeys(row["source"] for row in rows)))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")


def grown(kind: str, size: int, count: int) -> dict[str, Any]:
    """The figures of one size."""
    texts, source = corpus.texts(size)
    questions = corpus.questions(texts, count)
    with ExitStack() as running:
        directory = Path(running.enter_context(TemporaryDirectory(prefix="oneanswer-bench-")))
        (ours,) = running.enter_context(databases.apart(kind, servers.sides(directory)[0]))
        file = directory / "texts.json"
        file.write_text(json.dumps(texts))
        said = servers.last_json(ours.run("benchmarks.bulk", str(file)))
        took = {}
        for which in ("oneanswer", "typing"):
            ask = running.enter_context(asking(ours, which))
            ask(questions[:5])
            took[which] = [ask(questions)["took"] for _round in range(ROUNDS)]
    return {
        "database": kind,
        "documents": size,
        "source": source,
        "build_s": said["build_s"],
        "bytes": said["bytes"],
        **{f"{which}_median_ms": median(map(median, rounds)) for which, rounds in took.items()},
        **{
            f"{which}_p95_ms": median(load.percentile(one, 0.95) for one in rounds)
            for which, rounds in took.items()
        },
    }


def _show(row: dict[str, Any]) -> None:
    size = row["documents"]
    print(
        f"{row['database']:<13}{size:>7,}{row['build_s']:>9.1f}{row['build_s'] * 1000 / size:>9.2f}"
        f"{row['bytes'] / 1e6:>8.1f}{row['bytes'] / 1000 / size:>9.2f}"
        f"{row['oneanswer_median_ms']:>11.1f}{row['oneanswer_p95_ms']:>8.1f}"
        f"{row['typing_median_ms']:>15.1f}{row['typing_p95_ms']:>12.1f}",
        flush=True,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growing")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 50_000])
    parser.add_argument(
        "--database", choices=(*databases.KINDS, "both", databases.ELASTICSEARCH), default="sqlite"
    )
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
