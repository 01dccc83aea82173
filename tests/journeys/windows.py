"""A real browser, the windows that people of the town have open in it, and what axe says about a screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Locator, Page, Request, Response, expect, sync_playwright

from tests.groups import chromium

from .town import Town

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# A message that still fades in has less contrast than it will have.
AT_REST = """() => document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""
PATIENCE = 60_000  # of a busy machine; how quick it is, the benchmarks say
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Known:
    """A violation in markup that isn't ours: the rule of axe, where it stands (a selector), and why."""

    rule: str
    within: str
    why: str


@dataclass
class Windows:
    """A browser; `asked` are the addresses that its pages asked for, `broken` what failed in them."""

    town: Town
    browser: Browser
    asked: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def open(self, name: str = "", *, width: int = 1280, height: int = 720) -> Page:
        """A window of its own for a person, signed in; nobody's name is a citizen's."""
        context = self.browser.new_context(
            base_url=self.town.url, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note)
        context.on("response", self._hear)
        page = context.new_page()
        page.on("pageerror", lambda error: self.broken.append(f"{page.url}: {error}"))
        if name:
            page.goto("/desk/login/" if name.startswith(("agent", "supervisor")) else "/admin/login/")
            page.get_by_label("User").or_(page.get_by_label("Username")).first.fill(name)
            page.get_by_label("Password").first.fill("demo")
            page.keyboard.press("Enter")
            page.wait_for_url(lambda address: "/login/" not in address)
        return page

    def strangers(self) -> list[str]:
        """What was asked of anybody but the town."""
        host = urlsplit(self.town.url).netloc
        return [url for url in self.asked if urlsplit(url).netloc != host]

    def _note(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob", "about"):
            self.asked.append(request.url)

    def _hear(self, response: Response) -> None:
        """A 4xx may be asked for on purpose, or be a late save that the form sent by itself."""
        if response.status >= 500:
            self.broken.append(f"{response.status} {response.request.method} {response.url}")


@contextmanager
def opened(town: Town) -> Iterator[Windows]:
    """The browser, closed at the end."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        try:
            yield Windows(town, browser)
        finally:
            browser.close()


@contextmanager
def told_when_lost(windows: Windows) -> Iterator[None]:
    """An error in a browser says what every window shows, and what the server said last."""
    try:
        yield
    except Error as error:
        for context in windows.browser.contexts:
            for page in context.pages:
                error.add_note(f"{page.url}: {page.locator('body').inner_text()[:1000]}")
        error.add_note(windows.town.log.read_text()[-4000:])
        raise


def retype(field: Locator, text: str) -> None:
    """Click into a field, mark what it says, and type over it."""
    field.click()
    field.press("Control+a")
    field.page.keyboard.type(text)


def violations(page: Page, known: tuple[Known, ...] = ()) -> list[str]:
    """What breaks WCAG 2.2 AA on a screen, one line for each element; `known` ones left out."""
    page.wait_for_function(AT_REST)
    options = {"runOnly": {"type": "tag", "values": WCAG}, "iframes": False, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
        if not any(_stands_in(page, node, one.within) for one in known if one.rule == rule["id"])
    ]


def _stands_in(page: Page, node: dict[str, Any], within: str) -> bool:
    ask = "([target, within]) => !!document.querySelector(target)?.closest(within)"
    return bool(page.evaluate(ask, [node["target"][-1], within]))
