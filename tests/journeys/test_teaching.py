"""A champion hears a word that no text has, teaches it to the search, and a citizen finds with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .test_browser import OF_WAGTAIL
from .town import Town
from .windows import Windows, opened, told_when_lost, violations

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.xdist_group("town")]
WORD = "peelpodder"  # nobody's word, and near to none


@pytest.fixture(scope="module")
def lesson(town: Town) -> Iterator[dict[str, Any]]:
    """The story, once, with what axe said about each screen on the way."""
    with opened(town) as windows, told_when_lost(windows):
        found: dict[str, list[str]] = {}
        champion = windows.open("champion")
        try_it(champion, found)
        teach_it(champion, found)
        yield {"windows": windows, "champion": champion, "found": found}


def try_it(champion: Page, found: dict[str, list[str]]) -> None:
    champion.goto("/admin/search/why/")
    champion.get_by_label("Question").fill(WORD)
    champion.get_by_role("button", name="Try it").click()
    expect(champion.get_by_text("Nothing. Teach a synonym")).to_be_visible()
    found["nothing found"] = violations(champion, OF_WAGTAIL)
    champion.get_by_label("Question").fill("bin")
    champion.get_by_label("Staff at the desk").check()
    champion.get_by_label("What you miss").fill("parking")
    champion.get_by_role("button", name="Try it").click()
    expect(champion.get_by_text("points").first).to_be_visible()
    found["why"] = violations(champion, OF_WAGTAIL)
    champion.goto(f"/admin/search/why/?q={WORD}&audience=public")


def teach_it(champion: Page, found: dict[str, list[str]]) -> None:
    champion.get_by_role("link", name="Teach a synonym for it").click()
    expect(champion.get_by_label("What people type")).to_have_value(WORD)
    champion.get_by_label("What is looked for as well").fill("garden waste")
    champion.get_by_role("button", name="Show what changes").click()
    expect(champion.get_by_role("heading", name="What changes")).to_be_visible()
    found["what changes"] = violations(champion, OF_WAGTAIL)
    champion.get_by_role("button", name="Teach this").click()
    expect(champion.get_by_text(f"From now on: {WORD} → garden waste.")).to_be_visible()
    found["synonyms"] = violations(champion, OF_WAGTAIL)


def test_a_citizen_finds_with_it(lesson: dict[str, Any]) -> None:
    windows: Windows = lesson["windows"]
    citizen = windows.open()
    citizen.goto(f"/search/?q={WORD}")
    first = citizen.locator(".results > li").first
    expect(first).to_contain_text("garden waste", ignore_case=True)
    citizen.context.close()


def test_an_error_is_put_right_and_titles_are_suggested(lesson: dict[str, Any]) -> None:
    windows: Windows = lesson["windows"]
    citizen = windows.open(width=360, height=740)
    citizen.goto("/")
    citizen.get_by_role("combobox").first.press_sequentially("parking per")
    option = citizen.get_by_role("option").first
    expect(option).to_be_visible()
    assert violations(citizen) == []
    citizen.keyboard.press("Escape")
    citizen.get_by_role("combobox").first.fill("parkng permit")
    citizen.keyboard.press("Enter")
    expect(citizen.locator(".corrected")).to_contain_text("Showing results for parking permit.")
    assert violations(citizen) == []
    citizen.get_by_role("link", name="Search for “parkng permit” instead").click()
    citizen.wait_for_url("**as_typed=1**")
    expect(citizen.locator(".corrected")).to_have_count(0)
    citizen.context.close()


@pytest.mark.parametrize("screen", ["nothing found", "why", "what changes", "synonyms"])
def test_no_barrier_on_the_way(lesson: dict[str, Any], screen: str) -> None:
    assert lesson["found"][screen] == []


@pytest.mark.parametrize("width", [1280, 360])
def test_no_barrier_where_the_search_is_taught(lesson: dict[str, Any], width: int) -> None:
    champion: Page = lesson["windows"].open("champion", width=width, height=740)
    found = {}
    for screen in ("synonyms", "synonyms/new", "bets", "bets/new", "stop-phrases", "changes", "why"):
        champion.goto(f"/admin/search/{screen}/")
        found[screen] = violations(champion, OF_WAGTAIL)
    champion.context.close()
    assert not any(found.values()), found


def test_what_changes_is_all_in_sight_on_a_small_screen(lesson: dict[str, Any]) -> None:
    """No column lies where only who scrolls sideways finds it, and it still is a table to a screen reader."""
    champion: Page = lesson["windows"].open("champion", width=360, height=740)
    champion.goto("/admin/search/synonyms/new/")
    champion.get_by_label("What people type").fill("rats")
    champion.get_by_label("What is looked for as well").fill("parking permit")
    champion.get_by_role("button", name="Show what changes").click()
    table = champion.get_by_role("table", name="Questions whose first three results change")
    for name in ("Question", "Now", "Then"):
        expect(table.get_by_role("columnheader", name=name)).to_be_visible()
    now, then = (cell.bounding_box() for cell in table.get_by_role("cell").all()[:2])
    assert now
    assert then
    assert then["y"] == now["y"]
    assert now["x"] + now["width"] <= then["x"]
    assert then["x"] + then["width"] <= 360
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
    assert violations(champion, OF_WAGTAIL) == []
    champion.context.close()


def test_nothing_broke(lesson: dict[str, Any]) -> None:
    windows: Windows = lesson["windows"]
    assert windows.strangers() == []
    assert windows.broken == []
