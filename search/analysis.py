"""One analysis for every engine: what a text is found by, and what a question asks for.

Engines get terms that need no further tokenising or stemming, so that all of them agree. A term is
folded (no case, no accents), stemmed, and has no space in it. Codes, form numbers, phone numbers, dates
and amounts stay whole (`v888/2`, `§12`); documents are found by their parts too. Pure: no Django, no
queries.

**Letters with marks.** The index holds one folding for all languages: ä and å are a, ö and ø are o, ü is
u, æ is ae, ß is ss. So Mülltonne is found by Mulltonne. The price is that words which differ in a mark
alone are one word (Swedish lån, loan, and län, county), as in Lucene's ScandinavianFoldingFilter: who
types on a foreign keyboard must find, and ranking has the other words to go by. What is typed in two
letters (Muelltonne, soeknad, Aalborg) or one for two (rybewys) isn't folded in the index, where it would
spoil other words (beboer, aktuell, privacy); it is a matter of the question: `ask` adds the other
spellings of a word to what it looks for, both ways (`Word.spellings`). German's stemmer does the same.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer

from .languages import (
    CLITICS,
    DECIMAL_COMMA,
    LEFT_OVER,
    NOT_STOP_WORDS,
    RESPELLINGS,
    STEMMERS,
    STOP_WORDS,
    TRUNKS,
    UNSTEMMED,
    WRITTEN_OUT,
    family,
)

MAX_QUERY = 400  # characters; what is typed after them is not looked for
MAX_WORDS = 12
MAX_TERM = 64

_SIGN = r"[^\W_]"
_MORE = rf"(?:{_SIGN}|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*"
_WORD = _SIGN + _MORE
# joined by a sign, and endings that a colon or a gender sign joins
_JOINED = (
    rf"{_MORE}(?:['’‘´`./_@&+\u2010\u2011-]{_WORD})*"
    rf"(?:(?:[:*]|/-)(?:innen{_SIGN}*|(?:in|s|n|t|ns|ts|en|et|ens|ar|er|arna|erna)(?!\w)))?"
)
_SPACE = r"[ \u00a0\u202f]"
_APART = r"(?:[ ()/.\u00a0\u202f\u2011–-]{0,2}| / )"  # between two digits of a phone number
_NUMBER = r"[0-9]{1,20}"  # what is longer is a chunk, which is cut
_MONEY = r"(?=,-|:-| ?(?:€|(?:kr|kroner|kronor|euro|NOK|SEK|EUR)\b))"
TOKEN = re.compile(
    rf"(?P<word>[^\W\d_]{_JOINED})"
    r"|(?=[0-9+(§])(?:"
    rf"(?P<section>(?<!\w)§{{1,2}}{_SPACE}?{_NUMBER}(?:-{_NUMBER})?(?:[A-Za-z]|{_SPACE}[a-h])?(?!\w)"
    rf"|(?<![\w§]){_NUMBER}{_SPACE}?(?:[a-z]{_SPACE}?)?§(?!{_SPACE}?[0-9]))"
    r"|(?P<date>(?<![\w.])[0-9]{1,2}(?P<_>[./-])[0-9]{1,2}(?P=_)[0-9]{4}(?![./-]?\w))"
    r"|(?P<phone>(?<!\w)(?:"
    rf"(?:\+[0-9]|\(?0[0-9])(?:{_APART}[0-9]){{5,13}}"
    # Norway's eight digits, the Netherlands' 14 020, Europe's 116 117, Sweden's 114 14
    rf"|(?:[2-9][0-9](?:{_SPACE}[0-9][0-9]){{3}}|[489][0-9]{{2}}{_SPACE}[0-9]{{2}}{_SPACE}[0-9]{{3}}"
    rf"|14{_SPACE}0[0-9]{{2,3}}|116{_SPACE}[0-9]{{3}}|114{_SPACE}14)(?!{_SPACE}[0-9])"
    r")(?!\w))"
    r"|(?P<amount>(?<![\w.,])(?:"
    r"[0-9]{1,3}(?P<__>[.,’'\u00a0\u202f])[0-9]{3}(?:(?P=__)[0-9]{3}){0,3}(?:(?!(?P=__))[.,][0-9]{1,2})?"
    rf"|{_NUMBER},[0-9]{{1,2}}"
    rf"|[0-9]{{1,3}}(?: [0-9]{{3}}){{1,3}}(?:,[0-9]{{1,2}}|{_MONEY})"
    r")(?![0-9]|[./_,][0-9]))"
    r")"
    rf"|(?P<chunk>{_SIGN}{_JOINED})"
)
_PIECE = re.compile(_WORD)
_JOINTS = re.compile(r"[./_@&+:*-]+")
_GROUPS = re.compile(r"[0-9]+")
_GLUED = re.compile(r"(?<=[0-9])(?=[^\W\d_]{4})|(?<=[^\W\d_]{4})(?=[0-9])")  # a word and a number
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
    | dict.fromkeys("’‘´`", "'")
    | dict.fromkeys("\u2010\u2011", "-")
)
_PASSED_OVER = frozenset({"Mn", "Cf", "Cc", "Cs"})
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Term:
    """What one token is found by: `whole` when it is asked for, `parts` besides. `form` is unstemmed.

    `of` says of what `parts` are the parts: of a compound (`drop-in`, which may also be written apart)
    or of a code or number, which isn't the same thing in pieces. `pieces` are a compound's unstemmed.
    """

    whole: str
    form: str
    parts: tuple[str, ...] = ()
    of: str = "word"
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: any of `phrases` (each a sequence of terms), or, while it is still being
    typed, any term that begins with `prefix`.

    `form` is the word as typed, folded; `spellings` are the forms of the same word in other letters,
    which stand among the phrases already. `of`: `word`, `compound` (with a joint) or `code`.
    """

    phrases: tuple[tuple[str, ...], ...]
    prefix: str = ""
    form: str = ""
    of: str = "word"
    spellings: tuple[str, ...] = ()


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
    tongue = family(language)
    name = STEMMERS.get(tongue)
    if name is None or not word.isalpha() or word in UNSTEMMED.get(tongue, ()):
        return word
    stemmers = _local.__dict__.setdefault("stemmers", {})  # a stemmer is not safe between threads
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    stemmed: str = stemmers[name].stemWord(word)
    return LEFT_OVER[tongue].sub("", stemmed) if tongue in LEFT_OVER else stemmed


