"""One analysis for every engine: what a text is found by, and what a question asks for.

Engines get terms that need no further tokenising or stemming, so that all of them agree. A term is
folded (no case, no accents), stemmed, and has no space in it. Codes, form numbers, phone numbers and
amounts stay whole (`v888/2`); documents are found by their parts too. Pure: no Django, no queries.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from .languages import STEMMERS, STOP_WORDS, primary

MAX_QUERY = 400  # characters; what is typed after them is not looked for
MAX_WORDS = 12
MAX_TERM = 64

_SIGN = r"[^\W_]"
_WORD = rf"{_SIGN}(?:{_SIGN}|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*"
TOKEN = re.compile(
    # a phone number, an amount with thousands, or words and numbers joined by a sign
    r"(?<!\w)(?P<phone>(?:\+[0-9]|\(?0[0-9])(?:[ ()/.\u00a0-]{0,2}[0-9]){5,13})(?!\w)"
    r"|(?P<amount>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)(?![0-9])"
    rf"|(?P<chunk>{_WORD}(?:['’./_@&+-]{_WORD})*)"
)
_JOINTS = re.compile(r"[./_@&+-]")
_POSSESSIVE = re.compile(r"'s(?=$|[./_@&+-])")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "’": "'"})
_PASSED_OVER = frozenset({"Mn", "Cf", "Cc", "Cs"})
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Term:
    """What one token is found by: `whole` when it is asked for, `parts` besides. `form` is unstemmed.

    `of` says of what `parts` are the parts: of a compound (`drop-in`, which may also be written apart)
    or of a code or number, which isn't the same thing in pieces.
    """

    whole: str
    form: str
    parts: tuple[str, ...] = ()
    of: str = "word"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: any of `phrases` (each a sequence of terms), or, while it is still being
    typed, any term that begins with `prefix`."""

    phrases: tuple[tuple[str, ...], ...]
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, analysed. `key` is compared with whole titles and codes, `start` with how titles
    begin; no words: nothing to find."""

    text: str
    words: tuple[Word, ...]
    key: str
    start: str


def fold(text: str) -> str:
    """Without case and accents: `Œuvre Élan` → `oeuvre elan`."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(sign for sign in spread if unicodedata.category(sign) not in _PASSED_OVER)
    return kept.casefold().translate(_LETTERS)


def stem(word: str, language: str) -> str:
    """The stem by the language's Snowball stemmer; words with digits stay as they are."""
    name = STEMMERS.get(primary(language))
    if name is None or not word.isalpha():
        return word
    stemmers = _local.__dict__.setdefault("stemmers", {})  # a stemmer is not safe between threads
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    stemmed: str = stemmers[name].stemWord(word)
    return stemmed


def scan(text: str, language: str) -> Iterator[tuple[int, int, Term]]:
    """Each token of a text, where it stands, and what it is found by."""
    for match in TOKEN.finditer(text):
        term = read(match[0], str(match.lastgroup), language)
        if term.whole:
            yield match.start(), match.end(), term


@lru_cache(maxsize=50_000)
def read(token: str, group: str, language: str) -> Term:
    """What a token is found by; `group` is the name of the branch of `TOKEN` that it matched."""
    text = "".join(fold(token).split())
    if group == "phone":
        digits = re.sub(r"[^0-9]", "", text)
        parts = tuple(re.findall(r"[0-9]+", token))
        return Term(digits, digits, parts if len(parts) > 1 else (), "code")
    if group == "amount":
        amount = text.replace(",", "")
        return Term(amount, amount, of="code")
    text = _POSSESSIVE.sub("", text).replace("'", "")
    pieces = [piece[:MAX_TERM] for piece in _JOINTS.split(text) if piece]
    if len(pieces) < 2:
        form = "".join(pieces)
        return Term(stem(form, language), form)
    parts = tuple(stem(piece, language) for piece in pieces)
    joined = "".join(pieces)[:MAX_TERM]
    if joined.isalpha() and "@" not in text:
        return Term(stem(joined, language), joined, parts, "compound")
    whole = text[:MAX_TERM]
    # `BR-12` is also written `BR12`.
    squashed = (joined,) if any(sign.isalpha() for sign in joined) else ()
    return Term(whole, whole, (*parts, *squashed), "code")


def terms(text: str, language: str) -> list[str]:
    """All that a text is found by, in its order; the parts of a token before the whole."""
    found: list[str] = []
    for _start, _end, term in scan(text, language):
        found.extend(term.parts)
        found.append(term.whole)
    return found


def forms(text: str, language: str) -> dict[str, str]:
    """The words of a text that stemming changes, with their stems: a word that is half typed may be
    longer than its stem already (`registrati`, `registr`)."""
    return {t.form: t.whole for _s, _e, t in scan(text, language) if t.form != t.whole}


def key(text: str, language: str) -> str:
    """A whole title or code in its normal form, to be compared as one."""
    return " ".join(term.whole for _start, _end, term in scan(text, language))[:300]


def plain(text: str, language: str) -> str:
    """The words of a title without case, accents and signs: for its place in the alphabet."""
    return " ".join(term.form for _start, _end, term in scan(text, language))[:300]


def ask(text: str, language: str, *, typing: bool = False) -> Query:
    """Analyse a question, whatever it consists of. Signs that mean something to an engine are lost here.

    While `typing`, the last word is a beginning, unless a space ends it. Words that ask for nothing are
    dropped when others are left; each word counts once; a long text is cut.
    """
    cut = text[:MAX_QUERY]
    if len(text) > MAX_QUERY and " " in cut:
        cut = cut[: cut.rindex(" ") + 1]
    found = [term for _start, _end, term in scan(cut, language)]
    last = found[-1] if found and typing and not cut[-1].isspace() else None
    stop = STOP_WORDS.get(primary(language), frozenset())
    telling = [t for t in found if t.form not in stop or t is last] or found
    if last is not None and len(telling) > 1 and len(last.form) == 1:
        telling = [t for t in telling if t is not last]  # one letter after whole words says nothing yet
    words = dict.fromkeys(_word(t, begun=t is last) for t in telling)
    return Query(
        text=cut.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").strip(),
        words=tuple(words)[:MAX_WORDS],
        key=key(cut, language),
        start=plain(cut, language),
    )


def _word(term: Term, *, begun: bool) -> Word:
    phrases: dict[tuple[str, ...], None] = {(term.whole,): None}
    if term.of == "compound":
        phrases[term.parts] = None
    elif term.of == "code" and term.parts and not term.parts[-1].isdigit():
        phrases[term.parts[-1:]] = None  # as it is written without signs
    return Word(phrases=tuple(phrases), prefix=term.form if begun else "")
