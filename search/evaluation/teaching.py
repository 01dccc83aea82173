"""A file of synonyms as finding takes them, without teaching them to the site."""

from __future__ import annotations

from search.wordbook.rules import pairs
from search.wordbook.source import read
from search.wording import Terms, Wordbook


def wordbook(text: str, language: str) -> Wordbook:
    """What the rules of a file say; lines that can't be used are passed over, as the importer does."""
    found: dict[Terms, dict[Terms, None]] = {}
    for _line, rules in read(text, language).rules:
        for rule in rules:
            for word, meaning in pairs(rule):
                found.setdefault(word, {})[meaning] = None
    return Wordbook(instead={word: tuple(meanings) for word, meanings in found.items()})