@lru_cache(maxsize=50)
def stop_words(language: str) -> frozenset[str]:
    """The folded forms of words that ask for nothing by themselves."""
    name = family(language)
    folded = {fold(word).replace("'", "") for word in STOP_WORDS.get(name, ())}
    return frozenset(folded - NOT_STOP_WORDS.get(name, frozenset()))


def scan(text: str, language: str) -> Iterator[tuple[int, int, Term]]:
    """Each token of a text, where it stands, and what it is found by."""
    for match in TOKEN.finditer(text):
        term = read(match[0], str(match.lastgroup), language)
        if term.whole:
            yield match.start(), match.end(), term


@lru_cache(maxsize=50_000)
def read(token: str, group: str, language: str) -> Term:
    """What a token is found by; `group` is the name of the branch of `TOKEN` that it matched."""
    if group in _NUMBERS:
        return _NUMBERS[group](token, language)
    text = "".join(fold(token).split())
    text = CLITICS.get(family(language), CLITICS[""]).sub("", text).replace("'", "")
    pieces = tuple(piece[:MAX_TERM] for piece in _JOINTS.split(text) if piece)
    if len(pieces) < 2:
        form = "".join(pieces)
        also = UNSTEMMED.get(family(language), {}).get(form)
        return Term(stem(form, language), form, (also,) if also else ())
    parts = tuple(stem(piece, language) for piece in pieces)
    joined = "".join(pieces)[:MAX_TERM]
    if joined.isalpha() and "@" not in text:
        return Term(stem(joined, language), joined, parts, "compound", pieces)
    whole = text[:MAX_TERM]
    # `BR-12` is also written `BR12`.
    squashed = (joined,) if any(sign.isalpha() for sign in joined) else ()
    return Term(whole, whole, (*parts, *squashed), "code")


