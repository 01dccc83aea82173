"""Wagtail's doors: who may, as one table; and each shut door tried, by a superuser too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.test.utils.form_data import querydict_from_html

from cms.pages import models
from cms.publications import registry
from cms.publications.models import Entry
from tests.people import person
from workflows import commands

from . import drafts
from .filling import minimal

SHUT = (
    "can_publish",
    "can_unpublish",
    "can_publish_subpage",
    "can_submit_for_moderation",
    "can_set_view_restrictions",
    "can_unschedule",
    "can_lock",
    "can_unlock",
    "can_reorder_children",
    "can_move",
    "can_copy",
)
# who: may add beneath the topic, edit the service, delete it
OPEN = {
    "author.parks": (True, True, True),
    "author2.parks": (True, True, True),
    "editor.parks": (True, True, True),
    "author.finance": (True, False, False),
    "editor.finance": (True, False, False),
    "webmaster": (False, False, False),
    "champion": (False, False, False),
    "agent1": (False, False, False),
    "supervisor": (False, False, False),
    "admin": (False, False, False),
}


@pytest.mark.parametrize("name", OPEN)
def test_who_may(service: models.ServicePage, topic: models.TopicPage, name: str) -> None:
    user = person(name)
    # Wagtail's lists hold plain pages: they have to ask the same tester.
    for page in (service, Page.objects.get(pk=service.pk)):
        tester = page.permissions_for_user(user)
        above = Page.objects.get(pk=topic.pk).permissions_for_user(user)
        assert (above.can_add_subpage(), tester.can_edit(), tester.can_delete()) == OPEN[name]
        assert [door for door in SHUT if getattr(tester, door)()] == []
        assert not tester.can_move_to(topic)
        assert not tester.can_copy_to(topic)


def test_a_person_who_left_may_nothing(service: models.ServicePage) -> None:
    user = person("author.parks")
    user.is_active = False
    user.save()
    tester = service.permissions_for_user(user)
    assert not tester.can_edit()
    assert not tester.can_delete()


def test_nobody_makes_a_second_home(home: models.HomePage) -> None:
    for name in ("author.parks", "admin"):
        assert not home.get_parent().permissions_for_user(person(name)).can_add_subpage()


def test_what_was_sent_is_never_deleted(service: models.ServicePage, topic: models.TopicPage) -> None:
    drafts.people()
    author = person("author.parks")
    submission = commands.submit([topic.get_parent().specific.item, topic.item, service.item], by=author)
    tester = service.permissions_for_user(author)
    assert tester.page_locked()
    assert not tester.can_delete()
    commands.take_back(submission, by=author)
    assert not tester.page_locked()
    assert tester.can_edit()
    assert not tester.can_delete()


def test_each_kind_knows_where_it_is_written(
    author: Client, service: models.ServicePage, topic: models.TopicPage
) -> None:
    by = person("author.parks")
    for draft in (topic, service, drafts.place(by), drafts.contact_point(by), drafts.notice(by)):
        url = registry.kind(draft.item_kind).edit_url(draft.item)
        assert str(draft.pk) in url
        assert author.get(url).status_code == 200
    item = service.item
    service.delete()
    assert registry.kind("service").edit_url(item) == reverse("wagtailadmin_home")


def test_no_warning_about_sites(author: Client, topic: models.TopicPage) -> None:
    assert "no site" not in author.get(reverse("wagtailadmin_explore", args=[topic.pk])).content.decode()


def _doors(service: models.ServicePage, topic: models.TopicPage) -> dict[str, tuple[str, dict[str, Any]]]:
    pk = [service.pk]
    return {
        "unpublish": (reverse("wagtailadmin_pages:unpublish", args=pk), {}),
        "delete": (reverse("wagtailadmin_pages:delete", args=pk), {}),
        "copy": (
            reverse("wagtailadmin_pages:copy", args=pk),
            {"new_title": "x", "new_slug": "x", "new_parent_page": topic.pk, "copy_subpages": ""},
        ),
        "move": (reverse("wagtailadmin_pages:move", args=pk), {"new_parent_page": topic.pk}),
        "move confirmed": (
            reverse("wagtailadmin_pages:move_confirm", args=[service.pk, topic.get_parent().pk]),
            {},
        ),
        "reorder": (reverse("wagtailadmin_pages:set_page_position", args=pk) + "?position=0", {}),
        "restrict": (
            reverse("wagtailadmin_pages:set_privacy", args=pk),
            {"restriction_type": "login"},
        ),
        "convert alias": (reverse("wagtailadmin_pages:convert_alias", args=pk), {}),
        "lock": (reverse("wagtailadmin_pages:lock", args=pk), {}),
        "unlock": (reverse("wagtailadmin_pages:unlock", args=pk), {}),
        **{
            f"bulk {deed}": (
                reverse("wagtail_bulk_action", args=["wagtailcore", "page", deed]) + f"?id={service.pk}",
                {"include_descendants": "on", "chooser": topic.get_parent().pk, "move_applicable": "on"},
            )
            for deed in ("publish", "unpublish", "delete", "move")
        },
    }


DOORS = (
    "unpublish",
    "delete",
    "copy",
    "move",
    "move confirmed",
    "reorder",
    "restrict",
    "convert alias",
    "lock",
    "unlock",
    "bulk publish",
    "bulk unpublish",
    "bulk delete",
    "bulk move",
)


@pytest.mark.parametrize("door", DOORS)
def test_a_superuser_finds_it_shut(
    superuser: Client, service: models.ServicePage, topic: models.TopicPage, door: str
) -> None:
    models.ServicePage.objects.filter(pk=service.pk).update(
        live=door == "bulk unpublish" or door == "unpublish"
    )
    before = _state(service)
    url, data = _doors(service, topic)[door]
    superuser.post(url, data)
    assert _state(service) == before
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "deed",
    [
        "publish",
        "unpublish",
        "copy",
        "move",
        "delete",
        "revert_to_page_revision",
        "create_alias",
        "convert_alias",
        "copy_for_translation",
    ],
)
def test_the_admin_api_does_nothing(
    superuser: Client, author: Client, service: models.ServicePage, topic: models.TopicPage, deed: str
) -> None:
    before = _state(service)
    url = reverse("wagtailadmin_api:pages:action", args=[service.pk, deed])
    for client in (superuser, author):
        response = client.post(
            url,
            json.dumps({"destination_page_id": topic.pk, "revision_id": service.latest_revision_id}),
            content_type="application/json",
        )
        assert response.status_code == 403
        assert response.json()["message"].endswith(".")
    assert _state(service) == before


def test_saving_with_publish_saves_a_draft_at_most(
    superuser: Client, author: Client, service: models.ServicePage, topic: models.TopicPage
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[service.pk])
    superuser.post(edit, {"title": "Taken over", "slug": "x", "action-publish": "1"})
    service.refresh_from_db()
    assert not service.live
    assert service.get_latest_revision_as_object().title == "Barbecue permit"


def test_a_locked_text_stands_still(
    author: Client, service: models.ServicePage, topic: models.TopicPage
) -> None:
    drafts.people()
    commands.submit([topic.get_parent().specific.item, topic.item, service.item], by=person("author.parks"))
    before = Revision.objects.count()
    author.post(reverse("wagtailadmin_pages:edit", args=[service.pk]), minimal(title="Other"))
    assert Revision.objects.count() == before


def test_a_locked_place_stands_still(author: Client, home: models.HomePage) -> None:
    drafts.people()
    place = drafts.place(person("author.parks"))
    commands.submit([place.item], by=person("author.parks"))
    edit = reverse("wagtailsnippets_pages_place:edit", args=[place.pk])
    assert "waits for approval" in author.get(edit).content.decode()
    before = Revision.objects.count()
    author.post(edit, {"title": "Other"})
    assert Revision.objects.count() == before


@pytest.mark.parametrize(
    "name", ["publish_scheduled", "publish_scheduled_pages", "purge_revisions", "move_pages"]
)
def test_commands_that_have_no_place_here(name: str) -> None:
    with pytest.raises(CommandError, match=r"\.$"):
        call_command(name)


SNIPPET_DOORS = ("delete", "unpublish", "lock", "unlock")


@pytest.mark.parametrize("name", ["admin", "author.parks", "author.finance"])
def test_snippets_have_the_same_doors(home: models.HomePage, name: str) -> None:
    place = drafts.place(person("author.parks"))
    client = Client()
    client.force_login(person(name))
    before = (models.Place.objects.count(), place.live, place.locked, place.latest_revision_id)
    for door in SNIPPET_DOORS:
        view = f"wagtailsnippets_pages_place:{door}"
        client.post(reverse(view, args=[place.pk]))
    client.post(reverse("wagtail_bulk_action", args=["pages", "place", "delete"]) + f"?id={place.pk}", {})
    if name != "author.parks":
        client.post(
            reverse("wagtailsnippets_pages_place:edit", args=[place.pk]),
            {"title": "Mine", "action-publish": "1"},
        )
    place.refresh_from_db()
    assert (models.Place.objects.count(), place.live, place.locked, place.latest_revision_id) == before


def _filled_in(page: Any) -> dict[str, Any]:
    """What the form of a page would send, with another name."""
    form = next(
        form for form in BeautifulSoup(page.content, "html.parser").find_all("form") if "title" in str(form)
    )
    data = querydict_from_html(f"<html><body>{form}</body></html>").dict()
    return {**data, "title": "Taken over"}


@pytest.mark.parametrize("door", ["edit", "revisions_revert"])
@pytest.mark.parametrize("kind", ["place", "contact_point", "notice"])
def test_snippets_are_written_by_their_department(home: models.HomePage, kind: str, door: str) -> None:
    """With the very form that the department's own author sends."""
    draft = getattr(drafts, kind)(person("author.parks"))
    args = [draft.pk] if door == "edit" else [draft.pk, draft.latest_revision_id]
    address = reverse(f"wagtailsnippets_pages_{draft._meta.model_name}:{door}", args=args)
    data: dict[str, Any] = {}
    wrote = {}
    for name in ("author.parks", "author.finance", "editor.finance", "webmaster", "champion", "admin"):
        client = Client()
        client.force_login(person(name))
        data = data or _filled_in(client.get(address))
        before = Revision.objects.count()
        opened = client.get(address).status_code == 200
        client.post(address, data)
        wrote[name] = (opened, Revision.objects.count() > before)
    assert wrote.pop("author.parks") == (True, True)
    assert set(wrote.values()) == {(False, False)}


def _state(service: models.ServicePage) -> tuple[Any, ...]:
    page = models.ServicePage.objects.get(pk=service.pk)
    return (
        Page.objects.count(),
        Revision.objects.count(),
        PageViewRestriction.objects.count(),
        page.live,
        page.path,
        page.url_path,
        page.locked,
        page.alias_of_id,
    )
