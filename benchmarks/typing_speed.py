"""Answers while somebody types, end to end over HTTP: clients type questions letter by letter into the agents' API
search (`typing=true`, ten results) of all of OneAnswer as `serve` runs it. From a request's first byte to the last
of its answer.

    python -m benchmarks.typing_speed [--documents 50000] [--database sqlite|postgres] [--clients 4]
        [--questions 80] [--pause 0.15] [--json FILE]

Two measurements: each client sends the next letter as soon as it has the answer to the one before (harder than any
people are); and after a pause, as people do. Every fourth question has a letter wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode

from benchmarks import corpus, databases, load, servers, typing_errors

PATH = "/api/v1/agent/search"
AIM = 60.0  # ms at the 95th percentile
WRONG = 4  # of so many questions one has a letter wrong
# Seconds between two letters of a client that waits for answers alone.
AT_ONCE = 0.0


def main() -> None:
    options = _options()
    texts, source = corpus.texts(options.documents)
    typed = [mistyped(words, n) for n, words in enumerate(corpus.questions(texts, options.questions))]
    with ExitStack() as running:
        directory = Path(running.enter_context(TemporaryDirectory(prefix="oneanswer-bench-")))
        (ours,) = running.enter_context(databases.apart(options.database, servers.sides(directory)[0]))
        file = directory / "texts.json"
        file.write_text(json.dumps(texts))
        said = servers.last_json(ours.run("benchmarks.bulk", str(file)))
        port = running.enter_context(servers.whole(ours))
        each = [typed[n :: options.clients] for n in range(options.clients)]
        asyncio.run(_all(port, said["token"], [some[:2] for some in each], AT_ONCE))  # warm
        measured = {
            pause: asyncio.run(_all(port, said["token"], each, pause)) for pause in (AT_ONCE, options.pause)
        }
    _show(options, source, measured)


def mistyped(question: str, number: int) -> str:
    """A question as it is typed: every fourth with an error in its longest word."""
    words = question.split()
    place = max(range(len(words)), key=lambda n: len(words[n]))
    if number % WRONG or len(words[place]) < typing_errors.LONG:
        return question
    return " ".join(typing_errors.neighbouring_key(words, place, random.Random(number)) or words)


async def _all(port: int, token: str, each: list[list[str]], pause: float) -> list[float]:
    """The milliseconds of all answers to clients that type at the same time."""
    took = await asyncio.gather(*(_client(port, token, questions, pause) for questions in each))
    return [one for times in took for one in times]


async def _client(port: int, token: str, questions: list[str], pause: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took = []
    for question in questions:
        for end in range(1, len(question) + 1):
            asked = urlencode({"q": question[:end], "typing": "true", "limit": 10})
            ask = load.Ask(port, f"{PATH}?{asked}", headers={"Authorization": f"Bearer {token}"})
            start = perf_counter()
            await load.exchange(reader, writer, ask)
            took.append((perf_counter() - start) * 1000)
            if pause:
                await asyncio.sleep(pause)
    writer.close()
    return took


def _show(options: argparse.Namespace, source: str, measured: dict[float, list[float]]) -> None:
    print(
        f"\nTyping over HTTP, {options.documents:,} documents, {options.database}, {options.clients} clients"
    )
    print(f"{source}; {options.questions} questions, letter by letter, every fourth with a letter wrong.\n")
    print(f"{'':<34}{'answers':>9}{'median ms':>11}{'p95 ms':>9}{'worst ms':>10}   aim: p95 ≤ {AIM:g}")
    rows = []
    for pause, took in measured.items():
        what = f"{pause * 1000:g} ms between letters" if pause else "the next letter at once"
        late = load.percentile(took, 0.95)
        print(
            f"{what:<34}{len(took):>9,}{median(took):>11.1f}{late:>9.1f}{max(took):>10.1f}"
            f"   {'met' if late <= AIM else 'missed'}"
        )
        rows.append({"pause_s": pause, "answers": len(took), "median_ms": median(took), "p95_ms": late})
    if options.json:
        options.json.write_text(json.dumps({"source": source, "measured": rows}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.typing_speed")
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--questions", type=int, default=80)
    parser.add_argument("--pause", type=float, default=0.15)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
