"""The forms, as an author fills them: every field is entered, saved and read back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.pages import models
from cms.pages.queries import newest_draft
from cms.publications import registry
from cms.publications.models import Item
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
    assert response.status_code == 302, _errors(response)
    return models.ServicePage.objects.get(slug=data["slug"])


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
    shown = _fields(author.get(edit).content.decode())
    response = author.post(edit, {**shown, **_steps(newest_draft(page.item))})
    assert response.status_code == 302, _errors(response)
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


def test_the_address_of_what_is_published_stays(
    author: Client, topic: models.TopicPage, service: models.ServicePage
) -> None:
    drafts.people()
    drafts.publish(topic.get_parent().specific.item, topic.item, service.item)
    edit = reverse("wagtailadmin_pages:edit", args=[service.pk])
    shown = _fields(author.get(edit).content.decode())
    changed = {**shown, **_steps(newest_draft(service.item)), "slug": "elsewhere", "summary": "New."}
    assert author.post(edit, changed).status_code == 302
    draft = newest_draft(service.item)
    assert (draft.slug, draft.summary) == ("barbecue-permit", "New.")


def _saved_by_itself(client: Client, address: str, form: dict[str, Any]) -> dict[str, Any]:
    return dict(client.post(address, form, headers={"Accept": "application/json"}).json())


def test_a_late_save_does_not_put_an_older_text_over_a_newer_one(
    author: Client, topic: models.TopicPage
) -> None:
    page = create(author, topic, minimal(summary="First."))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {**_fields(author.get(edit).content.decode()), **_steps(newest_draft(page.item))}
    saved = _saved_by_itself(author, edit, {**form, "summary": "Second."})
    assert saved["success"]
    form |= {
        "overwrite_revision_id": saved["revision_id"],
        "loaded_revision_id": saved["revision_id"],
        "loaded_revision_created_at": saved["revision_created_at"],
    }
    # The form sends itself with the third text, but somebody presses the button, and the fourth is there first.
    assert author.post(edit, {**form, "summary": "Fourth."}).status_code == 302
    late = _saved_by_itself(author, edit, {**form, "summary": "Third."})
    assert (late["success"], late["error_code"]) == (False, "invalid_revision")
    assert newest_draft(page.item).summary == "Fourth."


def _fee(label: str) -> dict[str, Any]:
    return nested_form_data(
        {"fees": inline_formset([dated(label=label, amount="5.00", currency="GBP", condition="")])}
    )


def test_rows_that_a_save_under_way_has_made_are_not_made_again(
    author: Client, topic: models.TopicPage
) -> None:
    page = create(author, topic, minimal())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {**_fields(author.get(edit).content.decode()), **_steps(newest_draft(page.item))}
    # The form sends itself, and before it hears what became of it somebody presses the button.
    assert _saved_by_itself(author, edit, {**form, **_fee("A da")})["success"]
    assert [fee.label for fee in newest_draft(page.item).fees.all()] == ["A da"]
    assert author.post(edit, {**form, **_fee("A day")}).status_code == 302
    assert [fee.label for fee in newest_draft(page.item).fees.all()] == ["A day"]


def test_rows_that_somebody_else_has_added_stay(author: Client, topic: models.TopicPage) -> None:
    page = create(author, topic, minimal())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {**_fields(author.get(edit).content.decode()), **_steps(newest_draft(page.item))}
    colleague = Client()
    colleague.force_login(person("editor.parks"))
    assert _saved_by_itself(colleague, edit, {**form, **_fee("A week")})["success"]
    for _click in "12":
        assert author.post(edit, {**form, **_fee("A day")}).status_code == 302
    assert {fee.label for fee in newest_draft(page.item).fees.all()} == {"A day", "A week"}


def test_a_late_save_of_a_place_is_refused_too(author: Client) -> None:
    place = drafts.place(person("author.parks"))
    edit = reverse(place.snippet_viewset.get_url_name("edit"), args=[place.pk])
    form = _fields(author.get(edit).content.decode())
    saved = _saved_by_itself(author, edit, {**form, "title": "Second"})
    assert saved["success"], saved
    form |= {
        "overwrite_revision_id": saved["revision_id"],
        "loaded_revision_id": saved["revision_id"],
        "loaded_revision_created_at": saved["revision_created_at"],
    }
    assert author.post(edit, {**form, "title": "Fourth"}).status_code == 302
    late = _saved_by_itself(author, edit, {**form, "title": "Third"})
    assert (late["success"], late["error_code"]) == (False, "invalid_revision")
    assert newest_draft(place.item).title == "Fourth"


def test_the_forms_of_the_other_pages(author: Client, home: models.HomePage) -> None:
    for model, fields in (
        ("topicpage", {"title": "T", "slug": "t", "summary": "s", "intro": html("i"), "position": "2"}),
        (
            "lifeeventpage",
            {
                "title": "L",
                "slug": "l",
                "summary": "s",
                "intro": html("i"),
                "first": html("f"),
                "position": "1",
            },
        ),
        ("departmentpage", {"title": "D", "slug": "d", "summary": "s", "intro": html("i")}),
    ):
        url = reverse("wagtailadmin_pages:add", args=["pages", model, home.pk])
        assert author.get(url).status_code == 200
        response = author.post(url, nested_form_data({**fields, "comments": inline_formset([])}))
        assert response.status_code == 302, _errors(response)
    assert newest_draft(models.TopicPage.objects.get().item).position == 2
    assert "f</p>" in newest_draft(models.LifeEventPage.objects.get().item).first
    assert models.DepartmentPage.objects.get().summary == "s"
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    shown = _fields(author.get(edit).content.decode())
    assert author.post(edit, {**shown, "welcome": "Hello", "title": "Marhaven"}).status_code == 302
    assert newest_draft(home.item).welcome == "Hello"


def test_a_place_with_a_break_at_noon(author: Client, home: models.HomePage) -> None:
    week = {
        f"days-1-{part}": value
        for part, value in {
            "opens": "09:00",
            "closes": "12:00",
            "opens_again": "13:00",
            "closes_again": "17:00",
        }.items()
    }
    data = nested_form_data(
        {
            "title": "Library",
            "slug": "library",
            "summary": "Books.",
            "street": "2 Mill Lane",
            "postcode": "MH2",
            "town": "Marhaven",
            "phone": "01632 960 200",
            "email": "library@marhaven.example",
            "getting_there": html("Bus"),
            "accessibility": html("Lift"),
            "photo": drafts.photo().pk,
            "photo_alt": "The door",
            "hours": inline_formset([dated(label="Opening hours", note="quiet on Mondays", **week)]),
            "closures": inline_formset(
                [dated(label="Works", valid_from="2031-01-01", valid_to="2031-01-03")]
            ),
        }
    )
    response = author.post(reverse("wagtailsnippets_pages_place:add"), data)
    assert response.status_code == 302, _errors(response)
    place = models.Place.objects.get()
    assert not place.live
    first = registry.kind("place").compose(newest_draft(place.item))
    hours = next(fact for fact in first["facts"] if fact["kind"] == "hours")
    assert hours["days"] == [
        {"weekday": 1, "opens": "09:00", "closes": "12:00"},
        {"weekday": 1, "opens": "13:00", "closes": "17:00"},
    ]
    assert registry.kind("place").missing(first) == []
    edit = reverse("wagtailsnippets_pages_place:edit", args=[place.pk])
    content = author.get(edit).content.decode()
    assert "go_live_at" not in content
    assert author.post(edit, _fields(content)).status_code == 302
    assert registry.kind("place").compose(newest_draft(place.item)) == first


def test_hours_that_make_no_sense(author: Client, home: models.HomePage) -> None:
    for week, words in (
        ({"days-2-opens": "09:00"}, "give both times"),
        ({"days-2-opens": "09:00", "days-2-closes": "08:00"}, "it closes after it opens"),
        ({"days-2-opens": "soon", "days-2-closes": "late"}, "give both times"),
    ):
        full = {f"days-{day}-{part}": "" for day in range(1, 8) for part in ("opens", "closes")}
        data = nested_form_data(
            {
                "title": "Line",
                "summary": "",
                "phone": "1",
                "email": "",
                "hours": inline_formset([dated(label="Hours", note="", **{**full, **week})]),
            }
        )
        response = author.post(reverse("wagtailsnippets_pages_contactpoint:add"), data)
        assert words in response.content.decode()
    assert not models.ContactPoint.objects.exists()


def test_a_notice_with_its_end(author: Client, home: models.HomePage) -> None:
    data = nested_form_data(
        {
            "title": "Closed",
            "level": "warning",
            "text": html("Come tomorrow."),
            "shown_until": "2031-05-01 12:00",
        }
    )
    response = author.post(reverse("wagtailsnippets_pages_notice:add"), data)
    assert response.status_code == 302, _errors(response)
    document = registry.kind("notice").compose(newest_draft(models.Notice.objects.get().item))
    assert document["expires_at"] == "2031-05-01T11:00:00+00:00"
    assert document["body"]["level"] == "warning"


def test_a_preview_is_what_readers_would_get_and_begins_nothing(
    author: Client, topic: models.TopicPage
) -> None:
    items = Item.objects.count()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["pages", "servicepage", topic.pk])
    posted = author.post(url, {**everything(topic), "title": "Seen before"})
    assert posted.json() == {"is_valid": True, "is_available": True}
    made = Item.objects.count()
    page = author.get(url).content.decode()
    assert "Seen before" in page
    assert "You are twelve" in page
    assert Item.objects.count() == made > items
    assert not models.ServicePage.objects.filter(title="Seen before").exists()


def test_a_snippet_is_previewed_too(author: Client, home: models.HomePage) -> None:
    place = drafts.place(person("author.parks"))
    url = reverse("wagtailsnippets_pages_place:preview_on_edit", args=[place.pk])
    shown = _fields(author.get(reverse("wagtailsnippets_pages_place:edit", args=[place.pk])).content.decode())
    assert author.post(url, {**shown, "title": "Guildhall"}).json()["is_valid"]
    assert "Guildhall" in author.get(url).content.decode()


def test_screens_of_files_and_images(author: Client, superuser: Client, home: models.HomePage) -> None:
    document, photo = drafts.file(), drafts.photo()
    drafts.place(person("author.parks"))
    for client in (author, superuser):
        for name, args in (
            ("wagtaildocs:index", []),
            ("wagtaildocs_chooser:choose", []),
            ("wagtaildocs:edit", [document.pk]),
            ("wagtailimages:index", []),
            ("wagtailimages_chooser:choose", []),
            ("wagtailimages:edit", [photo.pk]),
            ("wagtailadmin_home", []),
            ("wagtailadmin_explore_root", []),
            ("wagtailadmin_explore", [home.pk]),
            ("wagtailadmin_choose_page", []),
            ("wagtailsnippets_pages_place:list", []),
            ("wagtailsnippets_pages_contactpoint:list", []),
            ("wagtailsnippets_pages_notice:list", []),
        ):
            assert client.get(reverse(name, args=args), follow=True).status_code == 200, name
    assert author.get(document.url).status_code == 200
    assert author.get(photo.file.url)["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Client().get(photo.file.url).status_code == 302


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


def _fields(content: str) -> dict[str, Any]:
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


def _steps(draft: models.ServicePage) -> dict[str, Any]:
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


def _errors(response: Any) -> str:
    content = response.content.decode() if response.status_code == 200 else str(response)
    return (
        "; ".join(
            " ".join(re.sub("<[^>]+>", " ", e).split())
            for e in re.findall(r'class="error-message[^>]*>(.*?)</', content, flags=re.S)
        )[:800]
        or content[:300]
    )
