"""Drafts that are saved more than once, by themselves, late, or by two people."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.pages import models
from cms.pages.queries import newest_draft
from tests.people import person

from . import drafts
from .filling import create, dated, filled_in, minimal, steps_of


def test_the_address_of_what_is_published_stays(
    author: Client, topic: models.TopicPage, service: models.ServicePage
) -> None:
    drafts.people()
    drafts.publish(topic.get_parent().specific.item, topic.item, service.item)
    edit = reverse("wagtailadmin_pages:edit", args=[service.pk])
    shown = filled_in(author.get(edit).content.decode())
    changed = {**shown, **steps_of(newest_draft(service.item)), "slug": "elsewhere", "summary": "New."}
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
    form = {**filled_in(author.get(edit).content.decode()), **steps_of(newest_draft(page.item))}
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
    form = {**filled_in(author.get(edit).content.decode()), **steps_of(newest_draft(page.item))}
    # The form sends itself, and before it hears what became of it somebody presses the button.
    assert _saved_by_itself(author, edit, {**form, **_fee("A da")})["success"]
    assert [fee.label for fee in newest_draft(page.item).fees.all()] == ["A da"]
    assert author.post(edit, {**form, **_fee("A day")}).status_code == 302
    assert [fee.label for fee in newest_draft(page.item).fees.all()] == ["A day"]


def test_rows_that_somebody_else_has_added_stay(author: Client, topic: models.TopicPage) -> None:
    page = create(author, topic, minimal())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {**filled_in(author.get(edit).content.decode()), **steps_of(newest_draft(page.item))}
    colleague = Client()
    colleague.force_login(person("editor.parks"))
    assert _saved_by_itself(colleague, edit, {**form, **_fee("A week")})["success"]
    for _click in "12":
        assert author.post(edit, {**form, **_fee("A day")}).status_code == 302
    assert {fee.label for fee in newest_draft(page.item).fees.all()} == {"A day", "A week"}


def test_a_late_save_of_a_place_is_refused_too(author: Client) -> None:
    place = drafts.place(person("author.parks"))
    edit = reverse(place.snippet_viewset.get_url_name("edit"), args=[place.pk])
    form = filled_in(author.get(edit).content.decode())
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
