"""One answer, from the author's desk to the citizen's screen and the agent's ear, through HTTP alone."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cms.core import clock

from .town import Listener, Town, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("town")]
CODE, TITLE = "1152", "Trolleys left in the street"
APPROVE = {"deed": "approve"}


def rich(text: str) -> str:
    """What the rich text editor sends for a paragraph."""
    block = {
        "key": "aaaaa",
        "type": "unstyled",
        "text": text,
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


def rows(name: str, *values: dict[str, str]) -> dict[str, str]:
    """The fields of an inline form with these rows."""
    fields = {f"{name}-TOTAL_FORMS": str(len(values)), f"{name}-INITIAL_FORMS": "0"}
    for number, value in enumerate(values):
        more = {"id": "", "ORDER": str(number + 1), "DELETE": ""}
        fields |= {f"{name}-{number}-{key}": text for key, text in {**value, **more}.items()}
    return fields


def service_form() -> dict[str, Any]:
    """What the author types: every fact that is asked for."""
    return {
        "title": TITLE,
        "slug": "trolleys-left-in-the-street",
        "summary": "Tell us about a trolley in a street, park or canal, and we take it away.",
        "purpose": rich("We collect trolleys and bring them back to their shops."),
        "who_for": rich("Anyone can report one."),
        "what_to_bring": rich("The street, and a photo if you have one."),
        **rows(
            "fees",
            {
                "label": "Report",
                "amount": "0",
                "currency": "GBP",
                "condition": "",
                "key": "",
                "valid_from": "",
                "valid_to": "",
            },
        ),
        **rows(
            "processing_times",
            {
                "label": "Collection",
                "amount": "3",
                "unit": "working_days",
                "condition": "",
                "key": "",
                "valid_from": "",
                "valid_to": "",
            },
        ),
        **rows(
            "channels",
            {
                "kind": "online",
                "can_do": "transaction",
                "label": "Report it online",
                "address": "https://my.marhaven.example/trolley",
                "place": "",
                "contact_point": "",
            },
        ),
        **rows(
            "tasks",
            {
                "kind": "report",
                "label": "Report a trolley",
                "state": "working",
                "url": "https://my.marhaven.example/trolley",
            },
        ),
        "steps-count": "1",
        "steps-0-deleted": "",
        "steps-0-order": "0",
        "steps-0-type": "step",
        "steps-0-id": "",
        "steps-0-value-title": "Say where it is",
        "steps-0-value-text": rich("A street and a house number are enough."),
        "handling_class": "A",
        "review_on": (clock.today() + timedelta(days=365)).isoformat(),
        "target_groups": ["residents"],
    }


def start_and_submit(town: Town) -> tuple[Visitor, str, str]:
    """The author starts from the service list, writes and sends. Returns the author, the item, the edit page."""
    author = Visitor(town, "author.parks")
    listed = author.get("/admin/service-lists/", params={"q": CODE})
    form = author.submit(listed, {}, containing="/admin/start/")
    assert re.search(r"/admin/pages/\d+/edit/$", str(form.url)), form.url
    again = author.submit(listed, {}, containing="/admin/start/")
    assert again.url == form.url, "a double click starts one page"

    nothing = {"steps-count": "0", "next": ""}
    empty = author.submit(form, nothing, button="action-send-for-approval")
    assert "Give at least one channel" in empty.text, "what is missing is listed"
    form = author.get(str(form.url))
    sending = author.submit(form, service_form(), button="action-send-for-approval")
    found = re.search(r"/admin/items/([0-9a-f-]{36})/submit/", str(sending.url))
    assert found, (sending.url, sending.status_code)
    sent = author.submit(sending, {"note": "Please look."})
    assert sent.status_code == 200, sent.text[-500:]
    return author, found.group(1), str(form.url)


def waiting_at(visitor: Visitor, item: str) -> str | None:
    """The address of the review of an item on the person's first screen."""
    answer = visitor.api("GET", "/workflow/waiting").json()
    found = [row for row in answer.get("results", []) if item in json.dumps(row)]
    return f"/admin/approval/{found[0]['id']}/" if found else None


