"""Forms of the admin as an author fills them, and as they come filled."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.pages import models
from tests.people import person

from . import drafts

NO_ROWS = (
    "fees",
    "processing_times",
    "deadlines",
    "documents_needed",
    "eligibilities",
    "legal_bases",
    "channels",
    "tasks",
    "related",
    "downloads",
    "standard_codes",
)

TICKED = ("target_groups", "life_events", "further_topics")


def html(text: str) -> str:
    return rich_text(f"<p>{text}</p>")


def minimal(**more: Any) -> dict[str, Any]:
    ticked = {name: more.pop(name) for name in list(more) if isinstance(more[name], list) and name in TICKED}
    return ticked | nested_form_data(
        {
            "title": "Fishing permit",
            "slug": "fishing-permit",
            "summary": "",
            "purpose": html(""),
            "who_for": html(""),
            "what_to_bring": html(""),
            "handling_class": "",
            "review_on": "",
            "tags": "",
            "steps": streamfield([]),
            "comments": inline_formset([]),
            **{name: inline_formset([]) for name in NO_ROWS},
            **more,
        }
    )


def dated(**fields: Any) -> dict[str, Any]:
    return {"valid_from": "", "valid_to": "", "key": "", **fields}


def everything(topic: models.TopicPage) -> dict[str, Any]:
    by = person("author.parks")
    other = drafts.service(topic, by, title="Camping", slug="camping")
    event = drafts.page(models.LifeEventPage, topic.get_parent().specific, by, title="Moving", slug="moving")
    place, line = drafts.place(by), drafts.contact_point(by)
    return minimal(
        summary="Fish in our ponds.",
        purpose=html("You may fish."),
        who_for=html("Everybody."),
        what_to_bring=html("A photo."),
        target_groups=["residents", "visitors"],
        handling_class="B",
        review_on="2031-05-01",
        tags="angling, pond",
        life_events=[event.pk],
        further_topics=[topic.pk],
        steps=streamfield(
            [
                ("step", {"title": "Ask", "text": html("Write to us.")}),
                ("warning", {"title": "Not in spring", "text": html("Fish breed.")}),
            ]
        ),
        fees=inline_formset(
            [
                dated(label="Day", amount="5", currency="GBP", condition="adults", valid_to="2030-12-31"),
                dated(
                    label="Day", amount="6.50", currency="GBP", condition="adults", valid_from="2031-01-01"
                ),
                dated(label="Year", amount="40", currency="EUR", condition=""),
            ]
        ),
        processing_times=inline_formset(
            [dated(label="Answer", amount="2", unit="weeks", condition="at most")]
        ),
        deadlines=inline_formset([dated(label="Asking", when="a week before", condition="groups")]),
        documents_needed=inline_formset([dated(label="Passport", note="valid")]),
        eligibilities=inline_formset([dated(label="You are twelve")]),
        legal_bases=inline_formset([dated(label="Fishing Act", url="https://law.example.org/fish")]),
        channels=inline_formset(
            [
                {
                    "kind": "desk",
                    "can_do": "transaction",
                    "label": "Desk",
                    "address": "",
                    "place": place.pk,
                    "contact_point": "",
                },
                {
                    "kind": "phone",
                    "can_do": "information",
                    "label": "",
                    "address": "",
                    "place": "",
                    "contact_point": line.pk,
                },
            ]
        ),
        tasks=inline_formset(
            [{"kind": "apply", "label": "Apply now", "url": "https://f.example.org/", "state": "planned"}]
        ),
        related=inline_formset([{"service": other.pk}]),
        downloads=inline_formset([{"title": "Map", "document": drafts.file().pk}]),
        standard_codes=inline_formset([{"list": "lgsl", "code": "99", "name": "Fishing", "uri": "urn:99"}]),
    )


def create(client: Client, topic: models.TopicPage, data: dict[str, Any]) -> models.ServicePage:
    url = reverse("wagtailadmin_pages:add", args=["pages", "servicepage", topic.pk])
    response = client.post(url, data)
    assert response.status_code == 302, errors_of(response)
    return models.ServicePage.objects.get(slug=data["slug"])


class _Reader(HTMLParser):
    """Reads the fields of a form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and "disabled" not in given:
            kind = given.get("type", "text")
            if kind not in ("submit", "button", "file") and (
                kind not in ("checkbox", "radio") or "checked" in given
            ):
                self.found.setdefault(name, []).append(given.get("value") or "")
        elif tag == "textarea" and name:
            self.area = name
            self.found.setdefault(name, []).append("")
        elif tag == "select":
            self.select = name or ""
        elif tag == "option" and self.select and "selected" in given:
            self.found.setdefault(self.select, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


def filled_in(content: str) -> dict[str, Any]:
    reader = _Reader()
    form = content[
        content.index("<form", content.index("data-edit-form") - 600) if "data-edit-form" in content else 0 :
    ]
    reader.feed(
        re.sub(
            r"<template.*?</template>", "", re.sub(r"<script.*?</script>", "", form, flags=re.S), flags=re.S
        )
    )
    return {name: values for name, values in reader.found.items() if "__prefix__" not in name}


def steps_of(draft: models.ServicePage) -> dict[str, Any]:
    """Steps are drawn by a script: what it would send."""
    return nested_form_data(
        {
            "steps": streamfield(
                [
                    (
                        step.block_type,
                        {"title": step.value["title"], "text": rich_text(step.value["text"].source)},
                    )
                    for step in draft.steps
                ]
            )
        }
    )


def errors_of(response: Any) -> str:
    content = response.content.decode() if response.status_code == 200 else str(response)
    return (
        "; ".join(
            " ".join(re.sub("<[^>]+>", " ", e).split())
            for e in re.findall(r'class="error-message[^>]*>(.*?)</', content, flags=re.S)
        )[:800]
        or content[:300]
    )
