from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from themes.searching import _marked

from .publishing import fee, publish

pytestmark = pytest.mark.usefixtures("the_log")


def found(client: Client, query: str, more: str = "") -> BeautifulSoup:
    response = client.get(f"/search/?q={quote(query)}{more}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_results_have_their_page_a_snippet_and_a_telling_fact(client: Client) -> None:
    publish("service", "Parking permit", summary="Park near your home.", facts=[fee("Adult", "25.00")])
    soup = found(client, "parking permit")
    assert [(a.text, a["href"]) for a in soup.select(".results a")] == [
        ("Parking permit", "/parking-permit/")
    ]
    assert "£25" in soup.select(".results")[0].text
    assert soup.title
    assert soup.title.text == "“parking permit”: search results – Marhaven"


def test_nothing_found_is_said_and_offers_topics_and_the_phone(client: Client, settings: Any) -> None:
    publish("topic", "Streets")
    soup = found(client, "xylophone")
    text = soup.get_text()
    assert "Nothing found for “xylophone”." in text
    assert settings.MUNICIPALITY["phone"] in soup.main.text  # type: ignore[union-attr]
    assert [a.text for a in soup.select(".cards a")] == ["Streets"]


def test_staff_texts_are_not_found(client: Client) -> None:
    publish("article", "Parking secret", body={"answer": "<p>parking</p>"})
    assert "Nothing found" in found(client, "parking").get_text()


@pytest.mark.parametrize(
    "query", ["x" * 2000, '"', "'; DROP TABLE--", "* AND (", "\x00", "%", "<script>alert(1)</script>"]
)
def test_any_text_is_answered_and_none_attacks(client: Client, query: str) -> None:
    soup = found(client, query)
    assert [tag.get("src") for tag in soup.select("script")] == ["/static/themes/suggest.js"]


@pytest.mark.parametrize(
    "more", ["&page=0", "&page=-1", "&page=x", "&page=99999999999", "&type=nope", "&page=²"]
)
def test_odd_parameters_are_passed_over(client: Client, more: str) -> None:
    found(client, "parking", more)


def test_many_results_have_pages_and_narrowing_keeps_the_question(client: Client) -> None:
    for number in range(23):
        publish("service", f"Parking {number}", slug=f"parking-{number}")
    publish("place", "Parking house")
    first, second = found(client, "parking"), found(client, "parking", "&page=2")
    assert [len(page.select(".results > li")) for page in (first, second)] == [20, 4]
    assert first.select_one('a[rel="next"][href="/search/?q=parking&page=2"]')
    assert second.select_one('a[rel="prev"][href="/search/?q=parking"]')
    assert second.ol
    assert second.select_one(".results")["start"] == "21"
    places = found(client, "parking", "&type=place")
    assert [a.text for a in places.select(".results a")] == ["Parking house"]
    assert places.select_one('.filters a[aria-current="true"][href="/search/?q=parking"]')


def test_in_a_snippet_nothing_is_markup_but_the_mark() -> None:
    attack = "a <mark>b</mark> &lt;i&gt; <script>x</script></mark><mark>"
    assert _marked(attack) == ("a <mark>b</mark> &lt;i&gt; &lt;script&gt;x&lt;/script&gt;&lt;/mark&gt;")
