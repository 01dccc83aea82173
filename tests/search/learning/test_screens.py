"""The report, the tasks and the champion's panel, through a browser without scripts."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from search.learning import commands
from search.learning.models import Gap
from tests.people import person
from tests.search.publishing import service

from .asking import ask, told

pytestmark = pytest.mark.usefixtures("the_log")
REPORT = "/admin/reports/unanswered-questions/"
TASKS = "/admin/search/questions/"
READERS = ["champion", "webmaster", "supervisor"]
OTHERS = ["author.parks", "editor.parks", "admin"]


def at(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def see(name: str, address: str) -> str:
    return text(at(name).get(address))


def click(name: str, question: str, audience: str = "public") -> Any:
    """“Make it a task”, and the page after it."""
    values = {"audience": audience, "key": told(question).key}
    return at(name).post(f"{TASKS}make-task/", values, follow=True)


def rows(page: str) -> list[str]:
    return re.findall(r'<td class="title"> <div class="title-wrapper">(.*?)</div>', page)


@pytest.mark.parametrize("name", READERS)
def test_what_lacks_an_answer_by_demand(name: str) -> None:
    snow = service("Snow plan")
    ask("ice", times=3)
    ask("snow", snow, times=9)
    ask("snow <b>", snow, times=7, audience="staff")
    commands.count_use(ask("grit", snow, times=20), snow.pk, how="opened", times=2)
    page = see(name, REPORT)
    assert rows(page) == ["grit", "snow", "snow &lt;b&gt;", "ice"]
    for sentence in (
        "seldom used, 2 of 20 times · on the public site",
        "nothing of it used · by staff",
        "nothing found · on the public site",
    ):
        assert sentence in page
    assert page.count("Make it a task<span") == 4
    assert REPORT in see(name, "/admin/")


@pytest.mark.parametrize("name", OTHERS)
def test_others_do_not_see_what_people_ask(name: str) -> None:
    ask("snow", times=9)
    gap = commands.open_gap(audience="public", key="snow", by=person("champion"))
    client = at(name)
    for address in (REPORT, f"{REPORT}results/", f"{REPORT}?export=csv", TASKS, f"{TASKS}{gap.pk}/"):
        response = client.get(address, follow=True)
        assert "snow" not in response.content.decode(), address
    assert client.post(f"{TASKS}make-task/", {"audience": "public", "key": "snow"}, follow=True)
    client.post(f"{TASKS}{gap.pk}/", {"answer": "1"})
    assert Gap.objects.get().state == "open"
    home = client.get("/admin/").content.decode()
    assert REPORT not in home and TASKS not in home and "Questions to answer" not in home


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["snow", "ice", "mud"]),
        ("?audience=staff", ["mud"]),
        ("?lack=nothing", ["ice", "mud"]),
        ("?lack=unused", ["snow"]),
        ("?lack=seldom", []),
        ("?task=yes", ["ice"]),
        ("?task=no", ["snow", "mud"]),
        ("?days=28", ["old", "snow", "ice", "mud"]),
        ("?days=9000&lack=x", ["snow", "ice", "mud"]),
    ],
)
def test_filters(query: str, found: list[str], the_clock: Any) -> None:
    the_clock.pass_(days=-20)
    ask("old", times=30)
    the_clock.pass_(days=20)
    ask("snow", service("Snow"), times=9)
    ask("ice", times=5)
    ask("mud", times=2, audience="staff")
    commands.open_gap(audience="public", key=told("ice").key, by=person("champion"))
    assert rows(see("champion", f"{REPORT}{query}")) == found
    assert rows(see("champion", f"{REPORT}results/{query}")) == found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_can_be_downloaded(kind: str) -> None:
    ask("snow", service("Snow"), times=9)
    ask("=cmd()", times=2, audience="staff")
    assert f"export={kind}" in see("supervisor", REPORT)
    response = at("supervisor").get(f"{REPORT}?export={kind}")
    assert f"unanswered-questions-2026-11-23.{kind}" in response["Content-Disposition"]
    content = b"".join(response)
    if kind == "xlsx":
        assert content.startswith(b"PK")
        return
    table = list(csv.reader(io.StringIO(content.decode())))
    assert table[0] == [
        "Question", "Asked", "What is missing", "Times asked", "Without a result", "Something used", "Last asked",
    ]  # fmt: skip
    assert table[1] == ["snow", "on the public site", "nothing of it used", "9", "0", "0", "2026-11-23"]
    assert table[2][0] == "'=cmd()"


def test_it_says_when_nothing_is_missing() -> None:
    assert "Nothing lacks an answer so far." in see("champion", REPORT)
    assert "Take a filter away" in see("champion", f"{REPORT}?lack=seldom")
    assert "No question is a task." in see("champion", TASKS)
    assert "No question waits for an answer." in see("champion", "/admin/")


def test_from_the_click_to_the_champions_first_screen() -> None:
    ask("snow", times=9)
    page = text(click("supervisor", "snow"))
    gap = Gap.objects.get()
    assert "“snow” is a task now." in page and page.count("Open the task<span") == 1
    text(click("supervisor", "snow"))
    assert Gap.objects.count() == 1
    home = see("champion", "/admin/")
    assert f'<a href="{TASKS}{gap.pk}/">snow</a>' in home and ">9</td>" in home
    assert "Questions to answer" not in see("webmaster", "/admin/").split("<main")[1]


def test_the_click_leads_back_to_the_list_as_it_was_filtered() -> None:
    ask("snow", times=9, audience="staff")
    page = see("champion", f"{REPORT}results/?audience=staff&_w_filter_fragment=1")
    assert 'name="back" value="audience=staff"' in page
    values = {"audience": "staff", "key": "snow", "back": "audience=staff"}
    response = at("champion").post(f"{TASKS}make-task/", values)
    assert response["Location"] == f"{REPORT}?audience=staff"


def test_what_is_not_asked_makes_no_task() -> None:
    assert "Nobody asked this lately" in text(click("champion", "never"))
    assert at("champion").get(f"{TASKS}make-task/").status_code == 405
    assert at("champion").get(f"{TASKS}77/").status_code == 404


@pytest.mark.parametrize(
    ("name", "helps"),
    [
        ("champion", ["Write an article", "Teach a synonym", "Place a bet"]),
        ("webmaster", ["Teach a synonym", "Place a bet"]),
        ("supervisor", []),
    ],
)
def test_what_helps_begins_with_the_question(name: str, helps: list[str]) -> None:
    ask("warm spaces & more", times=3)
    click("champion", "warm spaces & more")
    gap = Gap.objects.get()
    page = see(name, f"{TASKS}{gap.pk}/")
    links = re.findall(r'<a href="([^"]+)" class="button button-secondary"', page)
    assert [word for word in ("Write an article", "Teach a synonym", "Place a bet") if word in page] == helps
    assert len(links) == len(helps)
    for address in links:
        assert "warm spaces &amp; more" in see(name, address.replace("&amp;", "&"))
    assert ("It is answered" in page) is (name != "supervisor")
    assert ("A champion or a webmaster ends this" in page) is (name == "supervisor")


def test_people_find_this_now() -> None:
    ask("snow", times=3)
    click("champion", "snow")
    address = f"{TASKS}{Gap.objects.get().pk}/"
    assert "<p>Nothing.</p>" in see("champion", address)
    service("Snow plan")
    assert "<li>Snow plan</li>" in see("champion", address)


def test_declining_says_why() -> None:
    ask("snow", times=3)
    click("champion", "snow")
    gap = Gap.objects.get()
    address = f"{TASKS}{gap.pk}/"
    page = text(at("champion").post(address, {"decline": "1", "note": " "}))
    assert "Say why it gets no answer here." in page and 'aria-invalid="true"' in page
    response = at("champion").post(address, {"decline": "1", "note": "The county clears it."}, follow=True)
    assert "Done: “snow”." in text(response)
    page = see("champion", address)
    assert "<strong>Declined</strong>" in page and "The county clears it." in page
    assert "Make it a task again" in page and "It is answered" not in page
    page = text(at("champion").post(address, {"answer": "1"}))
    assert "Somebody has ended this already: declined." in page
    click("champion", "snow")
    assert Gap.objects.open().count() == 1


def test_no_sign_is_an_error() -> None:
    ask("snow", times=3)
    page = at("champion").post(f"{TASKS}make-task/", {"audience": "\0", "key": "\0"}, follow=True)
    assert "Nobody asked this lately" in text(page)
    click("champion", "snow")
    address = f"{TASKS}{Gap.objects.get().pk}/"
    assert "Say why it gets no answer here." in text(
        at("champion").post(address, {"decline": "1", "note": "\0"})
    )
    at("champion").post(address, {"decline": "1", "note": "The county\0clears it."})
    assert Gap.objects.get().note == "The county clears it."
    for query in ("?q=%00", "?state=%00", "?audience=%00"):
        assert at("champion").get(f"{TASKS}{query}").status_code == 200
    assert at("champion").get(f"{REPORT}?days=%00&lack=%00&task=%00").status_code == 200


def test_tasks_are_listed_open_ones_first() -> None:
    for question, times in (("snow", 3), ("ice", 9), ("mud", 5)):
        ask(question, times=times)
        click("champion", question)
    commands.answer_gap(Gap.objects.get(text="ice"), by=person("champion"))
    page = see("supervisor", TASKS)
    names = re.findall(rf'<a href="{TASKS}\d+/"[^>]*>\s*(\w+)', page)
    assert names == ["mud", "snow", "ice"]
    for query, found in (("?state=answered", ["ice"]), ("?q=sno", ["snow"]), ("?audience=staff", [])):
        page = text(at("supervisor").get(reverse("search_gaps:index_results") + query))
        assert re.findall(rf'<a href="{TASKS}\d+/"[^>]*>\s*(\w+)', page) == found
