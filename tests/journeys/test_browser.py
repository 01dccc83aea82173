"""One answer, from the author's desk to the citizen's screen and the agent's ear, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.core import clock

from .town import Town
from .windows import Known, Windows, opened, retype, told_when_lost, violations

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.xdist_group("town")]
CODE, TITLE = "1799", "Ask for a bike stand"

# What axe finds in Wagtail 8.0.1's own markup around ours. Nothing else may appear.
OF_WAGTAIL = (
    Known("button-name", ".xdsoft_datetimepicker", "the calendar beside a date: wagtail/wagtail#5325"),
)

SCREENS_OF_THE_STORY = (
    "desk",
    "first screen of the author",
    "form of a service page",
    "what is sent",
    "first screen of the editor",
    "review screen",
)
PUBLIC_SCREENS = (
    "/",
    "/streets-and-parks/ask-for-a-bike-stand/",
    "/planning-parking-and-travel/resident-parking-permit/",
    "/search/?q=bike",
    "/search/?q=zzqqxx",
    "/streets-and-parks/",
    "/places/central-library/",
    "/a-to-z/",
    "/life-events/",
    "/life-events/having-a-baby/",
    "/places/",
    "/departments/parks/",
    "/nothing-here/",
)

Findings = dict[str, list[str]]


def write_page(page: Page) -> None:
    """Fill in the form of a service page, with keyboard and mouse, from top to bottom."""
    what = page.get_by_role("region", name="What is it?", exact=True)
    retype(what.get_by_label("Name"), TITLE)
    retype(what.get_by_label("Everyday summary"), "Tell us where a stand for bikes is missing.")
    retype(
        what.get_by_role("textbox", name="What it is for"), "We put a stand where many people lock a bike."
    )
    who = page.get_by_role("region", name="Who is it for?", exact=True)
    retype(who.get_by_role("textbox", name="Who can use it"), "Anyone can ask for one.")
    who.get_by_label("residents").check()
    write_facts(page)
    write_ways(page)
    last = page.get_by_role("region", name="Who answers, and when is it checked?", exact=True)
    last.get_by_role("combobox", name="Who answers").select_option(label="A: anyone answers")
    last.get_by_role("textbox", name="Review on").fill((clock.today() + timedelta(days=365)).isoformat())
    last.get_by_role("textbox", name="Review on").press("Tab")


def write_facts(page: Page) -> None:
    costs = page.get_by_role("region", name="What does it cost and need?", exact=True)
    costs.get_by_role("button", name="Add Fee").click()
    fee = costs.get_by_role("region", name="Fee 1")
    retype(fee.get_by_label("For what"), "Stand in the street")
    retype(fee.get_by_label("Amount"), "0")
    costs.get_by_role("button", name="Add Processing time").click()
    wait = costs.get_by_role("region", name="Processing time 1")
    retype(wait.get_by_label("Of what"), "Answer to your request")
    retype(wait.get_by_label("How long"), "12")
    wait.get_by_label("Unit").select_option(label="working days")
    retype(costs.get_by_role("textbox", name="What to bring"), "The street, and the nearest house number.")


def write_ways(page: Page) -> None:
    how = page.get_by_role("region", name="How is it done?", exact=True)
    how.get_by_role("button", name="Insert a block").click()
    page.get_by_role("option", name="Step", exact=True).click()
    retype(how.get_by_label("What to do"), "Show us the spot")
    retype(how.get_by_role("textbox", name="How", exact=True), "A house number is enough.")
    how.get_by_role("button", name="Add Link").click()
    task = how.get_by_role("region", name="Link 1")
    task.get_by_label("To do what").select_option(label="apply")
    retype(task.get_by_label("Words on the button"), "Ask for a stand")
    retype(task.get_by_label("Web address"), "https://my.marhaven.example/bike-stand")
    how.get_by_role("button", name="Add Channel").click()
    way = how.get_by_role("region", name="Channel 1")
    way.get_by_label("Way").select_option(label="online")
    way.get_by_label("What people can do there").select_option(label="get it done")
    retype(way.get_by_label("Name"), "Ask online")
    retype(way.get_by_label("Address"), "https://my.marhaven.example/bike-stand")


def put_under(page: Page, topic: str) -> None:
    """A page that is begun from a list stands in the first topic; its author knows better."""
    page.get_by_role("navigation", name="Actions", exact=True).get_by_role("button").click()
    page.get_by_role("link", name="Put under another topic").click()
    page.get_by_role("radio", name=topic).check()
    page.get_by_role("button", name="Put it there").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))


def author_writes(author: Page, found: Findings) -> None:
    """From the row of the service list to “sent”."""
    found["first screen of the author"] = violations(author, OF_WAGTAIL)
    author.get_by_role("link", name="Service lists").click()
    author.get_by_role("textbox", name="Search").last.fill(CODE)
    author.get_by_role("row").filter(has=author.get_by_text(CODE, exact=True)).get_by_role(
        "button", name="Start a page"
    ).click()
    author.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    put_under(author, "Streets and parks")
    write_page(author)
    found["form of a service page"] = violations(author, OF_WAGTAIL)
    author.get_by_role("button", name="More actions").click()
    author.get_by_role("button", name="Send for approval").click()
    author.wait_for_url(re.compile(r"/submit/"))
    found["what is sent"] = violations(author, OF_WAGTAIL)
    retype(author.get_by_label("Note to the reviewers"), "New: people asked for it.")
    author.get_by_role("button", name="Send for approval").click()
    author.wait_for_url(lambda address: "/submit/" not in address)


def reviewer_opens(page: Page) -> None:
    """From the person's first screen to the review."""
    panel = page.get_by_role("region", name="Waiting for you").or_(page.locator("#waiting-section"))
    panel.first.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name=TITLE).first).to_be_visible()


