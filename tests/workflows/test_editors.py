"""“Send for approval” in the editors of pages and snippets, with the real forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from cms.pages.commands import plant
from tests.people import person
from workflows import commands
from workflows.models import Submission, Writing

from .stories import at_browser, staffed

pytestmark = pytest.mark.django_db
SEND = "action-send-for-approval"


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Iterator[None]:
    with staffed():
        yield


def test_a_page_is_saved_and_then_shown_before_it_is_sent() -> None:
    home = plant(person("author.parks"))
    author, edit = at_browser("author.parks"), reverse("wagtailadmin_pages:edit", args=[home.pk])
    form = author.get(edit).content.decode()
    assert SEND in form
    assert "Publication history" in form
    data = querydict_from_html(form, form_id="page-edit-form")
    data["title"] = "Welcome to Marhaven"
    data[SEND] = "Send for approval"
    answer = author.post(edit, data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert answer.url == reverse("workflows_submit", args=[home.item_id])
    assert not Submission.objects.exists()
    assert Writing.objects.filter(item=home.item, person=person("author.parks")).count() == 2
    assert "Welcome to Marhaven" in author.get(answer.url).content.decode()

    author.post(answer.url)
    submission = Submission.objects.get()
    frame = author.get(reverse("workflows_rendered", args=[submission.pk, home.item_id]))
    assert frame.status_code == 200
    assert "Welcome to Marhaven" in frame.content.decode()
    locked = author.get(edit).content.decode()
    assert SEND not in locked
    assert reverse("workflows_review", args=[submission.pk]) in locked


def test_editors_send_nothing() -> None:
    home = plant(person("author.parks"))
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert SEND not in at_browser("editor.parks").get(edit).content.decode()


def test_the_editor_leads_to_withdrawal_and_move_once_it_is_published() -> None:
    home = plant(person("author.parks"))
    submission = commands.submit([home.item], by=person("author.parks"))
    commands.approve(submission, by=person("editor.parks"), seen=submission.sha)
    commands.approve(submission, by=person("webmaster"), seen=submission.sha)
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    shown = at_browser("author.parks").get(edit).content.decode()
    assert reverse("workflows_withdraw", args=[home.item_id]) in shown
    assert reverse("workflows_move", args=[home.item_id]) not in shown


def test_a_new_place_is_saved_and_then_shown() -> None:
    author, add = at_browser("author.parks"), reverse("wagtailsnippets_pages_contactpoint:add")
    form = author.get(add).content.decode()
    assert SEND in form
    data = querydict_from_html(form, form_id="w-editor-form")
    data["title"] = "Contact centre"
    data[SEND] = "Send for approval"
    answer = author.post(add, data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert "/submit/" in answer.url
    assert "Contact centre" in author.get(answer.url).content.decode()
