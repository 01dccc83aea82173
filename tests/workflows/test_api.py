"""The workflow over HTTP: the same rules as everywhere, and problems that say why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from cms.organisation.commands import create_token
from cms.publications.models import Current, Entry
from tests.kinds import fee, write
from tests.people import person
from workflows import commands
from workflows.models import Debt, Submission

from .stories import (
    STRANGERS,
    at_browser,
    at_webmaster,
    corrected_at_once,
    leaflet,
    published,
    staffed,
    submitted,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/workflow"


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Iterator[None]:
    with staffed():
        yield


def post(name: str, path: str, **body: Any) -> Any:
    return at_browser(name).post(API + path, body, content_type="application/json")


def get(name: str, path: str) -> Any:
    return at_browser(name).get(API + path)


def is_problem(response: Any, status: int) -> str:
    """Its code; it must be a problem with a sentence."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"].startswith("application/problem+json")
    body = response.json()
    assert body["status"] == status
    assert body["detail"].strip()
    return body["type"].rpartition(":")[2]


def test_three_people_over_the_api() -> None:
    item = leaflet()
    answer = post("author.parks", f"/items/{item.pk}/submit", note="Please look.")
    assert answer.status_code == 201
    pk, sha = answer.json()["id"], answer.json()["sha"]

    waiting = get("editor.parks", "/waiting").json()
    assert waiting["count"] == 1
    assert set(waiting) == {"count", "next", "previous", "results"}
    assert waiting["results"][0]["title"] == "Trolleys"
    assert get("webmaster", "/waiting").json()["count"] == 0

    assert post("editor.parks", f"/submissions/{pk}/approve", sha=sha).json()["stage"] == "webmaster"
    assert not Entry.objects.exists()
    assert post("webmaster", f"/submissions/{pk}/approve", sha=sha).json()["state"] == "published"
    assert Entry.objects.get().document_id == sha


def test_a_submission_says_all_that_a_reviewer_needs() -> None:
    item = published()
    write(item, person("author.parks"), title="Trolleys and carts", text="Other text.")
    submission = submitted(item, note="A better name.")
    body = get("editor.parks", f"/submissions/{submission.pk}").json()
    assert body["document"]["title"] == "Trolleys and carts"
    assert body["published"]["title"] == "Trolleys"
    assert {t["field"] for t in body["difference"]["texts"]} == {"title", "text"}
    assert body["since"] is None
    assert body["bundle"] == []
    assert body["note"] == "A better name."
    assert body["writers"] == ["author.parks"]
    assert body["next_step"]
    assert body["may"]["approve"] == {"allowed": True, "why_not": None}
    assert body["may"]["take_back"]["allowed"] is False
    assert body["may"]["take_back"]["why_not"]
    own = get("author.parks", f"/submissions/{submission.pk}").json()["may"]
    assert own["take_back"]["allowed"]
    assert not own["approve"]["allowed"]


def test_what_a_reviewer_should_be_warned_of() -> None:
    ended = fee("Fine", "25.00", valid_to="2020-12-31")
    submission = submitted(leaflet(facts=[ended]))
    checks = get("editor.parks", f"/submissions/{submission.pk}").json()["checks"]
    assert [c["level"] for c in checks] == ["warning"]
    assert "has ended" in checks[0]["text"]


@pytest.mark.parametrize("name", STRANGERS)
def test_for_others_a_submission_is_not_there(name: str) -> None:
    submission = submitted()
    path = f"/submissions/{submission.pk}"
    expected = 401 if name == "admin" else 404
    is_problem(get(name, path), expected)
    for deed in ("/approve", "/send-back", "/take-back", "/compose-again"):
        is_problem(post(name, path + deed, sha=submission.sha, reason="No."), expected)
    submission.refresh_from_db()
    assert submission.is_open
    assert not submission.verdicts.exists()


@pytest.mark.parametrize("name", STRANGERS)
def test_others_submit_and_withdraw_nothing(name: str) -> None:
    item, live = leaflet(), published()
    status = 401 if name == "admin" else 403
    is_problem(post(name, f"/items/{item.pk}/submit"), status)
    is_problem(post(name, f"/items/{live.pk}/withdraw", reason="Because."), status)
    assert Submission.objects.filter(state="open").count() == 0
    assert Current.objects.get(pk=live.pk).status == "published"


def test_the_author_and_the_first_approver_decide_nothing_more() -> None:
    submission = submitted()
    path = f"/submissions/{submission.pk}/approve"
    assert is_problem(post("author.parks", path, sha=submission.sha), 403) == "own-text"
    assert is_problem(post("webmaster", path, sha=submission.sha), 403) == "not-an-editor"
    post("editor.parks", path, sha=submission.sha)
    assert is_problem(post("editor.parks", path, sha=submission.sha), 403) == "acted-before"


def test_the_text_that_was_seen_is_what_counts() -> None:
    submission = submitted()
    answer = post("editor.parks", f"/submissions/{submission.pk}/approve", sha="0" * 64)
    assert is_problem(answer, 409) == "other-text"


def test_a_second_webmaster_gets_a_sentence() -> None:
    submission = at_webmaster()
    path = f"/submissions/{submission.pk}/approve"
    assert post("webmaster", path, sha=submission.sha).status_code == 200
    answer = post("webmaster2", path, sha=submission.sha)
    assert is_problem(answer, 409) == "already-decided"
    assert "webmaster" in answer.json()["detail"]
    assert Entry.objects.count() == 1


def test_each_missing_thing_is_listed() -> None:
    item = leaflet(title="", text="")
    answer = post("author.parks", f"/items/{item.pk}/submit")
    assert is_problem(answer, 422) == "incomplete"
    assert answer.json()["details"] == ["A title is missing.", "The text is missing."]


