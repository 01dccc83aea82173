"""What can be taught, and why not; and what a rule comes to. No database."""

from __future__ import annotations

import pytest

from search.wordbook import rules
from search.wordbook.rules import Rule


def rule(text: str) -> Rule:
    both = "↔" in text
    left, _sign, right = text.partition("→")
    if both:
        return Rule("en", tuple(part.strip() for part in text.split("↔") if part.strip()), both_ways=True)
    return Rule("en", rules.split(left), rules.split(right))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("bin", ("bin",)),
        ("bin, dust  bin ,\n waste\r\nbin", ("bin", "dust bin", "waste")),
        ("Bin, bin, BIN", ("Bin",)),
        (" , ,\n", ()),
    ],
)
def test_splitting(text: str, phrases: tuple[str, ...]) -> None:
    assert rules.split(text) == phrases


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("bin → waste container", ["bin>wast contain"]),
        ("bins, dustbin → rubbish, refuse", ["bin>rubbish", "bin>refus", "dustbin>rubbish", "dustbin>refus"]),
        ("car ↔ vehicle", ["car>vehicl", "vehicl>car"]),
        ("bin ↔ bins ↔ refuse", ["bin>refus", "refus>bin"]),
        ("covid-19 → coronavirus", ["covid-19>coronavirus"]),
    ],
)
def test_what_may_stand_for_what(text: str, pairs: list[str]) -> None:
    assert [">".join(" ".join(side) for side in pair) for pair in rules.pairs(rule(text))] == pairs


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bin → container", None),
        ("car ↔ vehicle", None),
        ("→ container", "words-missing"),
        ("bin →", "meaning-missing"),
        ("bin, !! → container", "words-without-letters"),
        ("bin → ??", "meaning-without-letters"),
        ("one two three four five six seven eight nine ten eleven twelve thirteen → all", "words-too-long"),
        ("car ↔", "words-alone"),
        ("car ↔ cars", "words-mean-themselves"),
        ("bin → container, Bin", "meaning-is-the-word"),
        ("bin → bins", "meaning-is-the-word"),
        (", ".join(f"word{n}" for n in range(61)) + "→ all", "words-too-many"),
        ("dustbin → refuse", "taught-already"),
        ("dustbins → refuse", "taught-already"),
        ("refuse → dustbin", None),
        ("dustbin → refuse, rubbish", None),
    ],
)
def test_why_not(text: str, code: str | None) -> None:
    taught = {(("dustbin",), ("refus",)): "dustbin → refuse"}
    refusal = rules.why_not_rule(rule(text), taught)
    assert (refusal and refusal.code) == code
    if code == "taught-already":
        assert refusal and refusal.sentence == "This is taught already: dustbin → refuse."


def test_the_sentence_names_the_form_that_the_search_knows() -> None:
    refusal = rules.why_not_rule(rule("bin, bins → bin"), {})
    assert refusal and "“bins” and “bin” are the same word" in refusal.sentence


def test_the_same_rule_in_another_order_is_the_same_rule() -> None:
    assert rules.digest(rule("a1, B2 → c3, d4")) == rules.digest(rule("b2, a1 → d4, c3"))
    assert rules.digest(rule("a1, b2 → c3")) != rules.digest(rule("a1 → b2, c3"))
    assert rules.digest(rule("a1 ↔ b2")) != rules.digest(Rule("de", ("a1", "b2"), both_ways=True))
