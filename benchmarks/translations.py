"""Texts in five languages that nobody chose for us: Debian's translated package descriptions, and where
there are too few of them (Norwegian), the sentences of Django's and Wagtail's translations."""

from __future__ import annotations

import ast
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

Text = tuple[str, str]
LANGUAGES = ("en", "nl", "de", "nb", "sv")
FEWEST = 100
SHORTEST = 5  # words
_APT_HELPER = "/usr/lib/apt/apt-helper"
_MESSAGE = re.compile(r'^msgstr ((?:".*"\n?)+)', re.MULTILINE)
_SIGNS = re.compile(r"%\(?\w*\)?[sd]|\{\w*\}|<[^>]*>|&")


def fetch(directory: Path) -> None:
    """Bring the lists of all languages into a directory, leaving the system's own as they are."""
    for name in ("lists/partial", "cache/archives/partial"):
        (directory / name).mkdir(parents=True, exist_ok=True)
    options = {
        "Dir::State::lists": str(directory / "lists"),
        "Dir::Cache": str(directory / "cache"),
        "Acquire::Languages": ",".join(LANGUAGES),
        "APT::Sandbox::User": "root",
    }
    words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    subprocess.run(["apt-get", "-q", *words, "update"], check=True, stdout=subprocess.DEVNULL)


def texts(language: str, directory: Path) -> tuple[list[Text], str]:
    """Texts (title, body) in a language, and where they are from."""
    found = list(dict(descriptions(language, directory)).items())
    if len(found) >= FEWEST:
        return found, "Debian's package descriptions"
    return [
        *found,
        *((text, "") for text in dict.fromkeys(messages(language))),
    ], "Django's and Wagtail's messages"


def descriptions(language: str, directory: Path) -> Iterator[Text]:
    for file in sorted((directory / "lists").glob(f"*_i18n_Translation-{language}*")):
        listed = subprocess.run(
            [_APT_HELPER, "cat-file", file], capture_output=True, text=True, check=True
        ).stdout
        for record in listed.split("\n\n"):
            found = re.search(rf"^Description-{language}: (.*)\n((?: .*\n?)+)", record, re.MULTILINE)
            if found and len(found[2].split()) >= SHORTEST:
                yield found[1], re.sub(r"^ \.$", "", found[2], flags=re.MULTILINE)


def messages(language: str) -> Iterator[str]:
    for file in sorted(
        Path(sysconfig.get_paths()["purelib"]).rglob(f"locale/{language}/LC_MESSAGES/django.po")
    ):
        for found in _MESSAGE.findall(file.read_text(encoding="utf-8")):
            text = "".join(ast.literal_eval(line) for line in found.splitlines())
            text = " ".join(_SIGNS.sub(" ", text).split())
            if len(text.split()) >= SHORTEST:
                yield text
