"""The first screen and the screen of sending, through a browser without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.kinds import fee, write
from tests.people import person
from workflows import commands
from workflows.models import Debt, Submission

from .screens import do, home, rows, see
from .stories import at_browser, corrected_at_once, leaflet, published, staffed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Iterator[None]:
    with staffed():
        yield


# The first screen


def test_the_first_screen_says_what_waits_and_for_whom() -> None:
    submission = submitted()
    link = reverse("workflows_review", args=[submission.pk])
    assert link in home("editor.parks")
    assert "Trolleys" in home("editor.parks")
    assert link not in home("webmaster")
    assert link not in home("editor.finance")
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    assert link in home("webmaster")
    assert link not in home("editor.parks")
    assert link in see("webmaster", "workflows_waiting")


def test_the_author_reads_the_reviewers_reason_there() -> None:
    submission = submitted()
    assert "With the department" in home("author.parks")
    commands.send_back(submission, by=person("editor.parks"), seen=submission.sha, reason="Which fee?")
    shown = home("author.parks")
    assert "Which fee?" in shown
    assert "Sent back" in shown
    assert "Edit the draft" in shown


def test_empty_lists_say_what_would_be_there() -> None:
    shown = see("author.finance", "workflows_waiting")
    for sentence in ("Nothing waits for you.", "You have sent nothing yet.", "Nothing is owed."):
        assert sentence in shown


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("author.finance", {"You have sent nothing yet."}),
        ("editor.finance", {"Nothing waits for you.", "Nothing is owed."}),
        ("champion", {"You have sent nothing yet.", "Nothing is owed."}),
        ("supervisor", {"Nothing is owed."}),
        ("admin", {"Nothing waits for you."}),
    ],
)
def test_the_first_screen_is_empty_of_what_concerns_others(name: str, told: set[str]) -> None:
    shown = home(name)
    sentences = {"Nothing waits for you.", "You have sent nothing yet.", "Nothing is owed."}
    assert {sentence for sentence in sentences if sentence in shown} == told
    assert "Your pages in a workflow" not in shown


def test_the_sidebar_counts_what_waits() -> None:
    submitted()
    assert "Waiting for you: 1 text" in home("editor.parks")
    assert "data-oa-count" not in home("webmaster")
    assert "workflows_waiting" not in home("admin")
    assert "Waiting for you: " not in home("admin")


# Sending


def test_the_submit_screen_shows_what_will_be_sent_and_sends_it() -> None:
    item = published(leaflet(facts=[fee("Fine", "25.00", key="11111111-1111-4111-8111-111111111111")]))
    write(
        item,
        person("author.parks"),
        text="Other text.",
        facts=[fee("Fine", "27.50", key="11111111-1111-4111-8111-111111111111")],
    )
    shown = see("author.parks", "workflows_submit", item.pk)
    assert "£25" in shown
    assert "£27.50" in shown
    assert '<del><span class="w-sr-only">Before: </span>£25</del>' in shown, "its name stands above it"
    assert '<ins><span class="w-sr-only">Now: </span>£27.50</ins>' in shown
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "An editor of Parks: 2 people can" in shown
    answer = do("author.parks", "workflows_submit", item.pk, note="The council raised it.")
    submission = Submission.objects.get(state="open")
    assert answer.url == reverse("workflows_review", args=[submission.pk])
    assert submission.note == "The council raised it."


def test_what_is_missing_is_listed_and_nothing_is_lost() -> None:
    item = leaflet(title="", text="")
    shown = see("author.parks", "workflows_submit", item.pk)
    assert "A title is missing." in shown
    assert "The text is missing." in shown
    answer = do("author.parks", "workflows_submit", item.pk, note="Nearly done.")
    assert answer.status_code == 422
    assert "Nearly done." in answer.content.decode()
    assert not Submission.objects.exists()


def test_an_unpublished_page_above_is_sent_together() -> None:
    above = leaflet(title="Above", slug="above")
    beneath = leaflet(slug="beneath", parent=str(above.pk))
    assert "Sent together with it: Above" in see("author.parks", "workflows_submit", beneath.pk)
    do("author.parks", "workflows_submit", beneath.pk)
    assert Submission.objects.get().documents.count() == 2


def test_looking_changes_nothing() -> None:
    item, waiting, live = leaflet(), submitted(), published()
    debt = Debt.objects.get(entry=corrected_at_once())
    before = rows()
    for name in ("author.parks", "editor.parks", "webmaster", "champion2"):
        client = at_browser(name)
        for view, pk in (
            ("workflows_submit", item.pk),
            ("workflows_submit", waiting.documents.get().item_id),
            ("workflows_review", waiting.pk),
            ("workflows_debt", debt.pk),
            ("workflows_debt_rendered", debt.pk),
            ("workflows_withdraw", live.pk),
            ("workflows_move", live.pk),
            ("workflows_history", live.pk),
        ):
            assert client.get(reverse(view, args=[pk])).status_code in (200, 404), view
    assert rows() == before
