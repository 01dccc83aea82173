"""What the desk and the public site report, in a real browser, to another process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cms.publications.models import Item
from search.learning.models import Question, Running, Use
from tests.groups import chromium
from tests.updates.publishing import a_log_without_editors, article, new_item, publish, service, someone
from tests.updates.serving import Server, a_server, database_address

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running(django_db_setup: None, django_db_blocker: Any) -> Iterator[Server]:
    with django_db_blocker.unblock():
        address = database_address()
    with a_server(address, "cms.settings.test") as server:
        yield server


@pytest.fixture
def words(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Item]:
    """A parking permit, and the article about it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    with a_log_without_editors(searched=True):
        page, words = new_item(), new_item("article")
        publish(page, service(page))
        publish(words, article(words, about=page))
        yield words


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desk(browser: Browser, running: Server, words: Item) -> Page:
    someone("agent1")
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{running.base}/desk/")
    page.get_by_label("User name").fill("agent1")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Live.")).to_be_visible()
    return page


def test_typing_settles_into_one_question(desk: Page) -> None:
    with desk.expect_response("**/api/v1/agent/search/asked") as told:
        desk.locator("#q").press_sequentially("parking permit")
    assert told.value.status == 204
    assert [(row.text, row.step, row.used) for row in Running.objects.all()] == [("parking permit", 1, [])]
    with desk.expect_response("**/api/v1/agent/search/asked"):
        desk.locator("#q").press_sequentially(" zone")
    assert [(row.text, row.step) for row in Running.objects.all()] == [("parking permit zone", 2)]
    assert not Question.objects.exists()


def test_the_next_caller_may_ask_the_same(desk: Page) -> None:
    """Each search has a number of its own, that nothing holds together with the one before."""
    for _caller in range(2):
        desk.locator("#q").fill("")
        with desk.expect_response("**/api/v1/agent/search/asked"):
            desk.locator("#q").press_sequentially("parking permit")
    assert [(row.text, row.step) for row in Running.objects.all()] == [("parking permit", 1)] * 2


def test_what_is_opened_and_what_answered_is_told(desk: Page, words: Item) -> None:
    desk.locator("#q").fill("parking permit cost")
    link = desk.locator(f"a[data-id='{words.pk}']")
    with desk.expect_response("**/api/v1/agent/search/used") as told:
        link.click()
    assert told.value.status == 204
    with desk.expect_response("**/api/v1/agent/search/used"):
        desk.keyboard.press("y")
    expect(desk.get_by_text("Noted. It comes sooner next time.")).to_be_visible()
    expect(desk.get_by_role("button", name="This answered it")).to_be_hidden()
    use = Use.objects.get()
    assert (use.item_id, use.audience, use.points) == (words.pk, "staff", 4)
    assert len({row.window for row in Running.objects.all()}) == 1


def test_a_result_may_answer_without_being_opened(desk: Page, words: Item) -> None:
    desk.locator("#q").fill("parking permit cost")
    desk.locator(f"a[data-id='{words.pk}']").focus()
    with desk.expect_response("**/api/v1/agent/search/used"):
        desk.keyboard.press("y")
    expect(desk.locator(".hit", has_text="answered")).to_have_count(1)
    assert Use.objects.get().points == 3
    desk.keyboard.press("?")
    desk.get_by_label("Single letters act as keys").uncheck()
    desk.keyboard.press("Escape")
    desk.locator("a[data-id]").last.focus()
    desk.keyboard.press("y")
    expect(desk.locator(".hit .tag.answered")).to_have_count(1)


def test_the_public_site_tells_what_is_opened(browser: Browser, running: Server, words: Item) -> None:
    page = browser.new_page()
    page.goto(f"{running.base}/search/?q=parking+permit")
    with page.expect_response("**/api/v1/public/search/used") as told:
        page.locator(".results a").first.click(modifiers=["Control"])  # in a tab, so that this one hears
    assert told.value.status == 204
    assert list(Question.objects.values_list("text", "audience", "times", "used")) == [
        ("parking permit", "public", 1, 1)
    ]
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_public_site_works_without_scripts(browser: Browser, running: Server, words: Item) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{running.base}/search/?q=parking+permit")
    page.locator(".results a").first.click()
    expect(page.locator("h1")).to_contain_text("parking permit")
    assert Question.objects.get().used == 0
