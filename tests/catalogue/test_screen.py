"""The listing in the admin, from which an author starts a page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cms.catalogue import viewsets
from cms.catalogue.commands import import_services
from cms.catalogue.models import StandardService
from tests.people import person

from .lists import lgsl, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def services() -> None:
    import_services(
        lgsl(
            row("1152", "Abandoned shopping trolleys"),
            row("372", "Abandoned vehicles"),
            row("9", "Old thing", "Discontinued"),
        ),
        "lgsl",
        by=None,
    )


@pytest.fixture
def page(client: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """The listing as an author sees it, where somebody makes pages."""
    monkeypatch.setattr(viewsets, "reverse", lambda name, kwargs: f"/start/{kwargs['pk']}/")
    client.force_login(person("author.parks"))
    return client.get(reverse("standard_services:index")).content.decode()


def test_what_is_offered_has_a_button(page: str) -> None:
    for code, offered in (("1152", True), ("372", True), ("9", False)):
        service = StandardService.objects.get(code=code)
        assert service.name in page
        assert (f'action="/start/{service.pk}/"' in page) == offered
    assert page.count("not offered") == 1
    assert page.count("csrfmiddlewaretoken") >= 2
    assert 'aria-label="Start a page from Abandoned vehicles"' in page


def test_who_writes_for_no_department_has_no_button(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewsets, "reverse", lambda name, kwargs: f"/start/{kwargs['pk']}/")
    client.force_login(person("champion"))
    page = client.get(reverse("standard_services:index")).content.decode()
    assert "Abandoned vehicles" in page
    assert "/start/" not in page


def test_the_best_match_comes_first(client: Client) -> None:
    import_services(
        lgsl(
            row("1", "Animals in streets"),
            row("2", "Street trees"),
            row("3", "Tree planting"),
            row("30", "Zoo"),
        ),
        "lgsl",
        by=None,
    )
    client.force_login(person("author.parks"))

    def found(query: str) -> list[str]:
        answer = client.get(reverse("standard_services:index"), {"q": query})
        return [service.name for service in answer.context["object_list"]]

    def marked(**query: str) -> list[str]:
        """The columns that say that the list stands in their order."""
        html = client.get(reverse("standard_services:index"), query).content.decode()
        heads = BeautifulSoup(html, "html.parser").select("th a.teal")
        return [head.get_text().strip() for head in heads]

    assert marked() == ["Name"]
    assert marked(q="tree") == []
    assert marked(q="tree", ordering="name") == ["Name"]
    assert found("tree") == ["Street trees", "Tree planting", "Animals in streets"]
    assert found("street")[0] == "Animals in streets"
    assert found("3") == ["Tree planting"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Abandoned shopping trolleys", "Abandoned vehicles", "Old thing"}),
        ("q=1152", {"Abandoned shopping trolleys"}),
        ("q=vehicles+abandoned", {"Abandoned vehicles"}),
        ("status=discontinued", {"Old thing"}),
        ("q=%22%25_", set()),
        ("q=%00", {"Abandoned shopping trolleys", "Abandoned vehicles", "Old thing"}),
        ("q=" + "x" * 2000, set()),
        ("status=nonsense", {"Abandoned shopping trolleys", "Abandoned vehicles", "Old thing"}),
    ],
)
def test_searching_and_filtering(client: Client, query: str, names: set[str]) -> None:
    client.force_login(person("author.parks"))
    for view in ("index", "index_results"):
        answer = client.get(reverse(f"standard_services:{view}") + "?" + query)
        assert answer.status_code == 200
        assert {service.name for service in answer.context["object_list"]} == names


@pytest.mark.parametrize("door", ["new/", "edit/{pk}/", "delete/{pk}/", "copy/{pk}/"])
def test_nobody_changes_a_standard_service(client: Client, door: str) -> None:
    client.force_login(person("admin"))
    pk = StandardService.objects.get(code="9").pk
    answer = client.post(reverse("standard_services:index") + door.format(pk=pk), {"name": "Mine"})
    assert answer.status_code == 404
    assert StandardService.objects.get(pk=pk).name == "Old thing"


@pytest.mark.parametrize("name", [None, "agent1"])
def test_the_listing_is_for_those_who_may_enter_the_admin(client: Client, name: str | None) -> None:
    if name:
        client.force_login(person(name))
    assert client.get(reverse("standard_services:index")).status_code == 302


def test_an_empty_catalogue_says_how_to_fill_it(client: Client) -> None:
    StandardService.objects.all().delete()
    client.force_login(person("author.parks"))
    assert "import_services" in client.get(reverse("standard_services:index")).content.decode()
