"""Beginning drafts: the home page, and pages from standard services."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from cms.catalogue.models import ServiceList, StandardService
from cms.core import clock
from cms.core.errors import Refused
from cms.pages import commands, models
from cms.publications.models import Item
from tests.people import person
from workflows.models import Writing

from . import drafts


@pytest.fixture
def standard(db: Any) -> StandardService:
    lgsl = ServiceList.objects.create(name="lgsl", title="LGSL")
    return StandardService.objects.create(
        list=lgsl,
        code="1152",
        name="Community fridges",
        description="Fridges where people share food. <b>Free</b> for all.",
        uri="http://id.example.org/1152",
        imported_at=clock.now(),
        source_line=7,
    )


def test_home_is_planted_once(home: models.HomePage) -> None:
    assert commands.plant(person("author.parks")).pk == home.pk
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert [page.pk for page in Page.objects.filter(depth=2)] == [home.pk]
    assert not home.live


def test_nobody_without_a_department_plants(db: Any) -> None:
    with pytest.raises(Refused):
        commands.plant(person("webmaster"))


def test_an_operator_plants_in_an_authors_name(db: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="no person"):
        call_command("plant_home", "nobody")
    with pytest.raises(CommandError, match="no department"):
        call_command("plant_home", person("webmaster").username)
    call_command("plant_home", person("author.parks").username, title="Marhaven")
    home = models.HomePage.objects.get()
    assert (home.title, home.item.department.code) == ("Marhaven", "parks")
    call_command("plant_home", "author.parks")
    assert "already" in capsys.readouterr().out
    assert models.HomePage.objects.count() == 1


def test_a_page_begins_with_the_words_of_the_list(topic: models.TopicPage, standard: StandardService) -> None:
    author = person("author.parks")
    page = commands.start_page(standard, by=author)
    draft = page.get_latest_revision_as_object()
    assert draft.title == "Community fridges"
    assert draft.summary == "Fridges where people share food."
    assert draft.purpose == "<p>Fridges where people share food. &lt;b&gt;Free&lt;/b&gt; for all.</p>"
    assert [(row.list, row.code) for row in draft.standard_codes.all()] == [("lgsl", "1152")]
    assert page.get_parent().pk == topic.pk
    assert page.item.department.code == "parks"
    assert Writing.objects.get(item=page.item).person == author


def test_a_double_click_begins_one_page(topic: models.TopicPage, standard: StandardService) -> None:
    first = commands.start_page(standard, by=person("author.parks"))
    items = Item.objects.count()
    assert commands.start_page(standard, by=person("author2.parks")).pk == first.pk
    assert Item.objects.count() == items
    assert commands.start_page(standard, by=person("author.finance")).pk != first.pk


@pytest.mark.parametrize("name", ["webmaster", "champion", "admin", "agent1"])
def test_only_those_who_write_begin(topic: models.TopicPage, standard: StandardService, name: str) -> None:
    with pytest.raises(Refused) as caught:
        commands.start_page(standard, by=person(name))
    assert caught.value.refusal.code == "no-department"


def test_the_discontinued_are_refused(topic: models.TopicPage, standard: StandardService) -> None:
    standard.status = "discontinued"
    standard.save()
    with pytest.raises(Refused) as caught:
        commands.start_page(standard, by=person("author.parks"))
    assert caught.value.refusal.code == "discontinued"


def test_one_click_leads_to_the_form(
    author: Client, topic: models.TopicPage, standard: StandardService
) -> None:
    url = reverse("pages_start_from_standard", args=[standard.pk])
    assert author.get(url).status_code == 405
    first = author.post(url)
    page = models.ServicePage.objects.get()
    assert first.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    again = author.post(url, follow=True)
    assert models.ServicePage.objects.count() == 1
    assert "has begun this page already" in again.content.decode()


def test_a_refusal_is_a_sentence(
    superuser: Client, topic: models.TopicPage, standard: StandardService
) -> None:
    response = superuser.post(reverse("pages_start_from_standard", args=[standard.pk]), follow=True)
    assert "You belong to no department" in response.content.decode().replace("&#x27;", "'")
    assert not models.ServicePage.objects.exists()


def test_a_draft_is_put_under_another_topic(
    author: Client, home: models.HomePage, service: models.ServicePage
) -> None:
    fire = drafts.page(models.TopicPage, home, person("author.parks"), title="Fire", slug="fire")
    url = reverse("pages_choose_topic", args=[service.pk])
    assert "Fire" in author.get(url).content.decode()
    author.post(url, {"topic": fire.pk})
    assert models.ServicePage.objects.get(pk=service.pk).is_child_of(Page.objects.get(pk=fire.pk))
    with pytest.raises(Refused):
        commands.put_under(service, fire, by=person("author.finance"))
    assert "Put under another topic" in title_of(author.get(url))


def title_of(response: Any) -> str:
    """What stands in the window's title and in the head of the screen."""
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.title and soup.h1
    assert soup.title.get_text().startswith("Put under another topic")
    return soup.h1.get_text()


def test_an_empty_site_says_how_it_begins_and_begins_with_a_button(db: Any, client: Client) -> None:
    assert not Page.objects.filter(depth=2).exists()
    client.force_login(person("admin"))
    first = client.get(reverse("wagtailadmin_home"))
    assert first.status_code == 200
    assert "Welcome to your new" not in first.content.decode()
    shown = client.get(reverse("wagtailadmin_explore_root"), follow=True).content.decode()
    assert "There is no page yet." in shown
    assert "under “People”" in shown
    client.post(reverse("pages_begin"))
    assert not models.HomePage.objects.exists()
    client.force_login(person("author.parks"))
    assert "Begin the home page" in client.get(reverse("pages_begin")).content.decode()
    begun = client.post(reverse("pages_begin"))
    home = models.HomePage.objects.get()
    assert begun["Location"] == reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert (
        client.get(reverse("pages_begin"), follow=True).redirect_chain[-1][0].endswith(f"/pages/{home.pk}/")
    )


@pytest.mark.parametrize("name", ["author.parks", "webmaster", "admin"])
def test_pages_open_where_the_pages_are(topic: models.TopicPage, client: Client, name: str) -> None:
    client.force_login(person(name))
    answer = client.get(reverse("wagtailadmin_explore_root"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_explore", args=[topic.pk])
    for page in (topic.get_parent(), Page.objects.get(depth=1)):
        shown = client.get(reverse("wagtailadmin_explore", args=[page.pk]), follow=True).content.decode()
        assert "any URL" not in shown


def test_writers_never_see_the_node_above_the_home_page(home: models.HomePage, client: Client) -> None:
    client.force_login(person("author.parks"))
    answer = client.get(reverse("wagtailadmin_explore", args=[home.get_parent().pk]))
    assert answer["Location"] == reverse("wagtailadmin_explore", args=[home.pk])
