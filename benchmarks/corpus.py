"""Texts that people wrote, and questions cut from them: the same on every run on one machine."""

from __future__ import annotations

import ast
import random
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from benchmarks import translations

Text = tuple[str, str]
SHORTEST = 15  # words; a title alone is no text
FEW = 1_000  # texts, for which nothing is fetched
MANY = 10_000  # texts, to which none of another kind are added
LISTS = Path(__file__).resolve().parents[1] / ".run" / "benchmarks"
_WORD = re.compile(r"[a-z]{4,}")
_SENTENCE = re.compile(r"(?<=[.!?]) |\n\s*\n|\n {2,}")


def texts(count: int) -> tuple[list[Text], str]:
    """`count` texts (title, body), and where they come from. Where there are too few, further ones are put
    together from their sentences."""
    most: tuple[list[Text], str] = [], ""
    for source, name in _sources(count):
        found = list(dict(islice(source(), 3 * count)).items())
        if len(found) >= count:
            return random.Random(7).sample(found, count), f"{count:,} {name}"
        most = max(most, (found, name), key=lambda one: len(one[0]))
        if len(found) > MANY:
            break
    found, name = most
    lacking = count - len(found)
    said = f"{len(found):,} {name} and {lacking:,} texts put together from sentences of these"
    return [*found, *put_together(found, lacking)], said


def _sources(count: int) -> Iterator[tuple[Callable[[], Iterator[Text]], str]]:
    yield package_descriptions, "package descriptions that apt has here"
    if count > FEW and _fetched():
        yield fetched_descriptions, "package descriptions of Debian"
    yield docstrings, "pieces of documentation in the Python library and the packages that are installed"


def _fetched() -> bool:
    """Whether Debian's descriptions are at hand; they are fetched once and kept."""
    if not (LISTS / "lists").is_dir() and shutil.which("apt-get"):
        with suppress(OSError, subprocess.CalledProcessError):
            translations.fetch(LISTS)
    return any((LISTS / "lists").glob("*_i18n_Translation-en*"))


def fetched_descriptions() -> Iterator[Text]:
    for title, body in translations.descriptions("en", LISTS):
        if len(body.split()) >= SHORTEST:
            yield title, body


def put_together(found: list[Text], count: int) -> Iterator[Text]:
    """Texts of three to six sentences that people wrote, each of another text."""
    chance = random.Random(13)
    sentences = [" ".join(one.split()) for _title, body in found for one in _SENTENCE.split(body)]
    sentences = [one for one in sentences if len(one.split()) > 3]
    for _number in range(count):
        first, second = (chance.choice(found)[0].split() for _half in range(2))
        title = " ".join([*first[: len(first) // 2 + 1], *second[len(second) // 2 :]])
        yield title, " ".join(chance.choice(sentences) for _sentence in range(chance.randint(3, 6)))


def package_descriptions() -> Iterator[Text]:
    """Title and long description of every package that the system's lists know; short ones aren't texts."""
    if not shutil.which("apt-cache"):
        return
    listed = subprocess.run(["apt-cache", "dumpavail"], capture_output=True, text=True, check=False).stdout
    for record in listed.split("\n\n"):
        found = re.search(r"^Description(?:-en)?: (.*)\n((?: .*\n?)+)", record, re.MULTILINE)
        if found and len(found[2].split()) >= SHORTEST:
            yield found[1], found[2]


def docstrings() -> Iterator[Text]:
    """What functions and classes say of themselves."""
    for root in (sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["purelib"]):
        for file in sorted(Path(root).rglob("*.py")):
            try:
                tree = ast.parse(file.read_text(encoding="utf-8"))
            except (SyntaxError, UnicodeDecodeError, ValueError):
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    said = ast.get_docstring(node) or ""
                    if len(said.split()) >= SHORTEST:
                        yield f"{node.name.replace('_', ' ').strip()} {file.stem}", said


def questions(found: list[Text], count: int) -> list[str]:
    """One to three words that stand together in some text."""
    chance = random.Random(11)
    asked: list[str] = []
    while len(asked) < count:
        words = _WORD.findall(" ".join(chance.choice(found)).lower())
        size = chance.choice((1, 2, 2, 3))
        if len(words) >= size:
            start = chance.randrange(len(words) - size + 1)
            asked.append(" ".join(words[start : start + size]))
    return asked


if __name__ == "__main__":
    rows, where = texts(int(sys.argv[1]))
    print(
        len(rows),
        "texts,",
        sum(len(body.split()) for _title, body in rows) // len(rows),
        "words each:",
        where,
    )
