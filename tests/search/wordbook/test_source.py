"""Reading a file of synonyms: every form that the real one has, and what is refused. No database."""

from __future__ import annotations

import pytest

from search.wordbook.rules import said
from search.wordbook.source import read


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("- search: dss => dss, dwp", ["dss → dwp"]),
        ("- search: cancel child benefit => stop child benefit", ["cancel child benefit → stop child benefit"]),
        ("- search: burma, myanmar => burma, myanmar", ["burma ↔ myanmar"]),
        ("- search: burma, myanmar", ["burma ↔ myanmar"]),
        ("- search: expired, out of date => expired, out of date, renew",
         ["expired ↔ out of date", "expired, out of date → renew"]),
        ("- search: br1, br 1 => br1, claim form", ["br 1 → br1", "br1, br 1 → claim form"]),
        ("- search: covid 19, covid, corona => covid, corona", ["covid ↔ corona", "covid 19 → covid, corona"]),
        ("- index: tariff codes => commodity codes", ["commodity codes → tariff codes"]),
        ("- index: a1, b2 => a1, b2", ["a1 ↔ b2"]),
        ("- index: a1 => a1, b2, c3", ["b2, c3 → a1"]),
        ("- both: asad, assad => asad, assad", ["asad ↔ assad"]),
        ("- both: practical test, practical tests => practical test, practical_driving_test",
         ["practical test ↔ practical tests ↔ practical driving test"]),
        ("- both: a1, b2 => c3, d4", ["a1 ↔ b2 ↔ c3", "a1 ↔ b2 ↔ d4"]),
        ("- search: l4 => l4a, l4b # affects other content", ["l4 → l4a, l4b"]),
        ('- search: "e c => job # 1" # why', ["e c → job # 1"]),
        ("- search: 'jobseeker''s => allowance'", ["jobseeker's → allowance"]),
        ('  - "search" : "said \\"so\\" => spoke"', ['said "so" → spoke']),
        ("- search:   a1=>b2", ["a1 → b2"]),
    ],
)  # fmt: skip
def test_forms(line: str, rules: list[str]) -> None:
    reading = read(line, "en")
    assert not reading.refused
    assert [said(rule) for _line, found in reading.rules for rule in found] == rules


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("search: a1 => b2", "This is no rule"),
        ("- a1 => b2", "This is no rule"),
        ("- find: a1 => b2", "“find” is no kind of rule; there are both, index, search."),
        ("- search: a1 => b2 => c3", "one arrow (=>); this one has 2"),
        ("- search:", "Words are missing"),
        ("- search: a1", "Words are missing"),
        ("- search: => b2", "Words are missing"),
        ("- search: a1 =>", "Words are missing"),
        ("- search: a1 => a1", "“a1” can't mean itself"),
        ("- search: bins => bin", "“bins” and “bin” are the same word already"),
        ("- both: bin, bins => bin", "are the same word already"),
        ("- search: bin, ?? => container", "“??” has no letters or digits"),
        ('- search: "a1 => b2', "quotation marks"),
        ('- search: "a1" => b2', "quotation marks"),
        ("- search: [a1, b2]", "This form of YAML isn't read here"),
        ("- search: >", "This form of YAML isn't read here"),
    ],
)
def test_refusals(line: str, reason: str) -> None:
    reading = read(f"---\n\n{line}\n", "en")
    assert [refused.number for refused in reading.refused] == [3]
    assert reason in reading.refused[0].reason
    assert not reading.rules


def test_comments_become_notes() -> None:
    text = """---
# Old names
# of offices

# Same meanings
- search: a1 => b2
# Only at Christmas
- search: a2 => b3
# - search: off => switched
- search: a3 => b4

- search: a5 => b6
"""
    assert [line.note for line, _rules in read(text, "en").rules] == [
        "Same meanings",
        "Only at Christmas",
        "Same meanings",
        "",
    ]


def test_a_long_comment_is_cut() -> None:
    note = read("# " + "x" * 400 + "\n- search: a1 => b2", "en").rules[0][0].note
    assert len(note) == 300 and note.endswith(" …")
