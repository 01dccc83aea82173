"""The reviewed lane as stories: three people, then it counts."""

from __future__ import annotations

from typing import Any

import pytest

from cms.core.errors import Refused
from cms.core.models import Letter
from cms.publications import queries as log
from cms.publications.models import Current, Entry, Permit
from tests.kinds import begin, fee, write
from tests.people import department, person
from workflows import commands, queries
from workflows.models import Submission, Writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def parks() -> Any:
    for name in (
        "author.parks",
        "author2.parks",
        "editor.parks",
        "editor2.parks",
        "webmaster",
        "webmaster2",
        "champion",
        "champion2",
        "editor.finance",
        "admin",
    ):
        person(name)
    return department("parks")


def refused(deed: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        deed(*args, **kwargs)
    assert caught.value.refusal.sentence.endswith((".", "!", "?"))
    return caught.value.refusal.code


def publish(item: Any) -> Submission:
    submission = commands.submit([item], by=person("author.parks"))
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    return commands.approve(submission, by=person("webmaster"), seen=submission.sha)


def test_three_people_then_it_counts(parks: Any) -> None:
    item = begin(parks, person("author.parks"), title="Trolleys")
    submission = commands.submit([item], by=person("author.parks"), note="Please look.")
    assert [s.pk for s in queries.waiting_for(person("editor.parks"))] == [submission.pk]
    assert queries.waiting_for(person("webmaster")) == []
    assert not Entry.objects.exists()

    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    assert queries.waiting_for(person("editor.parks")) == []
    assert [s.pk for s in queries.waiting_for(person("webmaster"))] == [submission.pk]
    assert not Entry.objects.exists()

    commands.approve(submission, by=person("webmaster"), seen=submission.sha)
    entry = Entry.objects.get()
    assert entry.document_id == submission.sha
    assert entry.people == [person(n).pk for n in ("author.parks", "editor.parks", "webmaster")]
    reading = log.read(item.pk, "public")
    assert reading is not None and reading.title == "Trolleys"
    subjects = list(Letter.objects.values_list("to", "subject"))
    assert any(to == person("editor.parks").email and "Waits for you" in s for to, s in subjects)
    assert any(to == person("webmaster").email and "Waits for you" in s for to, s in subjects)
    told = (
        Letter.objects.filter(to=person("author.parks").email).order_by("id").values_list("body", flat=True)
    )
    assert [letter.splitlines()[:2] for letter in told] == [
        ["editor.parks (editor) decided: approved.", "It goes on to the webmaster."],
        ["webmaster (webmaster) decided: approved.", "It is live now."],
    ]


def test_refused_at_each_door_and_nothing_is_written(parks: Any) -> None:
    item = begin(parks, person("author.parks"), title="Trolleys")
    submission = commands.submit([item], by=person("author.parks"))
    for name, code in {
        "author.parks": "own-text",
        "editor.finance": "not-an-editor",
        "webmaster": "not-an-editor",
        "admin": "not-an-editor",
    }.items():
        assert refused(commands.approve, submission, by=person(name), seen=submission.sha) == code
    assert not submission.verdicts.exists() and not Permit.objects.exists()
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    assert refused(commands.approve, submission, by=person("editor.parks"), seen=submission.sha) == (
        "acted-before"
    )
    commands.approve(submission, by=person("webmaster"), seen=submission.sha)
    second = refused(commands.approve, submission, by=person("webmaster2"), seen=submission.sha)
    assert second == "already-decided"
    assert Entry.objects.count() == 1


def test_an_editor_who_wrote_a_word_cannot_approve(parks: Any) -> None:
    item = begin(parks, person("author.parks"))
    write(item, person("editor.parks"), text="Other words.")
    submission = commands.submit([item], by=person("author.parks"))
    assert refused(commands.approve, submission, by=person("editor.parks"), seen=submission.sha) == (
        "own-text"
    )
    commands.approve(submission, by=person("editor2.parks"), seen=submission.sha)


def test_writers_are_free_again_once_their_text_has_passed_review(parks: Any) -> None:
    item = begin(parks, person("author.parks"))
    write(item, person("editor2.parks"), text="Words of the second editor.")
    publish(item)
    write(item, person("author2.parks"), text="Quite other words.")
    submission = commands.submit([item], by=person("author2.parks"))
    commands.approve(submission, by=person("editor2.parks"), seen=submission.sha)


def test_sent_back_with_a_reason_starts_again_at_the_department(parks: Any) -> None:
    item = begin(parks, person("author.parks"))
    submission = commands.submit([item], by=person("author.parks"))
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    commands.send_back(submission, by=person("webmaster"), seen=submission.sha, reason="Too long.")
    letter = Letter.objects.filter(to=person("author.parks").email).order_by("id").last()
    assert letter is not None
    assert letter.body.startswith("webmaster (webmaster) decided: sent back.\nReason: Too long.\n")
    write(item, person("author.parks"), text="Short.")
    again = commands.submit([item], by=person("author.parks"))
    assert again.stage == "department"


def test_nothing_is_submitted_when_somebody_unknown_wrote(parks: Any) -> None:
    item = begin(parks, person("author.parks"))
    write(item, None, text="Words from nowhere.")
    assert refused(commands.submit, [item], by=person("author.parks")) == "unknown-writer"
    commands.note_unknown_writer(item, person("author2.parks"), by=person("webmaster"))
    commands.submit([item], by=person("author.parks"))
    assert not Writing.objects.filter(person=None).exists()


def test_what_is_missing_is_listed(parks: Any) -> None:
    item = begin(parks, person("author.parks"), title="", text="")
    with pytest.raises(Refused) as caught:
        commands.submit([item], by=person("author.parks"))
    assert caught.value.refusal.details == ("A title is missing.", "The text is missing.")
    assert not Submission.objects.exists()


def test_nobody_else_can_act_is_said_at_submission(parks: Any) -> None:
    planning = department("planning")
    item = begin(planning, person("author.planning"))
    person("editor.planning")
    write(item, person("editor.planning"), text="Mine as well.")
    assert refused(commands.submit, [item], by=person("author.planning")) == "no-editor"
    assert not Submission.objects.exists()


def test_an_address_is_reserved_until_the_submission_ends(parks: Any) -> None:
    first = begin(parks, person("author.parks"), slug="trolleys")
    second = begin(parks, person("author.parks"), slug="trolleys")
    waiting = commands.submit([first], by=person("author.parks"))
    assert refused(commands.submit, [second], by=person("author2.parks")) == "address-taken"
    commands.take_back(waiting, by=person("author.parks"))
    commands.submit([second], by=person("author2.parks"))


def test_a_parent_is_published_or_comes_along(parks: Any) -> None:
    parent = begin(parks, person("author.parks"), slug="streets")
    child = begin(parks, person("author.parks"), slug="trolleys", parent=str(parent.pk))
    assert refused(commands.submit, [child], by=person("author.parks")) == "parent-missing"
    bundle = commands.submit([child, parent], by=person("author.parks"))
    commands.approve(bundle, by=person("editor.parks"), seen=bundle.sha)
    commands.approve(bundle, by=person("webmaster"), seen=bundle.sha)
    assert Current.objects.get(pk=child.pk).path == "/leaflets/streets/trolleys/"
    assert [e.item_id for e in Entry.objects.order_by("seq")] == [parent.pk, child.pk]


def test_a_submission_composed_before_a_correction_cannot_undo_it(parks: Any) -> None:
    price = fee("Permit", "25.00")
    item = begin(parks, person("author.parks"), facts=[price])
    publish(item)
    write(item, person("author.parks"), facts=[{**price, "amount": "26.00"}])
    waiting = commands.submit([item], by=person("author.parks"))
    commands.approve(waiting, by=person("editor.parks"), seen=waiting.sha)
    commands.move(item, by=person("webmaster2"), reason="Clearer", slug="permits")
    assert refused(commands.approve, waiting, by=person("webmaster"), seen=waiting.sha) == "stale"
    assert (
        refused(commands.send_back, waiting, by=person("webmaster"), seen=waiting.sha, reason="Old")
        == "stale"
    )
    write(item, person("author.parks"), slug="permits")
    again = commands.compose_again(waiting, by=person("author.parks"))
    assert again.stage == "department" and again.previous == waiting
    (looked_at,) = queries.review(again)
    assert looked_at.since is not None
    assert [c["new"] for c in looked_at.difference["facts"]] == ["Permit: £26"]


def test_a_quoted_fact_cannot_be_removed(parks: Any) -> None:
    price = fee("Permit", "25.00")
    item = begin(parks, person("author.parks"), facts=[price])
    publish(item)
    quote = {"item": str(item.pk), "key": price["key"]}
    paper = begin(parks, person("author.parks"), kind="paper", title="What is it?", quotes=[quote])
    publish(paper)
    write(item, person("author.parks"), facts=[])
    assert refused(commands.submit, [item], by=person("author.parks")) == "fact-quoted"
    assert refused(commands.ask_withdrawal, item, by=person("author.parks"), reason="Gone") == "fact-quoted"


def test_a_withdrawal_is_seen_by_three_people_too(parks: Any) -> None:
    item = begin(parks, person("author.parks"), slug="old")
    instead = begin(parks, person("author.parks"), slug="new")
    publish(item)
    publish(instead)
    asked = commands.ask_withdrawal(
        item, by=person("author.parks"), reason="It moved to the county.", instead=instead
    )
    commands.approve(asked, by=person("editor.parks"), seen=asked.sha)
    commands.approve(asked, by=person("webmaster"), seen=asked.sha)
    reading = log.read_path("/leaflets/old/")
    assert reading is not None and reading.status == "withdrawn"
    assert reading.reason == "It moved to the county."
    assert reading.instead is not None and reading.instead.path == "/leaflets/new/"
    letters = Letter.objects.order_by("-id")
    told, asked_for = (letters.filter(to=person(n).email)[0].body for n in ("author.parks", "webmaster"))
    assert "It is withdrawn now." in told
    assert "asks for the withdrawal of" in asked_for and "It moved to the county." in asked_for


def test_the_texts_of_one_bundle_belong_to_one_department(parks: Any) -> None:
    person("author.finance")
    ours = begin(parks, person("author.parks"))
    theirs = begin(department("finance"), person("author.finance"))
    assert refused(commands.submit, [ours, theirs], by=person("author.parks")) == "several-departments"
