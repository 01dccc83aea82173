"""Service pages in a real browser on a small screen: the button is near, and long words break."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from tests.groups import chromium

from .publishing import channel, fact, fee, hours, publish, ref, task

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("the_log")]
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


@contextmanager
def phone(client: Client, path: str) -> Iterator[Page]:
    """A window of 360 × 740 on a page of this process; what it gets is made before it opens, since
    Playwright's loop has no part in the test's transaction."""
    made = {asked: client.get(asked) for asked in (path, "/theme.css")}

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url).path
        if asked in made:
            return route.fulfill(content_type=made[asked]["Content-Type"], body=made[asked].content)
        found = finders.find(asked.removeprefix("/static/"))
        return route.fulfill(path=Path(str(found))) if found else route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.route("**/*", answer)
        page.goto(f"http://town.test{path}")
        yield page
        browser.close()


def publish_permit(title: str, language: str = "en") -> None:
    """A service as they usually are: several fees, a time, a deadline, papers, three places."""
    places = [publish("place", f"{title} {n}", facts=[hours((2, "09:00", "17:00"))]) for n in (1, 2, 3)]
    publish(
        "service",
        title,
        slug="permit",
        language=language,
        summary="Park near your home in a permit zone, and get vouchers for your visitors.",
        facts=[
            fee("First permit, one year", "58", condition="First car of the household"),
            fee("Second permit, one year", "104"),
            fee(title, "14"),
            fact("processing_time", title, amount=3, unit="days", condition=""),
            fact("deadline", "Renew", when="From 30 days before your permit ends", condition=""),
            fact("document", "Proof of address", note="A bill"),
            fact("document", title, note="A letter"),
        ],
        body={
            "channels": [channel("desk", place=ref(place)) for place in places],
            "tasks": [task("Apply for a permit", "https://forms.example.org/permit")],
        },
    )


def test_the_button_stands_on_the_first_screen_and_the_glance_opens(client: Client) -> None:
    publish_permit("Parking permit")
    with phone(client, "/permit/") as page:
        button = page.locator("a.action").bounding_box()
        assert button is not None and button["y"] < 740
        costs = page.locator(".glance-more").first
        assert not costs.get_by_text("Second permit").is_visible()
        costs.locator("summary").click()
        assert costs.get_by_text("Second permit").is_visible()
        page.set_viewport_size({"width": 1280, "height": 720})
        assert page.locator("summary:visible").count() == 0
        assert all(line.is_visible() for line in page.locator(".glance li").all())


def test_the_longest_word_of_a_german_page_breaks_by_its_language(client: Client) -> None:
    publish_permit(LONG, language="de")
    with phone(client, "/permit/") as page:
        assert page.locator("html").get_attribute("lang") == "de"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).hyphens") == "auto"
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 360
