"""Texts that people wrote, and questions cut from them: the same on every run on one machine."""

from __future__ import annotations

import ast
import random
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

Text = tuple[str, str]
SHORTEST = 15  # words; a title alone is no text
_WORD = re.compile(r"[a-z]{4,}")


def texts(count: int) -> tuple[list[Text], str]:
    """`count` texts (title, body), and where they come from."""
    sources = (
        (package_descriptions, "package descriptions of `apt-cache dumpavail`"),
        (docstrings, "documentation in the Python library and the packages that are installed"),
    )
    found: list[Text] = []
    for source, name in sources:
        found = list(dict(islice(source(), 3 * count)).items())
        if len(found) >= count:
            return random.Random(7).sample(found, count), name
    raise SystemExit(f"There are only {len(found):,} texts at hand, not {count:,}.")


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