@pytest.fixture(scope="module")
def story(town: Town) -> dict[str, Any]:
    """The story up to publication; the tests below look at it from each side."""
    told: dict[str, Any] = {"before": datetime.now(UTC)}
    agent1, agent2 = town.token("agent1"), town.token("agent2")
    told |= {"agent1": agent1, "agent2": agent2}
    author, item, edit = start_and_submit(town)
    told |= {"item": item, "author": author, "edit": edit}
    people = {
        n: Visitor(town, n) for n in ("editor.parks", "editor.finance", "webmaster", "webmaster2", "admin")
    }
    told["people"] = people

    review = waiting_at(people["editor.parks"], item)
    assert review, "it waits for the editor of the department"
    told["review"] = review
    number = review.strip("/").split("/")[-1]
    told["number"] = number
    assert all(waiting_at(people[n], item) is None for n in ("editor.finance", "webmaster", "admin"))
    sha = people["editor.parks"].api("GET", f"/workflow/submissions/{number}").json()["sha"]
    refused = {
        name: visitor.api("POST", f"/workflow/submissions/{number}/approve", json={"sha": sha}).status_code
        for name, visitor in {**people, "author.parks": author}.items()
        if name != "editor.parks"
    }
    told["refused"] = refused

    screen = people["editor.parks"].get(review)
    told["screen"] = screen.text
    with Listener(town, agent1) as ear:
        told["cursor"] = people["editor.parks"].api("GET", "/agent/updates").json()
        approved = people["editor.parks"].submit(screen, APPROVE, containing='name="seen"')
        assert approved.status_code == 200
        assert waiting_at(people["editor.parks"], item) is None
        second = people["webmaster2"].get(review)
        last = people["webmaster"].get(review)
        told["before_publication"] = datetime.now(UTC)
        published = people["webmaster"].submit(last, APPROVE, containing='name="seen"')
        assert published.status_code == 200
        told["update"] = ear.next_about(item)
        told["late_click"] = people["webmaster2"].submit(second, APPROVE, containing='name="seen"').text
    return told


def test_the_wrong_people_are_refused_at_each_door(story: dict[str, Any]) -> None:
    assert set(story["refused"].values()) <= {401, 403, 404}, story["refused"]
    assert set(story["refused"]) == {"editor.finance", "webmaster", "webmaster2", "admin", "author.parks"}


def test_the_reviewer_sees_what_readers_will_get(story: dict[str, Any]) -> None:
    assert TITLE in story["screen"] and "3 working days" in story["screen"]


def test_a_second_webmasters_click_gets_a_sentence(story: dict[str, Any]) -> None:
    assert "decided already" in story["late_click"]


def test_a_citizen_reads_and_finds_it(town: Town, story: dict[str, Any]) -> None:
    citizen = Visitor(town)
    answer = citizen.get(f"/api/v1/public/items/{story['item']}")
    assert answer.status_code == 200
    body = answer.json()
    assert body["title"] == TITLE
    assert not {"people", "author", "approved_by"} & set(body), "who wrote it is nobody's business"
    page = citizen.get(body["url"])
    assert page.status_code == 200 and TITLE in page.text and "3 working days" in page.text
    etag = answer.headers["ETag"]
    assert (
        citizen.get(f"/api/v1/public/items/{story['item']}", headers={"If-None-Match": etag}).status_code
        == 304
    )
    by_path = citizen.get("/api/v1/public/items/by-path", params={"path": body["url"]})
    assert by_path.json()["id"] == story["item"]
    for address in ("/api/v1/public/search", "/search/"):
        found = citizen.get(address, params={"q": "trolley"})
        assert found.status_code == 200 and TITLE in found.text
    hit = citizen.get("/api/v1/public/search", params={"q": "trolley"}).json()
    assert hit["corrected"] is None and hit["results"][0]["id"] == story["item"]


def test_the_open_desk_has_heard_it(story: dict[str, Any]) -> None:
    assert story["update"]["title"] == TITLE
    assert story["update"]["kind"] == "published"


