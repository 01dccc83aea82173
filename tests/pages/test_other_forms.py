"""The forms of all that is no service, their previews, and the screens of files and images."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.pages import models
from cms.pages.queries import newest_draft
from cms.publications import registry
from cms.publications.models import Item
from tests.people import person

from . import drafts
from .filling import dated, errors_of, everything, filled_in, html


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
        assert response.status_code == 302, errors_of(response)
    assert newest_draft(models.TopicPage.objects.get().item).position == 2
    assert "f</p>" in newest_draft(models.LifeEventPage.objects.get().item).first
    assert models.DepartmentPage.objects.get().summary == "s"
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    shown = filled_in(author.get(edit).content.decode())
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
    assert response.status_code == 302, errors_of(response)
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
    assert author.post(edit, filled_in(content)).status_code == 302
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
    assert response.status_code == 302, errors_of(response)
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
    shown = filled_in(
        author.get(reverse("wagtailsnippets_pages_place:edit", args=[place.pk])).content.decode()
    )
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
