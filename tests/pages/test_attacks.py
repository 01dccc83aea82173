"""Attacks through Wagtail's doors on who wrote what, and on drafts that are gone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from cms.core.errors import Refused
from cms.pages import models
from cms.pages.queries import newest_draft
from cms.publications.models import Entry
from tests.people import person
from workflows import commands
from workflows.models import Writing

from . import drafts


def _typed(client: Client, address: str) -> Any:
    """What the form at an address would send."""
    data = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    steps = [("step", {"title": "Choose a place", "text": rich_text("<p>Look at the map.</p>")})]
    data.update(nested_form_data({"steps": streamfield(steps)}))
    return data


def _sent(answer: Any) -> dict[str, str]:
    """What the form of the submit screen would send."""
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', answer.content.decode())
    assert seen is not None
    return {"seen": seen[1], "note": ""}


@pytest.fixture
def published(service: models.ServicePage, topic: models.TopicPage) -> models.ServicePage:
    drafts.people()
    for name in ("editor2.parks", "author2.parks"):
        person(name)
    drafts.publish(topic.get_parent().specific.item, topic.item, service.item)
    return models.ServicePage.objects.get(pk=service.pk)


def _write(page: models.ServicePage, name: str | None, summary: str) -> Any:
    draft = newest_draft(page.item)
    draft.summary = summary
    return draft.save_revision(user=person(name) if name else None)


def _at(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


def test_words_brought_back_keep_their_writer(published: models.ServicePage) -> None:
    theirs = _write(published, "editor2.parks", "Words of an editor.")
    _write(published, "author.parks", "Words of an author.")
    drafts.publish(published.item)
    client = _at("author.parks")
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[published.pk, theirs.pk])
    answer = client.post(revert, _typed(client, revert))
    assert answer.status_code == 302
    assert newest_draft(published.item).summary == "Words of an editor."
    waiting = commands.submit([published.item], by=person("author.parks"))
    with pytest.raises(Refused) as caught:
        commands.approve(waiting, by=person("editor2.parks"), seen=waiting.sha)
    assert caught.value.refusal.code == "own-text"


def test_words_that_passed_review_bind_nobody_when_they_come_back(published: models.ServicePage) -> None:
    passed = _write(published, "editor2.parks", "Words of an editor.")
    drafts.publish(published.item)
    _write(published, "author.parks", "Words of an author.")
    drafts.publish(published.item)
    passed.as_object().save_revision(user=person("author.parks"), previous_revision=passed)
    waiting = commands.submit([published.item], by=person("author.parks"))
    commands.approve(waiting, by=person("editor2.parks"), seen=waiting.sha)


def test_a_revision_by_nobody_is_never_submitted(published: models.ServicePage) -> None:
    _write(published, None, "From nowhere.")
    with pytest.raises(Refused) as caught:
        commands.submit([published.item], by=person("author.parks"))
    assert caught.value.refusal.code == "unknown-writer"


def test_saving_over_a_revision_keeps_both_writers(published: models.ServicePage) -> None:
    first = _write(published, "editor2.parks", "Words of an editor.")
    draft = newest_draft(published.item)
    draft.summary = "Words of an author."
    try:
        draft.save_revision(user=person("author.parks"), overwrite_revision=first)
    except PermissionDenied:
        draft.save_revision(user=person("author.parks"))
    writers = Writing.objects.filter(item=published.item).order_by("-pk").values_list("person", flat=True)[:2]
    assert set(writers) == {person("editor2.parks").pk, person("author.parks").pk}


def test_a_waiting_text_is_not_reverted(published: models.ServicePage) -> None:
    theirs = _write(published, "editor2.parks", "Words of an editor.")
    _write(published, "author.parks", "Words of an author.")
    client = _at("author2.parks")
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[published.pk, theirs.pk])
    data = _typed(client, revert)
    commands.submit([published.item], by=person("author.parks"))
    client.post(revert, data)
    client.post(reverse("wagtailadmin_pages:edit", args=[published.pk]), data)
    assert newest_draft(published.item).summary == "Words of an author."


def test_a_draft_that_was_deleted_is_refused_in_a_sentence(service: models.ServicePage) -> None:
    item = service.item
    service.delete()
    client = Client(raise_request_exception=False)
    client.force_login(person("author.parks"))
    answer = client.post(f"/api/v1/workflow/items/{item.pk}/submit", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:oneanswer:problem:no-draft")
    assert client.get(reverse("workflows_submit", args=[item.pk])).status_code == 302


def test_a_page_deleted_behind_our_back_stays_what_readers_get(published: models.ServicePage) -> None:
    item = published.item
    published.delete()
    assert Client().get("/parks/barbecue-permit/").status_code == 200
    asked = commands.ask_withdrawal(item, by=person("author.parks"), reason="It is over.")
    commands.approve(asked, by=person("editor.parks"), seen=asked.sha)
    commands.approve(asked, by=person("webmaster"), seen=asked.sha)
    assert Client().get("/parks/barbecue-permit/").status_code == 410


def test_what_was_shown_is_what_is_sent(published: models.ServicePage) -> None:
    _write(published, "author.parks", "What the author looked at.")
    client = _at("author.parks")
    screen = reverse("workflows_submit", args=[published.item_id])
    data = _sent(client.get(screen))
    _write(published, "author2.parks", "What a colleague saved meanwhile.")
    answer = client.post(screen, data)
    assert answer.status_code == 409
    assert "Somebody has changed this since you opened it." in answer.content.decode()
    assert Entry.objects.filter(item=published.item).count() == 1
    assert not published.item.submission_documents.filter(open=True).exists()
    assert client.post(screen, _sent(answer)).status_code == 302


def test_withdrawn_and_published_again(published: models.ServicePage) -> None:
    asked = commands.ask_withdrawal(published.item, by=person("author.parks"), reason="It is over.")
    commands.approve(asked, by=person("editor.parks"), seen=asked.sha)
    commands.approve(asked, by=person("webmaster"), seen=asked.sha)
    _write(published, "author.parks", "It is back.")
    drafts.publish(published.item)
    page = models.ServicePage.objects.get(pk=published.pk)
    assert (page.live, page.has_unpublished_changes, page.summary) == (True, False, "It is back.")
    assert Client().get("/parks/barbecue-permit/").status_code == 200