def agent_has_an_answer_open(agent: Page, found: Findings) -> None:
    agent.get_by_role("searchbox").fill("bulky waste")
    agent.locator("[data-pane=results] a[data-id]").first.wait_for()
    agent.keyboard.press("Enter")
    expect(agent.locator("[data-pane=answer] h1")).not_to_have_text("Answer")
    expect(agent.locator("[data-line]")).to_contain_text("Live.")
    agent.evaluate("window.notReloaded = true")
    found["desk"] = violations(agent)


@pytest.fixture(scope="module")
def windows(town: Town) -> Iterator[Windows]:
    with opened(town) as browser:
        yield browser


@pytest.fixture(scope="module")
def story(windows: Windows) -> dict[str, Any]:
    """The story up to the citizen; the tests below look at what came of it."""
    with told_when_lost(windows):
        return told(windows)


def told(windows: Windows) -> dict[str, Any]:
    found: Findings = {}
    agent = windows.open("agent1")
    agent_has_an_answer_open(agent, found)
    author_writes(windows.open("author.parks"), found)

    editor = windows.open("editor.parks")
    found["first screen of the editor"] = violations(editor, OF_WAGTAIL)
    reviewer_opens(editor)
    found["review screen"] = violations(editor, OF_WAGTAIL)
    rendered = editor.frame_locator("iframe").first  # sandboxed: no script runs in it, not even axe
    expect(rendered.get_by_role("heading", level=1)).to_have_text(TITLE)
    seen = rendered.locator("body").inner_text()
    editor.get_by_role("button", name="Approve, and pass it to the webmaster").click()
    expect(editor.get_by_text("Your verdict")).to_have_count(0)

    webmaster = windows.open("webmaster")
    reviewer_opens(webmaster)
    with webmaster.expect_response(lambda response: response.request.method == "POST") as answered:
        webmaster.get_by_role("button", name="Approve, and publish it now").click()
    assert answered.value.status < 400
    news = agent.locator("[data-update]").filter(has_text=TITLE)
    news.wait_for()
    return {"rendered": seen, "news": news.inner_text(), "agent": agent, "windows": windows, "found": found}


def test_the_reviewer_saw_what_readers_will_get(story: dict[str, Any]) -> None:
    assert TITLE in story["rendered"] and "12 working days" in story["rendered"]


def test_the_open_desk_heard_of_it(story: dict[str, Any]) -> None:
    assert "New service: Tell us where a stand for bikes is missing." in story["news"]
    assert story["agent"].evaluate("window.notReloaded"), "nobody reloaded the desk"


