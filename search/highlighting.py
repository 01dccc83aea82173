"""The passage of a text that answers a question best, with the words that do so marked. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape

from .analysis import TOKEN, Query, Term, fold, read, scan
from .languages import BEGINNINGS_CUT, WRITTEN_OUT, family

LENGTH = 220
_SENTENCE_ENDS = (".", "!", "?", ":", ";")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A web address, with what leads to it: nobody reads one in a snippet.
_ADDRESS = re.compile(
    r"(?:[ \t]{1,3}[–—-])?[ \t]{0,3}(?:\((?:https?://|www\.)[^\s()]+\)|\b(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]])",
    re.IGNORECASE,
)
_LONGEST = 20_000  # characters that are looked through


def highlight(text: str, query: Query, *, title: str = "", language: str = "en", length: int = LENGTH) -> str:
    """About `length` characters of `text`, HTML-escaped, the found words in `<mark>`; an ellipsis where
    it was cut. Where none of the words is there that the title doesn't tell of already: how the text begins."""
    text = _in_one_line(text[:_LONGEST])
    found = _found(text, query, language)
    told = {term.whole for _start, _end, term in scan(title, language)}
    start, end = _window(text, [place for place in found if place[2] not in told], length)
    pieces, position = [], start
    for left, right, _term in found:
        if left >= position and right <= end:
            pieces += [escape(text[position:left]), "<mark>", escape(text[left:right]), "</mark>"]
            position = right
    pieces.append(escape(text[position:end]))
    return f"{'… ' if start else ''}{''.join(pieces).strip()}{' …' if end < len(text) else ''}"


def _in_one_line(text: str) -> str:
    """Lines that end a sentence follow each other; others (facts, headings) are set apart by a dot. Web
    addresses are left out."""
    line = ""
    for part in (" ".join(piece.split()).rstrip(" –—") for piece in _ADDRESS.sub("", text).splitlines()):
        if part:
            line += f"{' ' if line.endswith(_SENTENCE_ENDS) else ' · '}{part}" if line else part
    return line


def wanted_terms(query: Query) -> set[str]:
    """The terms that are marked wherever they stand."""
    return {term for word in query.words for phrase in word.phrases for term in phrase}


def _found(text: str, query: Query, language: str) -> list[tuple[int, int, str]]:
    """Where the question's words stand. Only tokens that begin like one of them are analysed."""
    wanted = wanted_terms(query)
    prefixes = tuple(
        prefix for word in query.words if word.prefix for prefix in (word.prefix, *word.spellings)
    )
    heads = {head for term in (*wanted, *prefixes) for head in _heads(term, language)}
    if not heads:
        return []
    plain = _same_length(text)
    begins = re.compile(rf"(?<![^\W_])[+(]?(?:{'|'.join(map(re.escape, sorted(heads)))})")
    found: list[tuple[int, int, str]] = []
    position = 0
    while candidate := begins.search(plain, position):
        token = TOKEN.match(text, candidate.start())
        position = candidate.start() + 1
        if token is None:
            continue
        term = read(token[0], str(token.lastgroup), language)
        if _answers(term, wanted, prefixes):
            found.append((token.start(), token.end(), term.whole))
            position = token.end()
    return found


def _heads(term: str, language: str) -> set[str]:
    """How a word may begin in a text that is found by a term."""
    if not term[0].isalpha():  # 1.234,50 for 1234.50; +49 30 … for 030 …; 01.03.2026 for 2026-03-01
        heads = {term[0]} | ({"+", "00"} if len(term) > 6 else set())
        return heads | (set(term[8:10]) if _DAY.fullmatch(term) else set())
    # Stemming may change all but the first letter of a short word (dying, die).
    heads = {term[:2] if len(term) > 3 else term[:1]}
    if term[:2] in ("ae", "oe"):
        heads.add(term[0])  # æ and œ are one sign each
    for letters, written in WRITTEN_OUT.get(family(language), {}).items():
        heads.add(term[:2].replace(fold(letters), written)[:2])
    return heads | BEGINNINGS_CUT.get(family(language), frozenset())


def _answers(term: Term, wanted: set[str], prefixes: tuple[str, ...]) -> bool:
    if term.whole in wanted or not wanted.isdisjoint(term.parts):
        return True
    return bool(prefixes) and (term.form.startswith(prefixes) or term.whole.startswith(prefixes))


def _same_length(text: str) -> str:
    """Folded sign by sign, so that positions stay: good enough to find where a word begins."""
    lowered = text.lower()
    if text.isascii():
        return lowered
    kept = lowered if len(lowered) == len(text) else text
    return _BEYOND_ASCII.sub(lambda sign: _base(sign[0]), kept)


@lru_cache(maxsize=2_000)
def _base(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign.casefold())[:1].casefold()[:1]
    return {"ø": "o", "æ": "a", "œ": "o", "đ": "d", "ł": "l", "ı": "i"}.get(base, base) or sign


def _window(text: str, found: list[tuple[int, int, str]], length: int) -> tuple[int, int]:
    """Where the passage with the most different words begins and ends, cut between words."""
    if len(text) <= length:
        return 0, len(text)
    best, start = 0, 0
    for number, (left, _right, _term) in enumerate(found[:200]):
        inside = {term for _l, right, term in found[number : number + 40] if right - left <= length * 3 // 4}
        if len(inside) > best:
            best, start = len(inside), left
    start = 0 if start <= length // 2 else text.rfind(" ", 0, start - length // 5) + 1
    end = start + length
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", start + 1, end), start + length // 2)
