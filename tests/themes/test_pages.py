"""The site over HTTP: addresses old and new, what was withdrawn, conditional answers, no staff, no cookies."""

from __future__ import annotations

import logging
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from typing import Any
from unittest import mock
from urllib.parse import quote

import pytest
from django.test import Client

from cms.core import clock
from cms.publications.vocabulary import EntryKind
from themes import design, rendering

from .publishing import channel, document, enter, fee, hours, new_item, publish, ref

pytestmark = pytest.mark.usefixtures("the_log")
ALL = ("/", "/search/", "/search/?q=bin", "/a-to-z/", "/life-events/", "/places/", "/departments/", "/none/")
MACHINES = ("/sitemap.xml", "/robots.txt", "/feed.xml", "/theme.css")


def test_a_page_is_guarded_and_sets_no_cookie(client: Client) -> None:
    publish("service", "Bin day")
    for path in (*ALL, *MACHINES, "/bin-day/"):
        response = client.get(path)
        assert response.status_code == (404 if path == "/none/" else 200), path
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate", path
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert b"style=" not in response.content
        assert b"csrf" not in response.content


def test_304_comes_before_anything_is_rendered(client: Client) -> None:
    publish("home", "Marhaven")
    publish("service", "Bin day", facts=[fee("F", "1.00")])
    for path in ("/bin-day/", "/", "/a-to-z/", "/places/", "/search/?q=bin", "/sitemap.xml", "/feed.xml"):
        etag = client.get(path)["ETag"]
        with mock.patch.object(rendering, "render_to_string", side_effect=AssertionError):
            for known in (etag, f'"other", W/{etag}', "*"):
                again = client.get(path, headers={"If-None-Match": known})
                assert (again.status_code, again.content) == (304, b""), (path, known)
                assert again["ETag"] == etag
                assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_etag_changes_with_whatever_the_page_shows(client: Client, settings: Any) -> None:
    hall = publish("place", "Hall", facts=[hours((2, "09:00", "17:00"))])
    topic = publish("topic", "Streets")
    body = {"channels": [channel("desk", place=ref(hall))]}
    item = publish("service", "Bin day", body=body, topics=[ref(topic)])
    seen = set()

    def tag(path: str) -> str:
        etag = client.get(path)["ETag"]
        assert etag not in seen
        seen.add(etag)
        return etag

    with mock.patch.object(clock, "now", return_value=datetime(2026, 11, 24, 12, tzinfo=UTC)):
        tag("/bin-day/")
    with mock.patch.object(clock, "now", return_value=datetime(2026, 11, 24, 17, tzinfo=UTC)):
        tag("/bin-day/")  # the hall has closed
    tag("/streets/")
    publish("service", "Bin day", item=item, body=body, summary="New words.", topics=[ref(topic)])
    tag("/streets/")  # the card says something else
    tag("/bin-day/")
    settings.THEME = "market"
    design.version.cache_clear()
    try:
        tag("/bin-day/")
    finally:
        design.version.cache_clear()


def test_the_theme_is_data(client: Client, settings: Any) -> None:
    harbour = client.get("/theme.css").content
    settings.THEME = "meadow"
    assert client.get("/theme.css").content != harbour
    assert b'class="theme-meadow head-centred"' in client.get("/").content


def test_a_moved_page_leads_on_and_so_does_a_missing_slash(client: Client) -> None:
    item = publish("service", "Old name", slug="old")
    enter(item, EntryKind.MOVED, slug="new", parent=None)
    for asked in ("/old/", "/old", "/new"):
        response = client.get(f"{asked}?a=1")
        assert (response.status_code, response["Location"]) == (301, "/new/?a=1"), asked
    assert client.get("/new/").status_code == 200
    assert client.get("/a-to-z")["Location"] == "/a-to-z/"
    assert client.get("/desk")["Location"] == "/desk/"
    assert client.get("/none").status_code == 404
    assert client.get("/%2Fevil.example").status_code == 404


def test_a_withdrawn_page_says_why_and_where_to_go(client: Client) -> None:
    instead = publish("service", "Better page", slug="better")
    item = publish("service", "Old page", slug="old")
    enter(item, EntryKind.WITHDRAWN, reason="The <b>scheme</b> ended.", instead=str(instead.pk))
    response = client.get("/old/")
    text = response.content.decode()
    assert response.status_code == 410
    assert "The &lt;b&gt;scheme&lt;/b&gt; ended." in text
    assert 'href="/better/"' in text
    assert "<title>“Old page” is no longer here" in text, (
        "nobody takes it for the page, not even in a list of tabs"
    )
    assert client.get("/a-to-z/").content.decode().count("Old page") == 0


