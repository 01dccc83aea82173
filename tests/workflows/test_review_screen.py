"""The screens of review and of debts, through a browser without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms.publications.models import Current, Entry
from tests.kinds import write
from tests.people import person
from workflows import commands, standing
from workflows.models import Debt, Submission
from workflows.vocabulary import Deed, State

from .screens import STRANGERS, decide, do, home, see
from .stories import at_browser, at_webmaster, corrected_at_once, published, staffed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Iterator[None]:
    with staffed():
        yield


def test_the_review_screen_answers_at_one_glance() -> None:
    item = published()
    write(item, person("author2.parks"), title="Carts", text="Some other text.")
    submission = submitted(item, note="A better name.")
    shown = see("editor.parks", "workflows_review", submission.pk)
    for words in (
        "author2.parks", "A better name.", "What readers will see", "What changed", "Nothing found",
        "Approve, and pass it to the webmaster", "Send back to the author", submission.sha,
        reverse("workflows_rendered", args=[submission.pk, item.pk]),
    ):  # fmt: skip
        assert words in shown, words
    assert "<del>" in shown
    assert "removed:" in shown
    assert "added:" in shown
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    later = see("webmaster", "workflows_review", submission.pk)
    assert "Approve, and publish it now" in later
    assert "editor.parks" in later


def test_three_people_through_the_screens() -> None:
    submission = submitted()
    answer = decide("editor.parks", submission, "approve")
    assert answer.url == reverse("workflows_waiting")
    assert not Entry.objects.exists()
    decide("webmaster", submission, "approve")
    assert Entry.objects.get().document_id == submission.sha


def test_those_who_cannot_decide_read_why_instead_of_buttons() -> None:
    submission = submitted()
    own = see("author.parks", "workflows_review", submission.pk)
    assert "You wrote part of this text" in own
    assert 'value="approve"' not in own
    assert 'value="take_back"' in own
    assert 'value="compose_again"' not in own
    early = see("webmaster", "workflows_review", submission.pk)
    assert "This waits for an editor" in early
    assert 'value="approve"' not in early


@pytest.mark.parametrize("name", STRANGERS)
def test_to_others_no_screen_is_there(name: str) -> None:
    submission, live = submitted(), published()
    item = submission.documents.get().item
    for view, args in (
        ("workflows_review", [submission.pk]),
        ("workflows_submit", [item.pk]),
        ("workflows_withdraw", [live.pk]),
        ("workflows_move", [live.pk]),
        ("workflows_history", [live.pk]),
    ):
        see(name, view, *args, status=404)
        data = {"deed": "approve", "seen": submission.sha, "reason": "Why not.", "slug": "other"}
        assert do(name, view, *args, **data).status_code == 404
    see(name, "workflows_rendered", submission.pk, item.pk, status=404)
    submission.refresh_from_db()
    assert submission.is_open
    assert not submission.verdicts.exists()
    assert Current.objects.get(pk=live.pk).slug != "other"


def test_agents_do_not_enter_the_admin() -> None:
    submission = submitted()
    for answer in (
        at_browser("agent1").get(reverse("workflows_review", args=[submission.pk])),
        decide("agent1", submission, "approve"),
        Client().get(reverse("workflows_waiting")),
    ):
        assert answer.status_code == 302
        assert "login" in answer.url
    assert not submission.verdicts.exists()


@pytest.mark.parametrize("name", ["author.parks", "author2.parks", "webmaster", "supervisor"])
def test_a_click_without_the_right_is_refused_in_a_sentence(name: str) -> None:
    submission = submitted()
    answer = decide(name, submission, "approve")
    assert answer.status_code == 403
    assert 'class="messages"' in answer.content.decode()
    assert not submission.verdicts.exists()


def test_a_second_webmaster_gets_a_sentence_and_keeps_what_was_typed() -> None:
    submission = at_webmaster()
    decide("webmaster", submission, "approve")
    answer = decide("webmaster2", submission, "send_back", reason="The comma is wrong.")
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "decided already" in shown
    assert "The comma is wrong." in shown
    assert Entry.objects.count() == 1


def test_sending_back_asks_for_a_reason() -> None:
    submission = submitted()
    answer = decide("editor.parks", submission, "send_back", reason="  ")
    assert answer.status_code == 422
    assert "Say why you send it back" in answer.content.decode()
    decide("editor.parks", submission, "send_back", reason="The fee is wrong.")
    submission.refresh_from_db()
    assert submission.state == "sent_back"
    assert "The fee is wrong." in see("author.parks", "workflows_review", submission.pk)


def test_another_text_than_the_one_seen_is_refused_and_the_reason_kept() -> None:
    submission = submitted()
    answer = decide("editor.parks", submission, "send_back", seen="0" * 64, reason="The fee is wrong.")
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "not the text that you saw" in shown
    assert "The fee is wrong." in shown
    assert not submission.verdicts.exists()


def test_a_deed_that_does_not_exist_does_nothing() -> None:
    submission = submitted()
    assert decide("editor.parks", submission, "publish").status_code == 422
    assert do("editor.parks", "workflows_review", submission.pk).status_code == 422


def test_csrf_is_on() -> None:
    submission, live = submitted(), published()
    for name, view, pk in (
        ("editor.parks", "workflows_review", submission.pk),
        ("author.parks", "workflows_withdraw", live.pk),
        ("webmaster", "workflows_move", live.pk),
    ):
        client = at_browser(name, enforce_csrf_checks=True)
        data = {"deed": "approve", "seen": submission.sha, "reason": "x"}
        assert client.post(reverse(view, args=[pk]), data).status_code == 403
    assert not submission.verdicts.exists()


def test_stale_texts_are_composed_again_by_their_author() -> None:
    item = published()
    write(item, person("author.parks"), text="A draft.")
    submission = submitted(item)
    commands.move(item, by=person("webmaster2"), reason="Shorter.", slug="carts")
    write(item, person("author.parks"), slug="carts")
    refused = decide("editor.parks", submission, "approve")
    assert refused.status_code == 409
    assert "composed again" in refused.content.decode()
    shown = see("author.parks", "workflows_review", submission.pk)
    assert 'value="compose_again"' in shown
    assert "something else happened" in shown
    answer = decide("author.parks", submission, "compose_again")
    again = Submission.objects.get(previous=submission)
    assert answer.url == reverse("workflows_review", args=[again.pk])
    both = see("editor.parks", "workflows_review", again.pk)
    assert "What happened since it was first sent" in both
    assert "What this would change now" in both


def test_the_frame_shows_the_document_and_runs_nothing() -> None:
    submission = submitted()
    item = submission.documents.get().item
    url = reverse("workflows_rendered", args=[submission.pk, item.pk])
    answer = at_browser("editor.parks").get(url)
    assert b"Trolleys" in answer.content
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert 'sandbox="allow-same-origin"' in see("editor.parks", "workflows_review", submission.pk)
    other = published()
    see("editor.parks", "workflows_rendered", submission.pk, other.pk, status=404)


def framed(submission: Submission) -> str:
    """What the frame says about the text in it, on the screen whose heading agrees."""
    item = submission.documents.get().item
    frame = see("editor.parks", "workflows_rendered", submission.pk, item.pk)
    return frame.removeprefix("<p>").split("</p>")[0]


def test_the_frame_says_what_is_true_of_the_text_in_each_state() -> None:
    today = date_format(timezone.localtime(), "l j F Y")
    submission = submitted()
    assert framed(submission) == "Waits for approval: readers don't see this text yet"
    commands.send_back(submission, by=person("editor.parks"), seen=submission.sha, reason="Which fee?")
    assert framed(submission) == f"Sent back on {today}: this text was not published"
    assert "What was sent back" in see("editor.parks", "workflows_review", submission.pk)
    item = published()
    carried_out = Submission.objects.get(documents__item=item)
    assert framed(carried_out) == f"Published on {today}"
    assert "What was published" in see("editor.parks", "workflows_review", carried_out.pk)
    going = commands.ask_withdrawal(item, by=person("author.parks"), reason="It ended.")
    assert framed(going) == "Published now: readers lose this when the withdrawal is approved"
    commands.take_back(going, by=person("author.parks"))
    assert framed(going) == f"The withdrawal was taken back on {today}: readers kept this"
    gone = commands.ask_withdrawal(item, by=person("author.parks"), reason="It ended.")
    commands.approve(gone, by=person("editor.parks"), seen=gone.sha)
    commands.approve(gone, by=person("webmaster"), seen=gone.sha)
    assert framed(gone) == f"Withdrawn on {today}"
    assert "What readers lost" in see("editor.parks", "workflows_review", gone.pk)


def test_every_state_of_every_deed_has_its_sentence() -> None:
    assert set(standing.STANDINGS) == {(deed, state) for deed in Deed for state in State}


# Debts


def test_a_debt_is_ended_by_somebody_else() -> None:
    debt = Debt.objects.get(entry=corrected_at_once())
    assert "Who gets it out?" in home("editor.parks")
    own = see("champion", "workflows_debt", debt.pk)
    assert "Somebody else has to look at it" in own
    assert "<fieldset" not in own
    shown = see("editor.parks", "workflows_debt", debt.pk)
    assert "The number was wrong." in shown
    assert shown.count('type="radio"') == 3
    for stranger in ("author.finance", "editor.finance", "admin"):
        see(stranger, "workflows_debt", debt.pk, status=404)
        see(stranger, "workflows_debt_rendered", debt.pk, status=404)
        assert do(stranger, "workflows_debt", debt.pk, outcome="approved").status_code == 404
    assert do("champion", "workflows_debt", debt.pk, outcome="approved").status_code == 403
    early = do("editor.parks", "workflows_debt", debt.pk, outcome="corrected", note="I checked.")
    assert early.status_code == 409
    assert "I checked." in early.content.decode()
    assert do("editor.parks", "workflows_debt", debt.pk, note="I checked.").status_code == 422
    do("editor.parks", "workflows_debt", debt.pk, outcome="approved", note="I checked.")
    debt.refresh_from_db()
    assert debt.outcome == "approved"
    assert debt.note == "I checked."
    again = do("webmaster", "workflows_debt", debt.pk, outcome="withdrawn")
    assert again.status_code == 409
    assert "looked at already" in again.content.decode()
    assert Current.objects.get(pk=debt.item_id).status == "published"
