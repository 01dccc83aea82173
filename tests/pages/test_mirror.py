"""What editors see of the log: `live`, unpublished changes, the place in the tree."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page

from cms.pages import models
from cms.pages.queries import newest_draft
from cms.publications import queries as log
from tests.people import person
from workflows import commands

from . import drafts


@pytest.fixture
def published(service: models.ServicePage, topic: models.TopicPage) -> models.ServicePage:
    drafts.people()
    drafts.publish(topic.get_parent().specific.item, topic.item, service.item)
    return models.ServicePage.objects.get(pk=service.pk)


def test_published_is_live(published: models.ServicePage) -> None:
    assert published.live
    assert not published.has_unpublished_changes
    assert published.first_published_at is not None
    assert published.live_revision_id == published.latest_revision_id
    assert [fee.label for fee in published.fees.all()] == ["Permit"]
    reading = log.read(published.item_id, "public")
    assert reading is not None
    assert reading.path == published.url == "/parks/barbecue-permit/"


def test_published_twice_keeps_its_first_day_and_its_rows(published: models.ServicePage) -> None:
    first = published.first_published_at
    draft = newest_draft(published.item)
    draft.summary = "Have a fire in a park."
    draft.save_revision(user=person("author.parks"))
    assert models.ServicePage.objects.get(pk=published.pk).has_unpublished_changes
    drafts.publish(published.item)
    page = models.ServicePage.objects.get(pk=published.pk)
    assert page.summary == "Have a fire in a park."
    assert page.first_published_at == first
    assert page.last_published_at > first
    assert not page.has_unpublished_changes
    assert page.fees.count() == 1


def test_withdrawn_is_not_live(published: models.ServicePage) -> None:
    submission = commands.ask_withdrawal(published.item, by=person("author.parks"), reason="Nobody came.")
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    commands.approve(submission, by=person("webmaster"), seen=submission.sha)
    page = models.ServicePage.objects.get(pk=published.pk)
    assert not page.live
    assert page.url is None


def test_moved_stands_elsewhere_and_can_be_sent_again(
    published: models.ServicePage, home: models.HomePage
) -> None:
    fire = drafts.page(
        models.TopicPage, home, person("author.parks"), title="Fire", slug="fire", summary="Hot."
    )
    drafts.publish(fire.item)
    commands.move(
        published.item, by=person("webmaster"), reason="Found there.", slug="fire-permit", parent=fire.item
    )
    page = models.ServicePage.objects.get(pk=published.pk)
    assert page.slug == "fire-permit"
    assert page.is_child_of(Page.objects.get(pk=fire.pk))
    assert page.url_path.endswith("/fire/fire-permit/")
    assert page.url == "/fire/fire-permit/"
    draft = newest_draft(published.item)
    assert draft.slug == "fire-permit"
    draft.summary = "Other words."
    draft.save_revision(user=person("author.parks"))
    drafts.publish(published.item)


def test_a_moved_topic_takes_its_pages_along(published: models.ServicePage, topic: models.TopicPage) -> None:
    commands.move(topic.item, by=person("webmaster"), reason="Clearer.", slug="green")
    page = models.ServicePage.objects.get(pk=published.pk)
    assert page.url_path.endswith("/green/barbecue-permit/")
    assert page.url == "/green/barbecue-permit/"


def test_a_place_is_mirrored_too(home: models.HomePage) -> None:
    drafts.people()
    place = drafts.place(person("author.parks"))
    drafts.publish(place.item)
    place.refresh_from_db()
    assert place.live
    assert not place.has_unpublished_changes
    assert place.hours.count() == 1


def test_a_lost_draft_holds_nobody_up(published: models.ServicePage, monkeypatch: Any) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cms.pages.mirror._save", broken)
    draft = newest_draft(published.item)
    draft.summary = "Published all the same."
    draft.save_revision(user=person("author.parks"))
    drafts.publish(published.item)
    reading = log.read(published.item_id, "public")
    assert reading is not None
    assert reading.document["summary"] == "Published all the same."
