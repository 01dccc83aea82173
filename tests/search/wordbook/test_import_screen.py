"""“Import a file” in the admin: looked at first, taught with a second click."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.core.models import AuditRow
from search.wordbook import importing
from search.wordbook import preview as previewing
from search.wordbook.models import Synonyms
from tests.people import person

from .teaching import taught
from .test_import import SMALL
from .test_preview import Question, Shelf
from .test_screens import at, error_of, text

IMPORT = "/admin/search/synonyms/import/"


def look(name: str = "webmaster", source: bytes | None = SMALL.encode(), language: str = "en") -> Any:
    data: dict[str, Any] = {"language": language}
    if source is not None:
        data["source"] = SimpleUploadedFile("synonyms.yml", source)
    return at(name).post(IMPORT, data)


def second_click(page: str) -> dict[str, str]:
    """What the page sends when its button is pressed."""
    form = BeautifulSoup(page, "html.parser").select_one("form.oa-import-form")
    assert form is not None and form.select_one('button[name="looked_at"]') is not None
    hidden = {str(field["name"]): str(field["value"]) for field in form.select('input[type="hidden"]')}
    return {**{name: hidden[name] for name in ("source", "language")}, "looked_at": "1"}


@pytest.mark.parametrize("name", ["webmaster", "champion"])
def test_what_was_looked_at_is_taught_with_a_click_and_twice_is_once(name: str) -> None:
    taught("commodity codes → tariff codes")
    page = text(look(name))
    assert "Line 4: To the search, “bins” and “bin” are the same word already." in page
    assert "Line 6: “find” is no kind of rule" in page and "Nothing is saved yet." in page
    assert "dustbin → bin, waste container" in page
    counts = BeautifulSoup(page, "html.parser").select(".oa-counts dd")
    assert [one.text for one in counts] == ["1", "1", "2"]
    assert Synonyms.objects.count() == 1
    answer = at(name).post(IMPORT, second_click(page), follow=True)
    assert "1 rule is taught." in text(answer)
    again = at(name).post(IMPORT, second_click(page), follow=True)
    assert "All that the file says is taught already." in text(again)
    row = Synonyms.objects.latest("pk")
    assert (Synonyms.objects.count(), str(row), row.note) == (
        2,
        "dustbin → bin, waste container",
        "Old names",
    )
    assert row.taught_by == person(name)
    told = AuditRow.objects.get(deed="synonyms imported")
    assert (told.by, told.details["made"]) == (person(name), 1)


def test_it_shows_what_last_weeks_questions_would_find(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf("Waste container")
    monkeypatch.setattr(previewing, "ranking", lambda: shelf)
    monkeypatch.setattr(previewing, "questions", lambda: [Question("dustbin", 4, "public")])
    assert "<ins>Waste container</ins>" in text(look())
    assert not Synonyms.objects.exists()
    assert not AuditRow.objects.filter(deed="synonyms imported").exists()


@pytest.mark.parametrize(
    ("source", "language", "field", "sentence"),
    [
        (None, "en", "source", "Choose the file with the synonyms."),
        (b"", "en", "source", "There is no rule in the file."),
        (b"# nothing\n", "en", "source", "There is no rule in the file."),
        (b"- search: a => b\n- search: \xff => c\n", "en", "source", "Line 2 isn&#x27;t written in UTF-8."),
        (b"- find: a => b\n", "en", "source", "The one rule can&#x27;t be used. Nothing was changed."),
        (b"#" * (importing.MOST_BYTES + 1), "en", "source", "at most 488.3"),
        (SMALL.encode(), "xx", "language", "xx"),
    ],
)
def test_a_bad_file_is_refused_at_its_field(
    source: bytes | None, language: str, field: str, sentence: str
) -> None:
    page = text(look(source=source, language=language)).replace("\xa0", " ")
    assert sentence in error_of(page, field)
    assert not Synonyms.objects.exists()


def test_lines_of_a_file_without_a_usable_rule_are_told() -> None:
    assert "Line 1: “find” is no kind of rule" in text(look(source=b"- find: a => b\n"))


@pytest.mark.parametrize("sent", [{"source": "!!"}, {"source": "////"}, {"language": "xx"}, {"source": ""}])
def test_a_file_that_was_lost_on_the_way_writes_nothing(sent: dict[str, str]) -> None:
    click = {**second_click(text(look())), **sent}
    answer = at("webmaster").post(IMPORT, click)
    assert (answer.status_code, answer["Location"]) == (302, IMPORT)
    assert not Synonyms.objects.exists()


@pytest.mark.parametrize("name", ["author.parks", "editor.parks", "supervisor", "admin", "agent1", None])
def test_others_are_refused_at_the_door(name: str | None) -> None:
    client = at(name) if name else Client()
    click = second_click(text(look()))
    assert client.get(IMPORT).status_code == client.post(IMPORT, click).status_code == 302
    assert not Synonyms.objects.exists()


def test_the_list_leads_to_it() -> None:
    assert reverse("search_synonyms:import") == IMPORT
    assert f'href="{IMPORT}"' in text(at("webmaster").get(reverse("search_synonyms:index")))
