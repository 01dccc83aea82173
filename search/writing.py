"""How texts write the words that the index keeps folded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from .analysis import fold, respell

_BEYOND_ASCII = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")


def as_written(question: str, forms: Collection[str], texts: Iterable[str], language: str) -> str:
    """A question with the words of these forms in the letters that texts write them in most often:
    `mulltonne` → `mülltonne`."""
    found = Counter(word.lower() for text in texts for word in _BEYOND_ASCII.findall(text))
    written: dict[str, str] = {}
    for word, _times in sorted(found.items(), key=lambda row: (-row[1], row[0])):
        if (form := fold(word)) in forms:
            written.setdefault(form, word)
    return respell(question, language, written)
