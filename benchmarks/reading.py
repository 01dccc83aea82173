"""Reading a published page: as HTML, as JSON, and when the reader has it already (304), in requests per second
and at the 95th percentile, against stock Wagtail on the same server, in the same run.

    python -m benchmarks.reading [--seconds 5] [--rounds 5] [--json FILE]
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import load, report, servers
from benchmarks.load import Ask, Round

BASELINE = (
    "stock Wagtail as `wagtail start` makes it, production settings, one page type of comparable fields"
)
WARM_UP = 1.0


def main() -> None:
    options = _options()
    with TemporaryDirectory(prefix="oneanswer-bench-") as directory:
        ours, stock = servers.sides(Path(directory))
        here = servers.last_json(ours.run("benchmarks.filling"))
        there = servers.last_json(stock.run("benchmarks.stock.filling", "page"))
        with ExitStack() as running:
            a = running.enter_context(servers.serving(ours))
            b = running.enter_context(servers.serving(stock))
            conditional = running.enter_context(servers.serving(stock, STOCK_CONDITIONAL="1"))
            cases = {
                "page as HTML": (Ask(a, here["html"]), Ask(b, there["html"])),
                "page as JSON": (Ask(a, here["json"]), Ask(b, there["json"])),
                "page as 304": (_known(a, here["html"]), _known(conditional, there["html"])),
            }
            claims = []
            for what, pair in cases.items():
                claims += _compare(what, *pair, seconds=options.seconds, rounds=options.rounds)
    report.show(
        "Reading a published page",
        claims,
        baseline=f"{BASELINE}; for 304, with Django's ConditionalGetMiddleware",
        how=f"uvicorn, one process each, SQLite; {load.CONNECTIONS} connections; {options.rounds} rounds of "
        f"{options.seconds:g} s each, alternating; medians of the rounds.",
        to=options.json,
    )


def _compare(what: str, ours: Ask, stock: Ask, *, seconds: float, rounds: int) -> list[report.Claim]:
    for ask in (ours, stock):
        load.measure(ask, min(WARM_UP, seconds))
    mine: list[Round] = []
    theirs: list[Round] = []
    for _round in range(rounds):
        mine.append(load.measure(ours, seconds))
        theirs.append(load.measure(stock, seconds))
    speed = [r.per_second for r in mine], [r.per_second for r in theirs]
    late = [r.p95_ms for r in mine], [r.p95_ms for r in theirs]
    return [
        report.more_is_better(what, "requests a second", *speed),
        report.less_is_better(what, "p95 in ms", *late),
    ]


def _known(port: int, path: str) -> Ask:
    """The same page for a reader that has it already."""
    status, headers, _body = servers.fetch(port, path)
    if status != 200 or "etag" not in headers:
        raise RuntimeError(f"{path} answered {status}, with{'' if 'etag' in headers else 'out'} an ETag.")
    return Ask(port, path, 304, {"If-None-Match": headers["etag"]})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
