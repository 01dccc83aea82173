"""The form of a service, as an author fills it: every field is entered, saved and read back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from cms.pages import models
from cms.pages.queries import newest_draft
from cms.publications import registry
from cms.publications.models import Item
from tests.people import person

from .filling import create, dated, errors_of, everything, filled_in, minimal, steps_of


def test_every_field_of_a_service_is_saved_and_read_back(author: Client, topic: models.TopicPage) -> None:
    page = create(author, topic, everything(topic))
    assert page.item.department.code == "parks"
    assert not page.live
    first = registry.kind("service").compose(newest_draft(page.item))
    assert [(f["label"], f.get("amount")) for f in first["facts"] if f["kind"] == "fee"] == [
        ("Day", "5.00"),
        ("Day", "6.50"),
        ("Year", "40.00"),
    ]
    keys = [f["key"] for f in first["facts"] if f["kind"] == "fee"]
    assert keys[0] == keys[1] != keys[2]
    assert {f["kind"] for f in first["facts"]} == {
        "fee",
        "processing_time",
        "deadline",
        "document",
        "eligibility",
        "legal_basis",
    }
    assert first["facts"][1]["valid_from"] == "2031-01-01"
    assert first["review_on"] == "2031-05-01"
    assert first["tags"] == ["angling", "pond"]
    assert first["body"]["target_groups"] == ["residents", "visitors"]
    assert len(first["life_events"]) == len(first["topics"]) == len(first["body"]["related"]) == 1
    assert first["body"]["channels"][0]["place"]
    assert first["body"]["channels"][1]["contact_point"]
    assert first["body"]["tasks"][0]["state"] == "planned"
    assert first["body"]["downloads"][0]["title"] == "Map"
    assert first["body"]["steps"][1]["text"].startswith("<p")
    assert registry.kind("service").missing(first) == []

    # Opened and saved again as the form shows it, it says the same: nothing is lost on the way.
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = filled_in(author.get(edit).content.decode())
    response = author.post(edit, {**shown, **steps_of(newest_draft(page.item))})
    assert response.status_code == 302, errors_of(response)
    assert registry.kind("service").compose(newest_draft(page.item)) == first


def test_a_draft_may_lack_almost_everything(author: Client, topic: models.TopicPage) -> None:
    page = create(author, topic, minimal())
    assert (
        len(registry.kind("service").missing(registry.kind("service").compose(newest_draft(page.item)))) > 5
    )


def test_what_is_missing_leads_to_its_place_in_the_form(author: Client, topic: models.TopicPage) -> None:
    page = create(author, topic, minimal())
    soup = BeautifulSoup(author.get(reverse("workflows_submit", args=[page.item_id])).content, "html.parser")
    form = BeautifulSoup(author.get(registry.kind("service").edit_url(page.item)).content, "html.parser")
    links = [link for link in soup.select(".oa-missing a") if link["href"]]
    assert len(links) > 5
    for link in links:
        address, field = str(link["href"]).split("#:w:contentpath=")
        assert address == registry.kind("service").edit_url(page.item)
        assert form.select_one(f'[data-contentpath="{field}"]'), field


def test_a_draft_says_that_nobody_reads_it_and_no_enter_sends_it(
    author: Client, topic: models.TopicPage
) -> None:
    new = author.get(reverse("wagtailadmin_pages:add", args=["pages", "servicepage", topic.pk]))
    assert "Nobody reads this yet. Save the draft first" in new.content.decode()
    page = create(author, topic, minimal())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    soup = BeautifulSoup(author.get(edit).content, "html.parser")
    notice = soup.select_one(".oa-approval")
    assert notice is not None and "Nobody reads this yet." in notice.get_text()
    link = notice.select_one("a.button")
    assert link is not None and link["href"] == reverse("workflows_submit", args=[page.item_id])
    first = soup.select_one("form#page-edit-form [type=submit], form#page-edit-form button:not([type])")
    assert first is None or "send" not in first.get_text().lower()
    other = Client()
    other.force_login(person("webmaster"))
    assert "oa-approval" not in other.get(edit).content.decode()


def test_new_rows_of_one_form_are_different_facts(author: Client, topic: models.TopicPage) -> None:
    form = author.get(
        reverse("wagtailadmin_pages:add", args=["pages", "servicepage", topic.pk])
    ).content.decode()
    empty = re.search(r'name="fees-__prefix__-key"[^>]*', form)
    assert empty is not None
    assert "value=" not in empty[0]


@pytest.mark.parametrize(
    ("field", "data", "words"),
    [
        ("fees", dated(label="Day", amount="-1", currency="GBP", condition=""), "greater than or equal to 0"),
        (
            "fees",
            dated(
                label="Day",
                amount="1",
                currency="GBP",
                condition="",
                valid_from="2031-01-02",
                valid_to="2031-01-01",
            ),
            "The last day comes after the first.",
        ),
        (
            "tasks",
            {"kind": "apply", "label": "x", "url": "javascript:alert(1)", "state": "working"},
            "valid URL",
        ),
    ],
)
def test_bad_input_gets_a_sentence(
    author: Client, topic: models.TopicPage, field: str, data: dict[str, Any], words: str
) -> None:
    url = reverse("wagtailadmin_pages:add", args=["pages", "servicepage", topic.pk])
    items = Item.objects.count()
    response = author.post(url, minimal(**{field: inline_formset([data])}))
    assert response.status_code == 200
    assert words in response.content.decode()
    assert Item.objects.count() == items


def test_a_person_without_a_department_is_sent_away(superuser: Client, topic: models.TopicPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["pages", "servicepage", topic.pk])
    assert superuser.get(url).status_code == 302
    superuser.post(url, minimal())
    assert not models.ServicePage.objects.exists()
