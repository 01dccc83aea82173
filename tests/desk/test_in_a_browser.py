"""The desk in a real browser, while another process publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect, sync_playwright

from kb.updates.models import Receipt
from tests.groups import chromium
from tests.updates.publishing import (
    a_log_without_editors,
    article,
    fee,
    key,
    new_item,
    publish,
    publish_service,
    service,
    someone,
)
from tests.updates.serving import Server, a_server, database_address

pytestmark = pytest.mark.browser
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SIZES = [(1280, 720), (360, 740)]


@pytest.fixture(scope="module")
def running(django_db_setup: None, django_db_blocker: Any) -> Iterator[Server]:
    with django_db_blocker.unblock():
        address = database_address()
    with a_server(address, "cms.settings.test") as server:
        yield server


@pytest.fixture
def committed_log(transactional_db: Any) -> Iterator[None]:
    with a_log_without_editors(searched=True):
        yield


@pytest.fixture
def page(running: Server, committed_log: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """`agent1`, signed in at the desk."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    someone("agent1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{running.base}/desk/")
        page.get_by_label("User name").fill("agent1")
        page.get_by_label("Password").fill("demo")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("Live.")).to_be_visible()
        yield page
        browser.close()


def test_an_update_shows_by_itself_and_a_key_acknowledges_it(page: Page) -> None:
    item, cost = new_item(), key()
    publish(item, service(item, facts=[fee(cost, "25.00")]))
    publish(item, service(item, facts=[fee(cost, "27.50")]))

    line = page.locator("[data-update='1-2']")
    expect(line).to_contain_text("£25 → £27.50")
    page.locator("body").click(position={"x": 600, "y": 500})
    page.keyboard.press("a")

    expect(line.locator(".got")).to_be_visible()
    expect(page.locator("h2 [data-badge]")).to_have_text("1")
    assert Receipt.objects.exclude(acknowledged_at=None).get().entry_id == 2


def test_a_long_title_takes_one_line_and_a_key_shows_all_of_it(page: Page) -> None:
    title = "A caller asks for help with bins for a parent who lives alone. Can they arrange it?"
    item = new_item()
    publish(item, service(item, title=title))
    line = page.locator("[data-update='1-1']")
    expect(line.locator(".what")).to_be_visible()
    box = line.locator(".what").bounding_box()
    assert box is not None and box["height"] < 30
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(line.locator(".whole")).to_be_visible()
    whole = line.locator(".whole").bounding_box()
    assert whole is not None and whole["height"] > 30