def test_staff_items_never_existed(client: Client) -> None:
    article = new_item("article")
    publish("service", "Bin day")
    before = {path: client.get(path).content for path in (*ALL, *MACHINES, "/bin-day/", "/secret-article/")}
    publish(
        "article", "Secret article", item=article, body={"answer": "<p>bin secret</p>"}, slug="secret-article"
    )
    publish("staff_notice", "Secret notice", body={"text": "bin secret", "signed": "Ann"})
    after = {path: client.get(path).content for path in before}
    assert after == before
    assert client.get(f"/{article.pk}/").content == client.get("/none/").content


def test_nothing_is_answered_with_an_error_page_for_odd_addresses(client: Client) -> None:
    for path in (
        "/" + "a" * 3000,
        "/%00/",
        "/%ff/",
        "/../../etc/passwd",
        "/" + quote("süß/ß") + "/",
        "/a//b/",
    ):
        assert client.get(path).status_code == 404, path
    assert client.head("/").status_code == 200
    assert client.post("/").status_code == 405


def test_404_offers_a_search_and_says_nothing_back(client: Client) -> None:
    response = client.get("/none/%3Cscript%3E/")
    assert b'role="search"' in response.content
    assert b"none" not in response.content.split(b"<main")[1].split(b"</main")[0]


def test_programs_get_a_problem_at_an_address_that_the_api_has_not(client: Client) -> None:
    response = client.get("/api/v1/nothing")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_500_tells_no_detail(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    client.raise_request_exception = False
    response = client.get("/failing/")
    assert response.status_code == 500
    assert b"Something went wrong here" in response.content
    assert b"secret" not in response.content
    with mock.patch.object(rendering, "render_to_string", side_effect=RuntimeError):
        assert b"Something went wrong here" in client.get("/failing/").content


def test_an_empty_site_is_honest(client: Client) -> None:
    for path in ("/", "/a-to-z/", "/life-events/", "/places/", "/departments/"):
        assert b'class="empty"' in client.get(path).content, path


def test_a_to_z_has_anchors(client: Client) -> None:
    for title in ("bins", "Élan", "Earth", "30 km zone"):
        publish("service", title, slug=f"s{title.encode().hex()}")
    text = client.get("/a-to-z/").content.decode()
    assert [text.index(f'id="letter-{name}"') for name in ("other", "B", "E")] == sorted(
        text.index(f'id="letter-{name}"') for name in ("other", "B", "E")
    )
    assert 'href="#letter-E"' in text
    assert 'aria-current="page"' in text


def test_sitemap_feed_and_robots(client: Client) -> None:
    publish("service", "Bin <day>", slug="bin-day", summary="When & where.")
    gone = publish("service", "Gone", slug="gone")
    enter(gone, EntryKind.WITHDRAWN, reason="It ended.")
    publish("article", "Secret")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/bin-day/</loc>" in sitemap
    assert "/gone/" not in sitemap
    ET.fromstring(sitemap)
    feed = ET.fromstring(client.get("/feed.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = [(e.findtext(f"{atom}title"), e.findtext(f"{atom}summary")) for e in feed.iter(f"{atom}entry")]
    assert entries == [
        ("Gone", "Withdrawn. It ended."), ("Gone", "Published."), ("Bin <day>", "Published. When & where."),
    ]  # fmt: skip
    ids = [e.findtext(f"{atom}id") or "" for e in feed.iter(f"{atom}entry")]
    assert [text.rpartition("#")[2] for text in ids] == ["1-3", "1-2", "1-1"]
    assert "Sitemap: http" in client.get("/robots.txt").content.decode()


def test_a_redacted_page_is_gone_from_everywhere(client: Client) -> None:
    item = publish("service", "Private matter", slug="private")
    from_log = item.current.document
    enter(item, EntryKind.REDACTED)
    type(from_log).objects.filter(pk=from_log.pk).update(body="")
    assert client.get("/private/").status_code == 404
    assert b"Private matter" not in client.get("/feed.xml").content


def test_a_preview_is_not_to_be_had_over_http(client: Client) -> None:
    item = new_item("service")
    document(item, "Draft", slug="draft")
    assert client.get("/draft/").status_code == 404
