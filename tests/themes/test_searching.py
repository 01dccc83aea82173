from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from search import queries
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
    assert [a.text for a in soup.select(".prose .links a")] == ["Streets"]


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
    "more",
    [
        "&page=0",
        "&page=-1",
        "&page=x",
        "&page=99999999999",
        "&type=nope",
        "&page=²",
        "&topic=x",
        "&life_event=%00",
        "&audience=staff&type=article",
    ],
)
def test_odd_parameters_are_passed_over(client: Client, more: str) -> None:
    found(client, "parking", more)


def test_the_last_page_says_that_there_is_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(41):
        publish("service", f"Parking {number}", slug=f"parking-{number}")
    monkeypatch.setattr("themes.narrowing.LAST_PAGE", 2)
    monkeypatch.setattr("themes.searching.LAST_PAGE", 2)
    first, last = found(client, "parking"), found(client, "parking", "&page=99")
    assert first.select_one('a[rel="next"]')
    assert not last.select_one('a[rel="next"]')
    assert "Further results are not shown." in last.text
    assert "Further results are not shown." not in first.text


def test_a_page_after_the_last_does_not_deny_what_was_found(client: Client) -> None:
    publish("service", "Parking permit")
    page = found(client, "parking", "&page=3")
    assert [link.text for link in page.select(".results a")] == ["Parking permit"]
    assert not page.select_one('a[rel="prev"]')


def test_more_than_can_be_turned_to_is_said_at_the_end(client: Client, told: Any) -> None:
    """Of those with only some of the words, the best few are shown, and there is no page after them."""
    publish("service", "Parking permit")
    assert "Further results are not shown." not in found(client, "parking").text
    told(total_is_exact=False)
    soup = found(client, "parking")
    assert "More than 1 result\n" in soup.text
    assert not soup.select_one('a[rel="next"]')
    assert "Further results are not shown." in soup.text


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


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have the search tell something beside what it finds; what it is asked, for each time."""

    def tell(**values: Any) -> list[dict[str, Any]]:
        asked: list[dict[str, Any]] = []
        real = queries.find

        def find(text: str, **how: Any) -> queries.Results:
            asked.append(how)
            return replace(real(text, **how), **values)

        monkeypatch.setattr(queries, "find", find)
        return asked

    return tell


def test_what_was_searched_for_instead_is_said_and_can_be_undone(client: Client, told: Any) -> None:
    publish("service", "Parking permit")
    publish("place", "Parking house")
    asked = told(corrected="parking")
    line = found(client, "parkng", "&type=service&page=2").select_one(".corrected")
    assert line
    assert " ".join(line.text.split()) == "Showing results for parking. Search for “parkng” instead"
    assert line.select("a")[0]["href"] == "/search/?q=parkng&type=service&as_typed=1"
    found(client, "parkng", "&as_typed=1")
    assert [how["as_typed"] for how in asked] == [False, False, True]  # there is no second page
    assert {how["audience"] for how in asked} == {"public"}


def test_nothing_found_leads_to_the_nearest_topics(client: Client, told: Any) -> None:
    publish("topic", "Streets")
    told(nearest=[{"id": "1", "title": "Bins & waste", "url": "/bins/"}])
    soup = found(client, "xylophone")
    assert [(a.text, a["href"]) for a in soup.select(".prose .links a")] == [("Bins & waste", "/bins/")]
    assert not soup.select(".cards")


def test_results_are_narrowed_down_by_topic_and_life_event(client: Client) -> None:
    event, other = publish("life_event", "Moving house"), publish("life_event", "Growing older")
    topic, streets = publish("topic", "Getting about"), publish("topic", "Streets")
    for title, on, when in (("One", topic, event), ("Two", topic, other), ("Three", streets, other)):
        refs = {"topics": [{"item": str(on.pk)}], "life_events": [{"item": str(when.pk)}]}
        publish("service", f"Parking {title}", slug=f"parking-{title.lower()}", **refs)
    soup = found(client, "parking")
    groups = {group.summary.text: group for group in soup.select(".filters details")}  # type: ignore[union-attr]
    shown = {name: [a.text for a in group.select("a")] for name, group in groups.items()}
    assert shown == {
        "By topic": ["Getting about 2", "Streets 1"],
        "By life event": ["Growing older 2", "Moving house 1"],
    }
    assert not soup.select(".filters details[open]")
    link = groups["By topic"].select("a")[0]["href"]
    assert link == f"/search/?q=parking&topic={topic.pk}"
    narrow = BeautifulSoup(client.get(str(link)).content, "html.parser")
    assert [a.text for a in narrow.select(".results a")] == ["Parking One", "Parking Two"]
    assert len(narrow.select(".filters details[open]")) == 1
    both = found(client, "parking", f"&topic={topic.pk}&life_event={other.pk}")
    assert [a.text for a in both.select(".results a")] == ["Parking Two"]
    chosen = both.select('.filters a[aria-current="true"]')
    assert [str(a["href"]) for a in chosen] == [
        f"/search/?q=parking&life_event={other.pk}",
        f"/search/?q=parking&topic={topic.pk}",
    ]


def test_a_capped_count_is_marked(client: Client, told: Any) -> None:
    publish("service", "Parking permit")
    counts = [
        {"value": name, "label": name, "count": 900, "is_exact": False}
        for name in ("service", "place", "article")
    ]
    told(facets={"type": counts})
    choices = [a.text for a in found(client, "parking").select(".filters a")]
    assert choices == ["Services 900 or more", "Places 900 or more"]


def test_in_a_snippet_nothing_is_markup_but_the_mark() -> None:
    attack = "a <mark>b</mark> &lt;i&gt; <script>x</script></mark><mark>"
    assert _marked(attack) == ("a <mark>b</mark> &lt;i&gt; &lt;script&gt;x&lt;/script&gt;&lt;/mark&gt;")
