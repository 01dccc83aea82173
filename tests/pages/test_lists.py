"""Lists of drafts in the admin: one word for each state, and what they say while they are empty."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cms.core import clock
from cms.pages import models
from cms.publications.models import Current
from tests.people import person
from workflows import commands
from workflows.models import Submission
from workflows.states import STATES, state_apart_from_waiting, with_state

from . import drafts


def listed(client: Client, model: str) -> str:
    return client.get(reverse(f"wagtailsnippets_pages_{model}:list")).content.decode()


def sent(draft: models.Place) -> None:
    """Through all three people."""
    submission = commands.submit([draft.item], by=person("author.parks"))
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    commands.approve(submission, by=person("webmaster"), seen=submission.sha)


@pytest.mark.parametrize(
    ("model", "button"),
    [("place", "Add place"), ("contactpoint", "Add contact point"), ("notice", "Add notice")],
)
def test_an_empty_list_says_what_would_be_here_and_how_to_make_the_first(
    author: Client, model: str, button: str
) -> None:
    shown = listed(author, model)
    assert "would be here" in shown
    assert f"“{button}”" in shown
    assert button in shown.replace(f"“{button}”", "")
    assert "There are no" not in shown
    assert "Nothing here fits" in listed_with(author, model, "nonsense")


def listed_with(client: Client, model: str, query: str) -> str:
    return client.get(reverse(f"wagtailsnippets_pages_{model}:list"), {"q": query}).content.decode()


def test_places_pages_and_articles_are_published_in_the_same_word(
    author: Client, topic: models.TopicPage
) -> None:
    place = drafts.place(person("author.parks"))
    for reviewer in ("editor.parks", "webmaster"):
        person(reviewer)
    assert "never published" in listed(author, "place")
    commands.submit([place.item], by=person("author.parks"))
    assert "waiting for approval" in listed(author, "place")
    commands.take_back(_waiting(place), by=person("author.parks"))
    sent(place)
    assert Current.objects.get(pk=place.item_id).status == "published"
    shown = listed(author, "place")
    assert ">published<" in "".join(shown.split())
    assert "live" not in shown.split("<tbody>")[1].split("</tbody>")[0]


def _waiting(place: models.Place) -> Submission:
    return Submission.objects.get(state="open", documents__item=place.item)


@pytest.mark.parametrize(
    ("live", "changed", "once", "state"),
    [
        (False, True, False, "draft"),
        (True, False, True, "published"),
        (True, True, True, "changed"),
        (False, False, True, "withdrawn"),
    ],
)
def test_one_draft_and_a_list_of_them_say_the_same(
    topic: models.TopicPage, live: bool, changed: bool, once: bool, state: str
) -> None:
    models.TopicPage.objects.filter(pk=topic.pk).update(
        live=live, has_unpublished_changes=changed, first_published_at=clock.now() if once else None
    )
    draft = with_state(models.TopicPage.objects.filter(pk=topic.pk)).get()
    assert draft.state == state == state_apart_from_waiting(draft)
    assert draft.status_string == STATES[state]


def test_the_panel_of_a_form_says_where_the_draft_stands_and_nothing_untrue(
    author: Client, topic: models.TopicPage
) -> None:
    place = drafts.place(person("author.parks"))
    for address in (
        reverse("wagtailadmin_pages:edit", args=[topic.pk]),
        reverse("wagtailsnippets_pages_place:edit", args=[place.pk]),
    ):
        shown = author.get(address).content.decode()
        assert "Never published" in shown
        for untrue in ("Anyone can edit", "No publishing schedule", "Once live"):
            assert untrue not in shown, untrue
