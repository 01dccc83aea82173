"""The rules as truth tables; no database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cms.organisation.rules import Person, Post
from workflows import rules
from workflows.rules import Composed, DebtState, ItemState, SubmissionState

PARKS, FINANCE = 1, 2
SHA = "a" * 64


def someone(number: int, *posts: tuple[str, int | None], lent_by: int | None = None) -> Person:
    held = frozenset(Post(role, where, lent_by or number) for role, where in posts)
    return Person(id=number, name=f"Person {number}", posts=held)


AUTHOR = someone(1, ("author", PARKS))
EDITOR = someone(2, ("editor", PARKS))
WEBMASTER = someone(3, ("webmaster", None))
OTHER_EDITOR = someone(4, ("editor", FINANCE))
CHAMPION = someone(5, ("champion", None))
AGENT = someone(6, ("agent", None))
SUPERUSER = someone(7)
OTHER_AUTHOR = someone(8, ("author", FINANCE))
EVERYTHING = someone(9, ("author", PARKS), ("editor", PARKS), ("webmaster", None), ("champion", None))

AT_DEPARTMENT = SubmissionState(
    state="open",
    stage="department",
    department=PARKS,
    sha=SHA,
    by=1,
    writers=frozenset({1}),
    acted=frozenset(),
)
AT_WEBMASTER = replace(AT_DEPARTMENT, stage="webmaster", acted=frozenset({2}))
LEAFLET = ItemState(kind="service", department=PARKS, published=True)


def code(refusal: object) -> str | None:
    return getattr(refusal, "code", None)


@pytest.mark.parametrize(
    ("submission", "person", "expected"),
    [
        (AT_DEPARTMENT, EDITOR, None),
        (AT_DEPARTMENT, AUTHOR, "own-text"),
        (AT_DEPARTMENT, OTHER_EDITOR, "not-an-editor"),
        (AT_DEPARTMENT, WEBMASTER, "not-an-editor"),
        (AT_DEPARTMENT, CHAMPION, "not-an-editor"),
        (AT_DEPARTMENT, AGENT, "not-an-editor"),
        (AT_DEPARTMENT, SUPERUSER, "not-an-editor"),
        (AT_DEPARTMENT, EVERYTHING, None),
        (AT_WEBMASTER, WEBMASTER, None),
        (AT_WEBMASTER, EDITOR, "acted-before"),
        (AT_WEBMASTER, AUTHOR, "own-text"),
        (AT_WEBMASTER, SUPERUSER, "not-a-webmaster"),
        (AT_WEBMASTER, OTHER_EDITOR, "not-a-webmaster"),
        (replace(AT_WEBMASTER, acted=frozenset({9})), EVERYTHING, "acted-before"),
        (replace(AT_WEBMASTER, writers=frozenset({1, 3})), WEBMASTER, "own-text"),
        (replace(AT_DEPARTMENT, writers=frozenset({1, 2})), EDITOR, "own-text"),
        (replace(AT_DEPARTMENT, stale="published"), EDITOR, "stale"),
        (replace(AT_DEPARTMENT, sha="b" * 64), EDITOR, "other-text"),
        (replace(AT_DEPARTMENT, state="published", ended="Done."), EDITOR, "already-decided"),
        (AT_DEPARTMENT, replace(EDITOR, active=False), "not-an-editor"),
        # A stand-in acts for whoever lent the post: not for a writer, not for who acted before.
        (AT_DEPARTMENT, someone(20, ("editor", PARKS), lent_by=2), None),
        (AT_DEPARTMENT, someone(20, ("editor", PARKS), lent_by=1), "not-an-editor"),
        (AT_WEBMASTER, someone(20, ("webmaster", None), lent_by=2), "not-a-webmaster"),
    ],
)
def test_who_may_approve(submission: SubmissionState, person: Person, expected: str | None) -> None:
    assert code(rules.why_not_approve(submission, person, seen=SHA)) == expected


def test_sending_back_needs_a_reason() -> None:
    assert code(rules.why_not_send_back(AT_DEPARTMENT, EDITOR, seen=SHA, reason=" ")) == "reason-missing"
    assert rules.why_not_send_back(AT_DEPARTMENT, EDITOR, seen=SHA, reason="The fee is wrong.") is None


@pytest.mark.parametrize(
    ("person", "item", "expected"),
    [
        (AUTHOR, LEAFLET, None),
        (EDITOR, LEAFLET, "not-an-author"),
        (OTHER_AUTHOR, LEAFLET, "not-an-author"),
        (SUPERUSER, LEAFLET, "not-an-author"),
        (CHAMPION, LEAFLET, "not-an-author"),
        (CHAMPION, replace(LEAFLET, kind="article"), None),
        (AUTHOR, replace(LEAFLET, waiting=True), "waits-already"),
        (AUTHOR, replace(LEAFLET, unknown_writer=True), "unknown-writer"),
    ],
)
def test_who_may_submit(person: Person, item: ItemState, expected: str | None) -> None:
    assert code(rules.why_not_submit(person, item)) == expected


@pytest.mark.parametrize(
    ("person", "kind", "expected"),
    [
        (AUTHOR, "service", None),
        (EDITOR, "service", None),
        (OTHER_AUTHOR, "service", "not-your-department"),
        (WEBMASTER, "service", "not-your-department"),
        (SUPERUSER, "service", "not-your-department"),
        (CHAMPION, "service", "not-your-department"),
        (CHAMPION, "article", None),
        (AGENT, "article", "not-your-department"),
    ],
)
def test_who_may_write(person: Person, kind: str, expected: str | None) -> None:
    assert code(rules.why_not_write(person, replace(LEAFLET, kind=kind))) == expected


@pytest.mark.parametrize(
    ("composed", "expected"),
    [
        (Composed(), None),
        (Composed(missing=("A title is missing.",)), "incomplete"),
        (Composed(overlapping=("£1 / £2",)), "overlapping-dates"),
        (Composed(unchanged=True), "unchanged"),
        (Composed(moves=True), "moves"),
        (Composed(parent_missing=True), "parent-missing"),
        (Composed(path_taken_by="Bins"), "address-taken"),
        (Composed(quoted_by=("What does it cost?",)), "fact-quoted"),
    ],
)
def test_what_may_be_submitted(composed: Composed, expected: str | None) -> None:
    assert code(rules.why_not_publish_composed(composed)) == expected


def test_each_missing_thing_is_listed() -> None:
    refusal = rules.why_not_publish_composed(Composed(missing=("One.", "Two.")))
    assert refusal is not None and refusal.details == ("One.", "Two.")


@pytest.mark.parametrize(
    ("person", "kind", "reason", "stale", "expected"),
    [
        (CHAMPION, "article", "Wrong number", "", None),
        (CHAMPION, "staff_notice", "Wrong number", "", None),
        (CHAMPION, "service", "Wrong number", "", "not-urgent"),
        (CHAMPION, "article", "  ", "", "reason-missing"),
        (CHAMPION, "article", "Wrong number", "published", "stale"),
        (EDITOR, "article", "Wrong number", "", "not-a-champion"),
        (WEBMASTER, "article", "Wrong number", "", "not-a-champion"),
        (SUPERUSER, "article", "Wrong number", "", "not-a-champion"),
    ],
)
def test_who_may_publish_at_once(
    person: Person, kind: str, reason: str, stale: str, expected: str | None
) -> None:
    refusal = rules.why_not_publish_urgent(person, kind, reason=reason, stale=stale)
    assert code(refusal) == expected


@pytest.mark.parametrize(
    ("debt", "person", "outcome", "expected"),
    [
        (DebtState(open=True, by=5, department=PARKS), EDITOR, "approved", None),
        (DebtState(open=True, by=5, department=PARKS), WEBMASTER, "approved", None),
        (DebtState(open=True, by=99, department=PARKS), CHAMPION, "approved", None),
        (DebtState(open=True, by=5, department=PARKS), CHAMPION, "approved", "own-debt"),
        (DebtState(open=True, by=5, department=PARKS), OTHER_EDITOR, "approved", "not-a-reviewer"),
        (DebtState(open=True, by=5, department=PARKS), SUPERUSER, "approved", "not-a-reviewer"),
        (
            DebtState(open=True, by=5, department=PARKS),
            someone(20, ("champion", None), lent_by=5),
            "approved",
            "not-a-reviewer",
        ),
        (DebtState(open=True, by=5, department=PARKS), EDITOR, "corrected", "not-corrected"),
        (DebtState(open=True, by=5, department=PARKS, corrected=True), EDITOR, "corrected", None),
        (DebtState(open=False, by=5, department=PARKS, ended="Done."), EDITOR, "approved", "debt-ended"),
    ],
)
def test_who_may_end_a_debt(debt: DebtState, person: Person, outcome: str, expected: str | None) -> None:
    assert code(rules.why_not_end_debt(debt, person, outcome=outcome)) == expected


@pytest.mark.parametrize(
    ("person", "item", "reason", "expected"),
    [
        (WEBMASTER, LEAFLET, "Clearer", None),
        (WEBMASTER, LEAFLET, "", "reason-missing"),
        (WEBMASTER, replace(LEAFLET, published=False), "Clearer", "not-published"),
        (EDITOR, LEAFLET, "Clearer", "not-a-webmaster"),
        (SUPERUSER, LEAFLET, "Clearer", "not-a-webmaster"),
    ],
)
def test_who_may_move(person: Person, item: ItemState, reason: str, expected: str | None) -> None:
    assert code(rules.why_not_place(person, item, reason=reason)) == expected


@pytest.mark.parametrize(
    ("person", "asked_by", "confirmed", "expected"),
    [
        (WEBMASTER, 99, False, None),
        (WEBMASTER, 3, False, "own-request"),
        (WEBMASTER, 99, True, "redacted"),
        (EDITOR, 99, False, "not-allowed"),
    ],
)
def test_a_redaction_takes_two(person: Person, asked_by: int, confirmed: bool, expected: str | None) -> None:
    refusal = rules.why_not_confirm_redaction(person, asked_by=asked_by, confirmed=confirmed)
    assert code(refusal) == expected


def test_what_comes_later_is_refused_with_a_sentence() -> None:
    for why_not in (rules.why_not_final_edit, rules.why_not_publish_emergency, rules.why_not_hand_over):
        assert why_not().sentence.endswith(".")