def _phone(token: str, language: str) -> Term:
    """By its digits. One with a country code is also found as it is dialled at home."""
    groups = tuple(_GROUPS.findall(token))
    digits, home = _dialled(token)
    parts = groups if len(groups) > 1 else ()
    return Term(digits, digits, (*parts, home) if home else parts, "code")


def _dialled(token: str) -> tuple[str, str]:
    """`+49 (0)30 115` and `0049 30 115` → `4930115` and at home `030115`; `""` where that isn't known."""
    digits = "".join(_GROUPS.findall(token))
    if not token.startswith(("+", "00")):
        return digits, ""
    digits = "".join(_GROUPS.findall(token.replace("(0)", ""))).removeprefix("00")
    trunk, code = next(((TRUNKS[c], c) for c in (digits[:2], digits[:3]) if c in TRUNKS), ("", digits))
    return digits, trunk + digits.removeprefix(code)


def _amount(token: str, language: str) -> Term:
    """Written as 1234.50, by the language's signs: `1.234` is a thousand in German, a little more than
    one in English."""
    text = "".join(token.replace("’", "").replace("'", "").split())
    signs = [sign for sign in text if sign in ".,"]
    by_comma = family(language) in DECIMAL_COMMA
    decimal = ""
    if len(set(signs)) > 1:
        decimal = signs[-1]
    elif len(signs) == 1 and (text[-4:-3] != signs[0] or (signs[0] == ",") == by_comma):
        decimal = signs[0]
    units, _sign, rest = text.partition(decimal) if decimal else (text, "", "")
    units = units.replace(".", "").replace(",", "")
    if not rest:
        groups = tuple(_GROUPS.findall(token)) if any(sign.isspace() for sign in token) else ()
        return Term(units, units, groups, "code")
    if signs == [","] and not by_comma:  # `16,17` is more likely a list
        return Term(f"{units}.{rest}", f"{units}.{rest}", (units, rest), "compound", (units, rest))
    return Term(f"{units}.{rest}", f"{units}.{rest}", (units, rest), "code")


def _date(token: str, language: str) -> Term:
    """As 2026-03-01, the day before the month as in all of Europe."""
    day, month, year = _GROUPS.findall(token)
    valid = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    whole = f"{year}-{int(month):02}-{int(day):02}" if valid else token
    return Term(whole, whole, (day, month, year), "code")


def _section(token: str, language: str) -> Term:
    """`§ 12 a`, `§12a`, and in Swedish `12 a §`; in `§ 12 i loven` the i is a word."""
    number = "".join(fold(token).replace("§", "").split())
    parts = tuple(number.split("-")) if "-" in number else (number,)
    return Term(f"§{number}", f"§{number}", parts, "code")


_NUMBERS = {"phone": _phone, "amount": _amount, "date": _date, "section": _section}


def terms(text: str, language: str) -> list[str]:
    """All that a text is found by, in its order; the parts of a token before the whole."""
    found: list[str] = []
    for _start, _end, term in scan(text, language):
        found.extend(term.parts)
        found.append(term.whole)
    return found


def forms(text: str, language: str) -> dict[str, str]:
    """Every word of a text as it stands there, folded, with its stem: the dictionary for spelling, for
    half-typed words (`registrati` is longer than its stem) and for compounds. Words of letters alone;
    of `drop-in` also `drop` and `in`."""
    found: dict[str, str] = {}
    for _start, _end, term in scan(text, language):
        if term.form in found or term.of == "code" or not term.form.isalpha():
            continue
        found[term.form] = term.whole
        if term.of == "compound":
            found.update(zip(term.pieces, term.parts, strict=True))
    return found


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
    found = [(cut[start:end], term) for start, end, term in scan(cut, language)]
    last = found[-1] if found and typing and not cut[-1].isspace() else None
    telling = [pair for pair in found if pair is last or not _is_stop_word(*pair, language)] or found
    if last is not None and len(telling) > 1 and len(last[1].form) == 1:
        telling = [
            pair for pair in telling if pair is not last
        ]  # one letter after whole words says nothing yet
    words: dict[object, Word] = {}
    for pair in telling:
        word = _word(*pair, language, begun=pair is last)
        words.setdefault((word.phrases[0], word.prefix), word)
    return Query(
        text=cut.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").strip(),
        words=tuple(words.values())[:MAX_WORDS],
        key=key(cut, language),
        start=plain(cut, language),
    )


