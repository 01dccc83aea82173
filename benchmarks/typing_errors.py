"""How many questions are still answered with one typing error in a word of five letters or more, in five
languages, against the same search with spelling off.

    python -m benchmarks.typing_errors [--questions 300] [--texts 2000] [--lists DIR] [--json FILE]

A question is one to three words that stand together in a text, and counts where that text is among the first
ten when it is spelt right. `found`: the text is still among the first ten; `answered`: anything is found. Some
errors make another word (world, wold), for which another text is the better answer.
`--lists`: where apt's lists were fetched to before.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import django

from benchmarks import translations
from benchmarks.corpus import Text

BASELINE = "the same search with spelling off"
LONG = 5
_WORDS = re.compile(r"[^\W\d_]+")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def deletion(words: list[str], place: int, chance: random.Random) -> list[str]:
    word = words[place]
    gone = chance.randrange(len(word))
    return [*words[:place], word[:gone] + word[gone + 1 :], *words[place + 1 :]]


def insertion(words: list[str], place: int, chance: random.Random) -> list[str]:
    word = words[place]
    before = chance.randrange(len(word) + 1)
    sign = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return [*words[:place], word[:before] + sign + word[before:], *words[place + 1 :]]


def swap(words: list[str], place: int, chance: random.Random) -> list[str] | None:
    word = words[place]
    places = [n for n in range(len(word) - 1) if word[n] != word[n + 1]]
    if not places:
        return None
    n = chance.choice(places)
    return [*words[:place], word[:n] + word[n + 1] + word[n] + word[n + 2 :], *words[place + 1 :]]


def neighbouring_key(words: list[str], place: int, chance: random.Random) -> list[str] | None:
    word = words[place]
    places = [n for n, sign in enumerate(word) if any(sign in row for row in _KEYS)]
    if not places:
        return None
    n = chance.choice(places)
    row = next(row for row in _KEYS if word[n] in row)
    near = [row[k] for k in (row.index(word[n]) - 1, row.index(word[n]) + 1) if 0 <= k < len(row)]
    return [*words[:place], word[:n] + chance.choice(near) + word[n + 1 :], *words[place + 1 :]]


def missing_space(words: list[str], place: int, chance: random.Random) -> list[str] | None:
    if len(words) < 2:
        return None
    first = place if place + 1 < len(words) else place - 1
    return [*words[:first], words[first] + words[first + 1], *words[first + 2 :]]


COLUMNS = ("answered", "answered_baseline", "found", "found_baseline")
Error = Callable[[list[str], int, random.Random], "list[str] | None"]
ERRORS: dict[str, Error] = {
    "deletion": deletion,
    "insertion": insertion,
    "swap": swap,
    "neighbouring key": neighbouring_key,
    "missing space": missing_space,
}


def questions(found: list[Text], count: int, chance: random.Random) -> list[tuple[int, list[str], int]]:
    """The number of a text, words that stand together in it, and the place of a long one among them."""
    asked = []
    while len(asked) < count:
        number = chance.randrange(len(found))
        words = _WORDS.findall(" ".join(found[number]).lower())
        size = chance.choice((1, 2, 2, 3))
        if len(words) < size:
            continue
        start = chance.randrange(len(words) - size + 1)
        chosen = words[start : start + size]
        places = [place for place, word in enumerate(chosen) if len(word) >= LONG]
        if places:
            asked.append((number, chosen, chance.choice(places)))
    return asked


def measure(language: str, found: list[Text], count: int) -> dict[str, dict[str, Any]]:
    """For each kind of error the share that is still answered, with spelling and without."""
    from search.evaluation import places, running
    from search.finding import ENOUGH, Asked, answer

    chance = random.Random(2611)
    rows = [_document(number, text, language) for number, text in enumerate(found)]
    shares: dict[str, dict[str, Any]] = {}
    with places.on_sqlite() as index:
        running.fill(index, rows)

        def hits(words: list[str], *, as_typed: bool = False) -> list[UUID]:
            got = answer(" ".join(words), Asked(language, as_typed=as_typed, fold=False), index)
            return [hit.item for hit in got.hits[:ENOUGH]]

        right = [row for row in questions(found, count, chance) if rows[row[0]].item in hits(row[1])]
        for name, error in ERRORS.items():
            wrong = [(rows[row[0]].item, words) for row in right if (words := error(row[1], row[2], chance))]
            with_spelling = [(item, hits(words)) for item, words in wrong]
            without = [(item, hits(words, as_typed=True)) for item, words in wrong]
            shares[name] = {
                "questions": len(wrong),
                "answered": _share(bool(got) for _item, got in with_spelling),
                "answered_baseline": _share(bool(got) for _item, got in without),
                "found": _share(item in got for item, got in with_spelling),
                "found_baseline": _share(item in got for item, got in without),
                "missed": [
                    " ".join(words)
                    for (item, words), (_item, got) in zip(wrong, with_spelling, strict=True)
                    if item not in got
                ],
            }
    return shares


def _share(right: Iterable[bool]) -> float:
    each = list(right)
    return sum(each) / len(each)


def _document(number: int, text: Text, language: str) -> Any:
    from search.evaluation.corpus import described

    return described(str(UUID(int=number)), text[0][:255], body=text[1], language=language)


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    answer: dict[str, Any] = {"baseline": BASELINE, "languages": {}}
    with TemporaryDirectory(prefix="oneanswer-bench-") as temporary:
        lists = options.lists or Path(temporary)
        if options.lists is None:
            translations.fetch(lists)
        print(f"\nStill answered with one error in a word of {LONG} letters or more; baseline: {BASELINE}.\n")
        for language in options.languages:
            found, source = translations.texts(language, lists)
            if len(found) > options.texts:
                found = random.Random(7).sample(found, options.texts)
            shares = measure(language, found, options.questions)
            _show(language, len(found), source, shares, missed=options.missed)
            answer["languages"][language] = {"texts": len(found), "source": source, "errors": shares}
    if options.json:
        options.json.write_text(json.dumps(answer, indent=2, ensure_ascii=False) + "\n")


def _show(language: str, count: int, source: str, shares: dict[str, dict[str, Any]], *, missed: bool) -> None:
    print(f"{language}: {count:,} texts, {source}")
    rows = list(shares.items())
    asked = sum(row["questions"] for _name, row in rows)
    total = {key: sum(row[key] * row["questions"] for _n, row in rows) / asked for key in COLUMNS}
    print(f"  {'':<18}{'asked':>6}{'answered':>10}{'baseline':>10}{'found':>10}{'baseline':>10}")
    for name, row in [*rows, ("all", {"questions": asked, **total})]:
        print(f"  {name:<18}{row['questions']:>6}" + "".join(f"{row[key]:>10.1%}" for key in COLUMNS))
        if missed and row.get("missed"):
            print("     ", "; ".join(row["missed"]))
    print(flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.typing_errors")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--languages", nargs="+", default=list(translations.LANGUAGES))
    parser.add_argument("--lists", type=Path)
    parser.add_argument("--missed", action="store_true", help="name the questions that were missed")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
