"""What was put right is told in the letters that people write."""

from __future__ import annotations

import pytest

from search.queries import find
from search.writing import as_written

from .publishing import service


@pytest.mark.parametrize(("question", "forms", "texts", "written"), [
    ("mulltonne bestellen", {"mulltonne", "bestellen"}, ["Die Mülltonne", "Mülltonnen"], "mülltonne bestellen"),
    ("soppelkasse", {"soppelkasse"}, ["Søppelkasse og søppelkasse, soppelkasse"], "søppelkasse"),
    ("strasse", {"strasse"}, ["Straße", "Straßen"], "straße"),
    ("café", {"cafe"}, ["CAFÈ", "Café", "café"], "café"),
    ("parking", {"parking"}, ["Parking permits"], "parking"),
    ("facade", set(), ["façade"], "facade"),
])  # fmt: skip
def test_words_are_told_as_texts_write_them_most(
    question: str, forms: set[str], texts: list[str], written: str
) -> None:
    assert as_written(question, forms, texts, "de") == written


@pytest.mark.usefixtures("the_log")
def test_a_corrected_question_has_the_accents_of_what_was_found() -> None:
    service("Tables before a café", summary="A licence for tables.")
    assert find("cefe licence", audience="public").corrected == "café licence"