def respell(text: str, language: str, corrections: Mapping[str, str]) -> str:
    """A question with some words replaced, all else kept. `corrections` leads from the form of a word, or
    of two words with a space between them, to what shall stand there; what hangs on a word stays
    (`councl's` → `council's`). Of a word with joints, its pieces are replaced where it isn't itself."""
    found = list(scan(text, language))
    pieces, position = [], 0
    for (start, end, term), (_start, after, following) in pairwise([*found, (0, 0, Term("", ""))]):
        if start < position:
            continue
        if following.form and (new := corrections.get(f"{term.form} {following.form}")):
            end = after
        elif new := corrections.get(term.form, ""):
            new += _hanging(text[start:end], language)
        else:
            new = _PIECE.sub(lambda piece: corrections.get(fold(piece[0]), piece[0]), text[start:end])
        pieces += [text[position:start], new]
        position = end
    return "".join([*pieces, text[position:]])


def taken_apart(text: str, language: str, forms: Collection[str]) -> str:
    """A question in which the words of these forms stand in pieces, without the signs that joined them:
    `driving-licence-at-70` → `driving licence at 70`; `p800refund` → `p800 refund`."""
    pieces, position = [], 0
    for start, end, term in scan(text, language):
        if term.form in forms:
            apart = " ".join(_PIECE.findall(text[start:end]))
            pieces += [text[position:start], _GLUED.sub(" ", apart)]
            position = end
    return "".join([*pieces, text[position:]])


def _hanging(token: str, language: str) -> str:
    found = re.search(r"(?:['’‘´`:*]|/-)\w+$", token)
    return found[0] if found and CLITICS.get(family(language), CLITICS[""]).match(fold(found[0])) else ""


def _is_stop_word(token: str, term: Term, language: str) -> bool:
    """Words with marks are compared as they are written: Swedish år (year) isn't är (is)."""
    if term.of == "code":
        return False
    stop = stop_words(language)
    if term.pieces:
        return stop.issuperset(term.pieces)
    if not term.form.isascii() or fold(token) == token.lower():
        return term.form in stop or not stop.isdisjoint(spellings(token, language))
    written = unicodedata.normalize("NFC", token).casefold()
    return written in STOP_WORDS.get(family(language), ()) or ("'" in fold(token) and term.form in stop)


def spellings(token: str, language: str) -> tuple[str, ...]:
    """The forms of a token in other letters: `Muelltonne` → `mulltonne`; `Mülltonne` → `muelltonne`;
    `rybewys` → `rijbewijs`. Without its own."""
    name = family(language)
    form = read(token, "word", language).form
    short, long = form, unicodedata.normalize("NFC", token).casefold()
    for pattern, letters in RESPELLINGS.get(name, ()):
        short = pattern.sub(letters, short)
    for letters, written in WRITTEN_OUT.get(name, {}).items():
        long = long.replace(letters, written)
    found = dict.fromkeys((short, read(long, "word", language).form))
    return tuple(other for other in found if other != form)


def _word(token: str, term: Term, language: str, *, begun: bool) -> Word:
    phrases: dict[tuple[str, ...], None] = {(term.whole,): None}
    others: tuple[str, ...] = ()
    if term.of == "compound":
        phrases[term.parts] = None
    elif term.of == "code":
        phrases.update(dict.fromkeys(_other_codes(token, term)))
    if term.of != "code" and term.form.isalpha():
        others = spellings(token, language)
        phrases.update(dict.fromkeys((stem(other, language),) for other in others))
    return Word(tuple(phrases), term.form if begun else "", term.form, term.of, others)


def _other_codes(token: str, term: Term) -> Iterator[tuple[str, ...]]:
    """A phone number as it is dialled at home; a code as it is written without signs; an amount without
    the cents that are none."""
    home = _dialled(token)[1] if term.whole.isdigit() else ""
    if home:
        yield (home,)
    elif re.fullmatch(r"[0-9]+\.0+", term.whole):
        yield (term.whole.partition(".")[0],)
    elif term.parts and not term.parts[-1].isdigit() and not term.whole.startswith("§"):
        yield term.parts[-1:]