def test_the_agent_acknowledges_it_with_a_key(story: dict[str, Any]) -> None:
    agent: Page = story["agent"]
    news = agent.locator("[data-update]").filter(has_text=TITLE)
    waiting = int(agent.locator("[data-badge]").last.inner_text())
    agent.keyboard.press("a")
    expect(news.locator(".got")).to_be_visible()
    expect(agent.locator("[data-badge]").last).to_have_text(str(waiting - 1))
    later = story["windows"].open("agent1")
    expect(later.locator("[data-badge]").last).to_have_text(str(waiting - 1))
    expect(later.locator("[data-update]").filter(has_text=TITLE)).to_have_count(0)
    later.context.close()


def test_a_citizen_finds_it_and_reads_it(story: dict[str, Any]) -> None:
    citizen: Page = story["windows"].open()
    citizen.goto("/")
    citizen.get_by_role("combobox").or_(citizen.get_by_role("searchbox")).first.click()
    citizen.keyboard.type("where can I lock my bike")
    citizen.keyboard.press("Enter")
    citizen.wait_for_url("**/search/**")
    citizen.get_by_role("main").get_by_role("link", name=TITLE).click()
    citizen.wait_for_url("**/streets-and-parks/**")
    expect(citizen.get_by_role("heading", level=1)).to_have_text(TITLE)
    main = citizen.get_by_role("main")
    expect(main).to_contain_text("12 working days")
    expect(main).to_contain_text("Show us the spot")
    expect(main.get_by_role("link", name="Ask for a stand")).to_have_attribute(
        "href", "https://my.marhaven.example/bike-stand"
    )
    citizen.context.close()


def test_the_desk_finds_it_as_one_types(story: dict[str, Any]) -> None:
    agent: Page = story["agent"]
    agent.keyboard.press("/")
    agent.keyboard.type("bike sta")
    hit = agent.locator("[data-pane=results]").get_by_role("link", name=TITLE)
    hit.wait_for()
    agent.keyboard.press("ArrowDown")
    agent.keyboard.press("Enter")
    expect(agent.locator("[data-pane=answer] h1")).to_have_text(TITLE)
    assert violations(agent) == []


@pytest.mark.parametrize("screen", SCREENS_OF_THE_STORY)
def test_no_barrier_on_the_way(story: dict[str, Any], screen: str) -> None:
    assert story["found"][screen] == []


@pytest.mark.parametrize("width", [1280, 360])
def test_no_barrier_on_the_public_site(story: dict[str, Any], width: int) -> None:
    citizen: Page = story["windows"].open(width=width, height=740)
    found = {}
    for screen in PUBLIC_SCREENS:
        citizen.goto(screen)
        found[screen] = violations(citizen)
        assert citizen.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{screen} is too wide"
    citizen.context.close()
    assert not any(found.values()), found


@pytest.mark.parametrize("width", [1280, 360])
def test_no_barrier_on_screens_of_staff(story: dict[str, Any], width: int) -> None:
    champion: Page = story["windows"].open("champion", width=width, height=740)
    found = {"first screen": violations(champion, OF_WAGTAIL)}
    listed = champion.context.request.get("/api/v1/agent/items?type=article&department=waste").json()
    champion.goto(f"/admin/articles/{listed['results'][0]['id']}/at-once/")
    expect(champion.get_by_role("button", name="Show what changes")).to_be_visible()
    found["correct at once"] = violations(champion, OF_WAGTAIL)
    champion.goto("/account/tokens/")
    found["tokens"] = violations(champion)
    agent: Page = story["windows"].open("agent2", width=width, height=740)
    found["desk"] = violations(agent)
    agent.locator("[data-update] a").first.click()
    agent.locator("[data-pane=answer] [data-title]").wait_for()
    found["desk with an answer"] = violations(agent)
    champion.context.close()
    agent.context.close()
    assert not any(found.values()), found


def test_no_page_called_a_stranger_or_broke(story: dict[str, Any]) -> None:
    windows: Windows = story["windows"]
    assert len(windows.asked) > 100
    assert windows.strangers() == []
    assert windows.broken == []