def test_sending_back_and_taking_back() -> None:
    submission = submitted()
    path = f"/submissions/{submission.pk}"
    answer = post("editor.parks", path + "/send-back", sha=submission.sha, reason=" ")
    assert is_problem(answer, 422) == "reason-missing"
    answer = post("editor.parks", path + "/send-back", sha=submission.sha, reason="The fee is wrong.")
    assert answer.json()["state"] == "sent_back"
    again = submitted(submission.documents.get().item)
    assert post("author2.parks", f"/submissions/{again.pk}/take-back").json()["state"] == "taken_back"


def test_a_page_and_the_page_above_go_together() -> None:
    above = leaflet(title="Above", slug="above")
    beneath = leaflet(slug="beneath", parent=str(above.pk))
    assert is_problem(post("author.parks", f"/items/{beneath.pk}/submit"), 409) == "parent-missing"
    answer = post("author.parks", f"/items/{beneath.pk}/submit", **{"with": [str(above.pk)]})
    body = get("editor.parks", f"/submissions/{answer.json()['id']}").json()
    assert body["document"]["title"] == "Above"
    assert [leaf["path"] for leaf in body["bundle"]] == ["/leaflets/above/beneath/"]
    gone = "00000000-0000-4000-8000-000000000000"
    answer = post("author.parks", f"/items/{leaflet().pk}/submit", **{"with": [gone]})
    assert is_problem(answer, 422) == "unknown-item"


def test_stale_submissions_are_composed_again_and_show_both_differences() -> None:
    item = published()
    write(item, person("author.parks"), text="A draft.")
    submission = submitted(item)
    commands.move(item, by=person("webmaster2"), reason="Shorter.", slug="carts")
    path = f"/submissions/{submission.pk}"
    assert get("author.parks", path).json()["stale"]
    assert is_problem(post("editor.parks", path + "/approve", sha=submission.sha), 409) == "stale"
    write(item, person("author.parks"), slug="carts")
    answer = post("author.parks", path + "/compose-again")
    assert answer.status_code == 201, answer.content
    body = get("editor.parks", f"/submissions/{answer.json()['id']}").json()
    assert body["previous"] == submission.pk
    assert body["since"] is not None
    assert (
        is_problem(post("author.parks", f"/submissions/{answer.json()['id']}/compose-again"), 409)
        == "not-stale"
    )


def test_an_author_asks_for_a_withdrawal() -> None:
    item, other = published(), published(leaflet(title="Carts"))
    answer = post("author.parks", f"/items/{item.pk}/withdraw", reason="It ended.", instead=str(other.pk))
    assert answer.status_code == 201
    assert answer.json()["deed"] == "withdraw"
    body = get("editor.parks", f"/submissions/{answer.json()['id']}").json()
    assert body["reason"] == "It ended."
    assert body["instead"] == str(other.pk)
    assert Current.objects.get(pk=item.pk).status == "published"
    assert is_problem(post("author.parks", f"/items/{other.pk}/withdraw", reason=""), 422) == "reason-missing"


def test_a_champion_withdraws_an_article_at_once_and_somebody_else_ends_the_debt() -> None:
    item = corrected_at_once().item
    first = Debt.objects.get()
    answer = post("champion", f"/items/{item.pk}/withdraw", reason="It was wrong.")
    assert answer.status_code == 201
    assert Current.objects.get(pk=item.pk).status == "withdrawn"
    debts = get("editor.parks", "/debts").json()
    assert debts["count"] == 2
    assert debts["results"][0]["may_end"]["allowed"]
    assert not get("champion", "/debts").json()["results"][0]["may_end"]["allowed"]
    for stranger in ("editor.finance", "agent1"):
        assert get(stranger, "/debts").json()["count"] == 0
        is_problem(post(stranger, f"/debts/{first.pk}/end", outcome="approved"), 404)
    assert is_problem(post("champion", f"/debts/{first.pk}/end", outcome="approved"), 403) == "own-debt"
    is_problem(post("editor.parks", f"/debts/{first.pk}/end", outcome="forgotten"), 422)
    ended = post("editor.parks", f"/debts/{first.pk}/end", outcome="corrected", note="Gone.")
    assert ended.json()["outcome"] == "corrected"
    assert ended.json()["ended_by"] == "editor.parks"
    assert is_problem(post("champion2", f"/debts/{first.pk}/end", outcome="approved"), 409) == "debt-ended"


def test_nobody_without_a_session_or_a_token() -> None:
    assert is_problem(Client().get(API + "/waiting"), 401) == "sign-in"


def test_a_token_acts_as_its_person() -> None:
    editor = person("editor.parks")
    _token, secret = create_token(editor, "script", by=editor)
    submission = submitted()
    answer = Client(enforce_csrf_checks=True).post(
        f"{API}/submissions/{submission.pk}/approve",
        {"sha": submission.sha},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200
    assert answer.json()["stage"] == "webmaster"


def test_a_session_needs_the_csrf_token() -> None:
    submission = submitted()
    client = at_browser("editor.parks", enforce_csrf_checks=True)
    path = f"{API}/submissions/{submission.pk}/approve"
    answer = client.post(path, {"sha": submission.sha}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("A session alone changes nothing. Send its CSRF token")
    assert not submission.verdicts.exists()


@pytest.mark.parametrize("body", ["{", "[]", '{"sha": 5}', "{}"])
def test_what_cannot_be_understood(body: str) -> None:
    submission = submitted()
    path = f"{API}/submissions/{submission.pk}/approve"
    answer = at_browser("editor.parks").post(path, body, content_type="application/json")
    assert 400 <= answer.status_code < 500
