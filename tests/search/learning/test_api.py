"""What the API counts, what can be reported over it, and that none of it can hurt."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError
from django.test import Client

from cms.publications.models import Item
from search.learning import commands, queries
from search.learning.models import Question, Running, Use
from search.learning.tokens import sign
from tests.people import person
from tests.search.publishing import article, service

from .asking import counted, told
from .conftest import Clock

pytestmark = pytest.mark.usefixtures("the_log")
PUBLIC = "/api/v1/public/search"
AGENT = "/api/v1/agent/search"


@pytest.fixture
def agent() -> Client:
    client = Client()
    client.force_login(person("agent1"))
    return client


def search(client: Client, text: str, base: str = PUBLIC, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(base, {"q": text, **more}).json()
    return answer


def report(client: Client, address: str, **body: Any) -> Any:
    return client.post(address, {k: str(v) for k, v in body.items()}, content_type="application/json")


def test_a_search_is_counted_once_and_not_its_further_pages(client: Client) -> None:
    service("Bins")
    for more in ({}, {"offset": 1}, {"limit": 0}, {"type": "service"}, {"department": "parks"}):
        search(client, "bins", **more)
    search(client, "snow")
    client.get(PUBLIC, {"q": "bins"}, headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(PUBLIC, {"q": "bins"})
    assert counted() == [("bins", 1, 0, 0), ("snow", 1, 1, 0)]


def test_typing_counts_nothing_by_itself(agent: Client) -> None:
    for text in ("b", "bi", "bin"):
        assert search(agent, text, AGENT, typing="true")["search"]
    search(agent, "bins", AGENT)
    assert counted() == [("bins", 1, 1, 0)]


def test_what_tells_who_asked_is_neither_kept_nor_sent_back(client: Client) -> None:
    answer = search(client, "bsn 123456782 permit vera@example.org")
    assert [row[0] for row in counted()] == ["bsn … permit …"]
    assert not Question.objects.filter(key__contains="123456782").exists()
    assert search(client, "123456782")["search"] == ""
    assert report(client, f"{PUBLIC}/used", search=answer["search"], item=uuid4()).status_code == 422


def test_opening_a_result_is_reported_by_its_answer(client: Client) -> None:
    bins = service("Bins")
    answer = search(client, "bins")
    response = report(client, f"{PUBLIC}/used", search=answer["search"], item=bins.pk)
    assert (response.status_code, response.content) == (204, b"")
    assert counted() == [("bins", 1, 0, 1)]
    assert set(queries.used("bin", audience="public")) == {bins.pk}


def test_nobody_reports_what_never_was(client: Client, agent: Client) -> None:
    bins, tips, words = service("Bins"), service("Tips"), article("Bins")
    public, staff = search(client, "bins")["search"], search(agent, "bins", AGENT)["search"]
    for token, item in (
        ("forged", bins.pk),
        (public + "x", bins.pk),
        (public, tips.pk),
        (public, words.pk),
        (public, UUID(int=0)),
        (staff, bins.pk),
    ):
        response = report(client, f"{PUBLIC}/used", search=token, item=item)
        assert response.status_code == 422
        assert response["Content-Type"] == "application/problem+json"
    assert report(agent, f"{AGENT}/used", search=public, item=bins.pk).status_code == 422
    assert report(agent, f"{AGENT}/asked", search=public, window=uuid4(), step=1).status_code == 422
    assert report(client, f"{PUBLIC}/used", search="x" * 3000, item=bins.pk).status_code == 422
    assert report(client, f"{PUBLIC}/used", search=public, item=bins.pk, how="loved").status_code == 422
    assert not Use.objects.exists()


def test_reporting_a_thousand_times_changes_little(client: Client) -> None:
    bins = service("Bins")
    token = search(client, "bins")["search"]
    for _time in range(30):
        report(client, f"{PUBLIC}/used", search=token, item=bins.pk, how="answered")
    assert counted() == [("bins", 1, 0, 1)]
    assert queries.used("bin", audience="public")[bins.pk] < 0.34


def test_a_desk_reports_its_window(agent: Client, the_clock: Clock) -> None:
    bins = service("Bins")
    window = uuid4()
    for step, text in enumerate(("b", "bin", "bins"), start=1):
        token = search(agent, text, AGENT, typing="true")["search"]
        assert report(agent, f"{AGENT}/asked", search=token, window=window, step=step).status_code == 204
    used = {"search": token, "item": bins.pk, "window": window}
    report(agent, f"{AGENT}/used", **used, step=4)
    report(agent, f"{AGENT}/used", **used, step=5, how="answered")
    the_clock.pass_(minutes=31)
    commands.tidy()
    assert counted() == [("bins", 1, 0, 1)]
    assert Use.objects.get().points == 4


def test_another_desktop_may_report_without_a_window(agent: Client) -> None:
    words = article("Bins")
    token = search(agent, "bins", AGENT)["search"]
    assert report(agent, f"{AGENT}/used", search=token, item=words.pk).status_code == 204
    assert counted() == [("bins", 1, 0, 1)]
    assert not Running.objects.exists()


def test_no_other_site_reports_in_the_name_of_an_agent() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("agent1"))
    token = sign(told("bins"))
    response = report(client, f"{AGENT}/asked", search=token, window=uuid4(), step=1)
    assert response.status_code == 403
    assert not Running.objects.exists()


@pytest.mark.parametrize("step", [0, -1, 2**31, "x"])
def test_steps_are_numbers_that_a_column_holds(agent: Client, step: object) -> None:
    token = sign(told("bins"))
    assert report(agent, f"{AGENT}/asked", search=token, window=uuid4(), step=step).status_code == 422


def test_a_count_that_fails_fails_no_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError

    bins = service("Bins")
    monkeypatch.setattr("search.learning.asking.count_search", fails)
    monkeypatch.setattr("search.learning.commands.count_use", fails)
    answer = client.get(PUBLIC, {"q": "bins"})
    assert answer.status_code == 200
    token = answer.json()["search"]
    assert report(client, f"{PUBLIC}/used", search=token, item=bins.pk).status_code == 204


def test_the_answer_is_out_before_it_is_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The view has returned, and the server closes the answer when it has sent it."""
    from django.http import HttpResponse

    order: list[str] = []
    close = HttpResponse.close
    monkeypatch.setattr("search.learning.asking.count_search", lambda told: order.append("counted"))

    def closing(response: HttpResponse) -> None:
        order.append("sent")
        close(response)

    monkeypatch.setattr(HttpResponse, "close", closing)
    search(client, "bins")
    assert order == ["sent", "counted"]


def _worth(client: Client, question: str, staff: bool, bins: Item) -> list[Any]:
    """What the public gets, after staff used and taught whatever they wanted, or nothing."""
    answers = [client.get(PUBLIC, {"q": question}).json()]
    if staff:
        desk = Client()
        desk.force_login(person("agent1"))
        for _time in range(9):
            token = search(desk, question, AGENT)["search"]
            report(desk, f"{AGENT}/used", search=token, item=bins.pk, how="answered")
    answers.append(client.get(PUBLIC, {"q": question}).json())
    answers.append(client.get("/api/v1/public/suggest", {"q": question}).json())
    answers.append(dict(queries.used("bin", audience="public")))
    for answer in answers:
        answer.pop("took_ms", None)
    return answers


def test_what_the_public_gets_never_depends_on_what_staff_do(client: Client) -> None:
    bins = service("Bins")
    service("Bins and more bins")
    assert _worth(client, "bins", False, bins) == _worth(client, "bins", True, bins)
    first, again = (client.get(PUBLIC, {"q": "bins"}).json()["search"] for _time in range(2))
    assert first == again  # nor on who asks, or how often
