"""What is taken out of a question before it is kept, and what stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.learning.cleaning import LONGEST, cleaned

GONE = [
    # digits of six and more
    ("my case 123456 please", "my case … please"),
    ("call 01632 960 123 today", "call … today"),
    ("+44 (0)1632 960-123 bins", "… bins"),
    ("bins 24.12.1980", "bins …"),
    ("bins 1 2 3 4 5 6", "bins …"),
    ("bins １２３４５６", "bins …"),
    ("bins ١٢٣٤٥٦", "bins …"),
    ("bins 12\u200b34\u00ad56", "bins …"),
    ("2025/27 bins", "… bins"),
    # e-mail
    ("vera.blom+bins@example.org bins", "… bins"),
    ("write to vera＠example.org", "write to …"),
    # postcodes
    ("SW1A 1AA bins", "… bins"),
    ("bin day sw1a1aa", "bin day …"),
    ("afval 1234 AB", "afval …"),
    ("afval 1234ab", "afval …"),
    ("afval 1234 xk", "afval …"),
    ("Müll D-10115", "Müll …"),
    ("10115 Berlin Müll", "… Berlin Müll"),
    ("Storgata 5, 0150 Oslo", "Storgata 5,… Oslo"),
    ("N-0150 søppel", "… søppel"),
    ("123 45 Stockholm sopor", "… Stockholm sopor"),
    ("SE-123 45 sopor", "… sopor"),
    ("postnummer 0150 søppel", "postnummer … søppel"),
    ("PLZ: 10115 Müll", "PLZ: … Müll"),
    # national ids, whole
    ("qq 12 34 56 c pension", "… pension"),
    ("AB123456C pension", "… pension"),
    ("bsn 1234.56.782", "bsn …"),
    ("123456782 paspoort", "… paspoort"),
    ("010180 12345 pass", "… pass"),
    ("850101-1234 körkort", "… körkort"),
    ("19850101+1234 körkort", "… körkort"),
    ("steuer-id 12 345 678 901", "steuer-id …"),
    ("MORGA657054SM9IJ licence", "… licence"),
    # national ids by their names, however short
    ("my BSN is 12345 lost", "my BSN is … lost"),
    ("fødselsnummer: 0101", "fødselsnummer: …"),
    ("personnummer 8501", "personnummer …"),
    ("passport number L01X00T4", "passport number …"),
    ("Personalausweisnummer L01X00T47", "Personalausweisnummer …"),
    ("national insurance no. QQ12", "national insurance no. …"),
    # accounts
    ("NL91 ABNA 0417 1643 00 terug", "… terug"),
    ("de44500105175407324931 gebühr", "… gebühr"),
    ("sort code 12-34-5", "sort code …"),
]
STAYS = [
    "v888/2",
    "form v888/2 please",
    "lgsl 1136",
    "1136 Parking",
    "p45",
    "§ 12a",
    "council tax 2025/26",
    "council tax 2025-2026",
    "kommunestyre 2026 de nye",
    "open 9:00-17:00",
    "fee 27.50",
    "€ 1.234",
    "how do i get a bsn",
    "national insurance number",
    "new passport 2026",
    "lost my id card",
    "what is my postcode",
    "12345",
    "flat 12, 3 bins",
    "call 999 or 112",
    "Søknad om barnehageplass",
]
NOTHING = ["", "  ", "…", "123456", "a@b", "?!", "\u200b", "SW1A 1AA", "x" * (LONGEST + 1)]


@pytest.mark.parametrize(("text", "kept"), GONE)
def test_what_tells_who_asked_goes(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@pytest.mark.parametrize("text", STAYS)
def test_what_is_asked_stays(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_may_be_left(text: str) -> None:
    assert cleaned(text) == ""


DIGITS = "0123456789１٣"
BETWEEN = " .-/()+–\u00a0\u200b"
pieces = st.sampled_from(
    [
        *DIGITS,
        *BETWEEN,
        "@",
        "a",
        "bin",
        "BSN",
        "SE",
        "…",
        ",",
        "AB",
        "2025/26",
        "²",
        "½",
        "ﬀ",
        "\x00",
        "\ud800",
    ]
)
questions = st.lists(pieces, max_size=60).map("".join) | st.text(max_size=200)


@given(questions)
@example("2025/26/27")
@example("2025/26 2026/27 1")
@example("1@2@3")
def test_no_six_digits_and_no_address_survive(text: str) -> None:
    kept = cleaned(text)
    assert "@" not in kept
    assert not re.search(r"\d{6}", kept)
    without_years = re.sub(r"(?:19|20)\d\d\s?[/‐-―-]\s?(?:19|20)?\d\d", "", kept)
    assert not re.search(r"\d(?:[ .()/+–-]?\d){5}", without_years)
    assert len(kept) <= LONGEST
    kept.encode()


@given(questions)
def test_what_was_cleaned_stays_as_it_is(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
