"""What of a question may be kept: nothing that tells who asked. Pure: no Django, no queries.

Taken out: e-mail addresses, IBANs, national ids with the letters that belong to them, whatever stands behind
the name of such an id, postcodes, and every run of six and more digits, however it is spaced, dotted or
dashed. What is left in its place is `GAP`. Kept: codes and form numbers (`v888/2`, an LGSL number), years,
tax years (`2025/26`), amounts and times of a few digits, and the names of ids themselves: “how do I get a
BSN” is a question that a municipality answers.

Names of people and streets can't be told from other words. Against those stand that a question is kept as a
number for each day and never with who asked, that long texts are not kept at all, and that nobody is shown
what was asked only once (`queries.LEAST`).
"""

from __future__ import annotations

import re
import unicodedata

GAP = "…"
LONGEST = 120  # characters: whoever pastes a letter into the search doesn't ask a question
MOST_DIGITS = 5

_APART = r"[\s./()+\-\u2010-\u2015\u2212\u00b7_]{0,3}"  # between the digits of one number
_RUN = rf"(?<!\d)\d(?:{_APART}\d){{{MOST_DIGITS},}}(?!\d)"
# With the letters that hang on it: a licence number holds its holder's name.
_NUMBER = re.compile(rf"[+(]{{0,2}}[^\W_]*?{_RUN}[^\W_]*")
_TAX_YEAR = re.compile(r"(?P<from>(?:19|20)\d\d)\s?[/\u2010-\u2015-]\s?(?P<to>(?:19|20)?\d\d)")
_E_MAIL = re.compile(r"\S*@\S*")
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?\b", re.IGNORECASE)
_NATIONAL_INSURANCE = re.compile(
    r"\b[a-z]{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}(?:[ .-]?[a-d])?\b", re.IGNORECASE
)
_IDS = (
    r"bsn|burger\s?service\s?nummer|sofi\s?nummer|identiteitskaart|paspoort(?:nummer)?|rijbewijsnummer"
    r"|national\s+insurance|ni\s+(?:number|no)|nino|nhs|passport|driving\s+licen[cs]e|id\s+(?:card|number|no)"
    r"|f[øo]dsels(?:nummer|nr)|person(?:nummer|nr)|samordningsnummer|d[\s-]?nummer|fnr|pnr|pass(?:nummer|nr)"
    r"|(?:steuer|identifikations|sozialversicherungs|personalausweis|ausweis|reisepass|renten(?:versicherungs)?)"
    r"[\s-]?(?:id(?:entifikationsnummer)?|nummer|nr)|idnr|personalausweis|reisepass"
    r"|iban|konto(?:nummer|nr)|account\s+(?:number|no)|sort\s+code|rekeningnummer"
    r"|plz|postleitzahl|post(?:nummer|nr)|postkode|post\s?code"
)
_BETWEEN = r"(?:\s|[.:=#\"'(]|\b(?:number|nummer|nr|no|is|ist|er|är|my|mijn|mein|mitt|min|code)\b\.?)*"
_HOLDS_DIGIT = r"(?!20\d\d\b(?!\s*\d))(?=[^\s\d]*\d)[^\s,;?!]+"  # a year of our time tells nobody
_BEHIND_A_NAME = re.compile(
    rf"\b(?P<name>(?:{_IDS})(?:\s+(?:number|nummer|nr|no|card|code))?\b{_BETWEEN}){_HOLDS_DIGIT}(?:\s+{_HOLDS_DIGIT})*",
    re.IGNORECASE,
)
_UK_POSTCODE = re.compile(
    r"\b(?:gir[ -]?0aa|[a-z]{1,2}\d[a-z\d]?[ -]{0,2}\d[abd-hjlnp-uw-z]{2})\b", re.IGNORECASE
)
_NL_POSTCODE = re.compile(r"\b[1-9]\d{3}(?P<space>[ -]?)(?P<letters>[a-ceghj-np-tv-xz]{2})\b", re.IGNORECASE)
# Words of two letters that may follow a year or a code, and that a Dutch postcode could end in.
_WORDS = frozenset("ab ad al am an as at be da de en er es et ha he je je me na re te we ze za".split())
_MARKED_POSTCODE = re.compile(r"\b(?:nl|no|se|de|n|s|d)[ -]?-[ -]?\d{3}\s?\d{1,2}\b", re.IGNORECASE)
_SE_POSTCODE = re.compile(r"(?<![\w.,/-])[1-9]\d{2} \d{2}(?![\w.,/-]|\s\d)")
_DE_POSTCODE = re.compile(r"(?<![\w.,/-])\d{5}(?=\s[A-ZÄÖÜÅØÆ])")
_NO_POSTCODE = re.compile(r"(?<=,)\s?\d{4}(?=\s[A-ZÄÖÜÅØÆ])")
_GAPS = re.compile(rf"{GAP}(?:\s*{GAP})+")


def cleaned(text: str) -> str:
    """The question without what tells who asked; empty when it may not be kept at all."""
    kept = " ".join(_plain(text).split())
    if len(kept) > LONGEST:
        return ""
    kept = _E_MAIL.sub(GAP, kept)
    kept = _BEHIND_A_NAME.sub(lambda found: f"{found['name'].rstrip()} {GAP}", kept)
    for pattern in (_IBAN, _NATIONAL_INSURANCE, _UK_POSTCODE, _MARKED_POSTCODE):
        kept = pattern.sub(GAP, kept)
    kept = _NL_POSTCODE.sub(_without_postcode, kept)
    for pattern in (_NO_POSTCODE, _DE_POSTCODE, _SE_POSTCODE):
        kept = pattern.sub(GAP, kept)
    kept = _NUMBER.sub(_without_number, kept)
    kept = " ".join(_GAPS.sub(GAP, kept).split())
    return kept if any(sign.isalnum() for sign in kept) else ""


def _plain(text: str) -> str:
    """With one sign for each digit and letter, and none that can't be seen: neither hides a number."""
    composed = GAP.join(unicodedata.normalize("NFKC", part) for part in text.split(GAP))
    return "".join(
        " " if sign.isspace() else sign
        for sign in composed
        if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn") or sign.isspace()
    )


def _without_number(found: re.Match[str]) -> str:
    year = _TAX_YEAR.fullmatch(found[0])
    if year is not None and int(year["from"][2:]) + 1 == int(year["to"][-2:]):
        return found[0]
    return GAP


def _without_postcode(found: re.Match[str]) -> str:
    letters = found["letters"]
    is_word = found["space"] and not letters.isupper() and letters.casefold() in _WORDS
    return found[0] if is_word else GAP
