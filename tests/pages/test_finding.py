"""The search boxes of the admin: lists and choosers find a part of a title, whatever is typed."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.pages import models
from tests.people import person

from . import drafts

LISTS = (
    "/admin/pages/search/",
    "/admin/pages/search/results/",
    "/admin/pages/",
    "/admin/choose-page/search/",
    "/admin/images/",
    "/admin/images/chooser/results/",
    "/admin/documents/",
    "/admin/documents/chooser/results/",
    "/admin/snippets/pages/place/",
    "/admin/snippets/choose/pages/place/results/",
    "/admin/snippets/articles/article/",
)
TYPED = ('"', '""', '"permit', "'", "%", "_", "\\", "?!", "\x00", " ", "(", "live:yes", "x" * 2000)


@pytest.mark.parametrize("address", ["/admin/pages/search/", "/admin/choose-page/search/"])
@pytest.mark.parametrize(("typed", "found"), [("barbec", True), ("BARBECUE permit", True), ("canoe", False)])
def test_a_page_is_found_by_a_part_of_its_title(
    author: Client, service: models.ServicePage, address: str, typed: str, found: bool
) -> None:
    answer = author.get(address, {"q": typed, "page_type": "pages.servicepage"})
    assert answer.status_code == 200
    assert ("Barbecue permit" in answer.content.decode()) is found


def test_images_and_files_are_found(author: Client) -> None:
    for address, title in (
        ("/admin/documents/chooser/results/", drafts.file().title),
        ("/admin/images/chooser/results/", drafts.photo().title),
    ):
        assert title in author.get(address, {"q": title[:3]}).content.decode()
        assert title not in author.get(address, {"q": "zzz"}).content.decode()


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_answered(author: Client, service: models.ServicePage, typed: str) -> None:
    drafts.place(person("author.parks"))
    broken = [address for address in LISTS if author.get(address, {"q": typed}).status_code >= 500]
    assert broken == []