def test_who_connects_later_finds_it_once(town: Town, story: dict[str, Any]) -> None:
    epoch, _dash, seq = story["update"]["cursor"].partition("-")
    before = f"{epoch}-{int(seq) - 1}"
    with Listener(town, story["agent2"], last_event_id=before) as ear:
        update = ear.next_about(story["item"])
        assert update["cursor"] == story["update"]["cursor"]
        assert ear.seen.count(update["cursor"]) == 1
    later = {"Authorization": f"Bearer {story['agent2']}"}
    visitor = Visitor(town)
    listed = visitor.get("/api/v1/agent/updates", params={"after": before}, headers=later).json()["results"]
    assert [u["item"] for u in listed].count(story["item"]) == 1
    for expected in (200, 200):
        done = visitor.http.post(f"/api/v1/agent/updates/{update['cursor']}/ack", headers=later)
        assert done.status_code == expected


def test_before_that_moment_it_said_nothing(town: Town, story: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {story['agent1']}"}
    visitor = Visitor(town)
    address = f"/api/v1/agent/items/{story['item']}"
    then = visitor.get(address, params={"at": story["before_publication"].isoformat()}, headers=headers)
    now = visitor.get(address, params={"at": datetime.now(UTC).isoformat()}, headers=headers)
    assert (then.status_code, now.status_code) == (404, 200)
    assert then.headers["Content-Type"].startswith("application/problem+json")


def test_an_urgent_correction_leaves_the_waiting_draft_alone(town: Town, story: dict[str, Any]) -> None:
    champion, author = Visitor(town, "champion"), Visitor(town, "author.parks")
    listed = champion.api("GET", "/agent/items", params={"type": "article", "department": "parks"}).json()
    article = listed["results"][0]["id"]
    now = champion.api("GET", f"/agent/items/{article}").json()
    index = author.get("/admin/snippets/articles/article/", params={"q": now["title"]})
    edit = re.search(r'href="(/admin/snippets/articles/article/edit/\d+/)"', index.text)
    assert edit, index.text[:500]
    form = author.get(edit.group(1))
    sending = author.submit(
        form, {"pass_on": "WORDS OF THE DRAFT that nobody has seen yet."}, button="action-send-for-approval"
    )
    sent = author.submit(sending, {"note": ""})
    assert sent.status_code == 200
    waiting = Visitor(town, "editor.parks")
    review = waiting_at(waiting, article)
    assert review, "the draft waits"

    for wrong in ({"reason": ""}, {"based_on": "1-1"}):
        body = {"reason": "Wrong number", "based_on": now["cursor"], "internal_contacts": "Ext. 9", **wrong}
        assert champion.api("POST", f"/workflow/items/{article}/publish-urgent", json=body).status_code >= 400
    with Listener(town, story["agent1"]) as ear:
        done = champion.api(
            "POST",
            f"/workflow/items/{article}/publish-urgent",
            json={
                "reason": "The number is wrong.",
                "based_on": now["cursor"],
                "internal_contacts": "Extension 4711.",
            },
        )
        assert done.status_code == 200, done.text
        update = ear.next_about(article)
    assert update["lane"] == "urgent" and "4711" in json.dumps(update)
    corrected = champion.api("GET", f"/agent/items/{article}").json()
    assert "4711" in json.dumps(corrected) and "WORDS OF THE DRAFT" not in json.dumps(corrected)

    number = review.strip("/").split("/")[-1]
    sha = waiting.api("GET", f"/workflow/submissions/{number}").json()["sha"]
    stale = waiting.api("POST", f"/workflow/submissions/{number}/approve", json={"sha": sha})
    assert stale.status_code == 409 and "urgent" in stale.json()["detail"]
    assert "4711" in json.dumps(champion.api("GET", f"/agent/items/{article}").json())
    again = author.api("POST", f"/workflow/submissions/{number}/compose-again", json={"sha": sha})
    assert again.status_code == 201, again.text
    anew = waiting.api("GET", f"/workflow/submissions/{again.json()['id']}").json()
    assert "4711" in json.dumps(anew), "both differences are shown"


def test_bad_searches_are_answered(town: Town) -> None:
    citizen = Visitor(town)
    for text in (
        "x" * 2000,
        "?!…",
        '"',
        '"bin',
        "* OR NEAR(",
        "bin AND",
        "\x00",
        "a" * 100_000,
        " ",
        "-",
        "'",
    ):
        for address in ("/api/v1/public/search", "/search/", "/api/v1/public/suggest"):
            status = citizen.get(address, params={"q": text}).status_code if len(text) < 5000 else 200
            assert status < 500, (address, text[:20], status)