def test_a_screen_reader_hears_what_arrives_and_what_was_done(page: Page) -> None:
    """One sentence each, in places that were there before; nothing is said twice, nor as one types."""
    heard = page.locator("[data-told]")
    expect(heard.filter(has_text="Live.")).to_have_count(0)
    page.evaluate("""() => { window.said = [];
        for (const place of document.querySelectorAll("[data-told][role=status]"))
            new MutationObserver(() => window.said.push(place.textContent)).observe(place, {childList: true}); }""")

    publish_service("Beach hut")
    expect(heard.filter(has_text="1 new update: Beach hut")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("beach", delay=20)
    expect(heard.filter(has_text="1 result")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Beach hut")
    expect(page.locator("a[data-id]")).to_have_attribute("aria-current", "true")
    page.keyboard.press("a")
    expect(heard.filter(has_text="Acknowledged: Beach hut")).to_have_count(1)

    said = page.evaluate("window.said")
    assert [sentence.split(":")[0] for sentence in said] == ["1 new update", "1 result", "Acknowledged"]


def test_an_open_answer_that_changes_says_so_and_stays_as_it_is(page: Page) -> None:
    item, cost = new_item(), key()
    publish(item, service(item, facts=[fee(cost, "25.00")]))
    page.locator("[data-update='1-1'] .what a").click()
    answer, line = page.locator("#answer"), page.locator("[data-changed]")
    expect(answer).to_contain_text("£25")

    with page.expect_response(re.compile(r"/desk/items/")):
        publish_service("Beach hut")
    expect(page.locator("[data-told=news]")).to_contain_text("Beach hut")
    expect(line).to_be_hidden()

    before = answer.locator("h1").bounding_box()
    publish(item, service(item, facts=[fee(cost, "27.50")]))
    expect(line).to_be_visible()
    expect(answer).to_contain_text("£25")
    assert answer.locator("h1").bounding_box() == before
    page.keyboard.press("r")
    expect(answer).to_contain_text("£27.50")
    expect(line).to_be_hidden()


def test_an_answer_that_does_not_come_leaves_the_desk_as_it_is(page: Page) -> None:
    publish_service("Beach hut")
    row = page.locator("[data-update='1-1'] .what a")
    expect(row).to_be_visible()
    page.route("**/desk/items/**", lambda route: route.abort())
    row.click()
    expect(page.get_by_role("alert")).to_have_text("That did not work. Nothing was changed; try again.")
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_what_arrives_waits_while_the_news_are_being_read(page: Page) -> None:
    publish_service("Beach hut")
    first = page.locator("[data-update='1-1']")
    expect(first).to_be_visible()
    first.hover()
    before = first.bounding_box()

    publish_service("Dog licence")

    expect(page.locator("#news").get_by_text("1 new update: Dog licence")).to_be_visible()
    assert first.bounding_box() == before
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-update]").first).to_contain_text("Dog licence")


def test_from_typing_to_the_answer_with_the_keyboard_alone(page: Page) -> None:
    item = new_item()
    publish(item, service(item))
    words = new_item("article")
    publish(words, article(words, about=item))
    expect(page.locator("[data-update='1-2']")).to_be_visible()

    page.keyboard.press("/")
    with page.expect_response(re.compile(r"q=parking\+perm&")):
        page.keyboard.type("parking perm")
    expect(page.locator(".hit")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What does a parking permit cost?")
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_have_text("Resident parking permit")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What does a parking permit cost?")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_typing_error_is_put_right_and_can_be_kept(page: Page) -> None:
    publish_service("Resident parking permit")
    field = page.get_by_label("What does the caller ask?")
    field.press_sequentially("parkng permit")
    line = page.locator(".corrected")
    expect(line).to_contain_text("Showing results for parking permit.")
    expect(page.locator(".hit a")).to_have_text(["Resident parking permit"])
    line.get_by_role("link").click()
    expect(line).to_have_count(0)
    expect(page.locator(".count")).to_contain_text("exactly as typed")
    field.press("End")
    field.press_sequentially("s")
    expect(line).to_be_visible()


def test_what_is_folded_away_unfolds_with_the_keyboard(page: Page) -> None:
    item = new_item()
    publish(item, service(item))
    for number in range(5):
        words = new_item("article")
        publish(words, article(words, about=item, title=f"Parking permit: case {number}"))
    page.get_by_label("What does the caller ask?").fill("parking permit")
    more = page.locator("[data-more]")
    expect(more).to_be_visible()
    shown = page.locator(".hit").count()
    for _key in range(shown + 1):
        page.keyboard.press("ArrowDown")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Only on Resident parking permit.")).to_be_visible()
    expect(page.locator(".hit.article")).to_have_count(5)
    expect(page.locator(".hit a").first).to_be_focused()


def test_an_answer_that_is_overtaken_never_replaces_a_newer_one(page: Page) -> None:
    """Not even where the browser doesn't abort it and the network brings it late."""
    publish_service("Beach hut")
    publish_service("Beekeeping")
    page.add_init_script("const ask = fetch; fetch = (a, o) => ask(a, { ...o, signal: undefined });")
    held: list[Route] = []
    page.route(re.compile(r"q=be&typing=1$"), lambda route: held.append(route))
    page.goto(page.url)
    page.get_by_label("What does the caller ask?").press_sequentially("bea")
    expect(page.locator(".hit a")).to_have_text(["Beach hut"])
    with page.expect_response(re.compile(r"q=be&typing=1$")) as late:
        held[0].continue_()
    assert "Beekeeping" in late.value.text()
    page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))")
    expect(page.locator(".hit a")).to_have_text(["Beach hut"])


def test_enter_opens_the_answer_to_what_was_typed_last(page: Page) -> None:
    publish_service("Beach hut")
    publish_service("Dog licence")
    field = page.get_by_label("What does the caller ask?")
    field.press_sequentially("beach")
    expect(page.locator(".hit a")).to_have_text(["Beach hut"])
    held: list[Route] = []
    page.route(re.compile(r"q=dog&typing=1$"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"q=dog&typing=1$")):
        field.fill("dog")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dog licence")


def test_filters_count_what_each_would_leave(page: Page) -> None:
    item, words = new_item(), new_item("article")
    publish(item, service(item))
    publish(words, article(words, about=item))
    page.get_by_label("What does the caller ask?").fill("parking")
    page.get_by_text("Narrow down").click()
    kind = page.get_by_label("Type")
    expect(kind.locator("option")).to_have_text(["all", "Article (1)", "Service (1)"])
    kind.select_option("article")
    expect(page.locator(".hit a")).to_have_text(["What does a parking permit cost?"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(page: Page, scheme: str) -> None:
    item = new_item()
    publish(item, service(item, facts=[fee(key(), "25.00")]))
    words = new_item("article")
    publish(words, article(words, about=item))
    page.emulate_media(color_scheme=scheme)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for path in (
            "/desk/",
            "/desk/?q=parking",
            "/desk/?q=parking&type=article",
            "/desk/?q=zzzz",
            f"/desk/items/{words.pk}/?q=permit",
            "/desk/news/",
        ):
            page.goto(page.url.split("/desk/")[0] + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page, options=WCAG)
            assert found.violations_count == 0, found.generate_report()
