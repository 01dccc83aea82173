"""The words of an index follow what is published, in the same transaction, for each audience apart."""

from __future__ import annotations

import pytest
from django.db import transaction

from cms.publications.vocabulary import EntryKind
from search.dictionary import Dictionary
from search.finding import Asked, answer, place
from search.models import PublicWord, StaffWord

from .publishing import article, enter, service

pytestmark = pytest.mark.usefixtures("the_log")


def counts(audience: str = "public") -> dict[str, int]:
    """What the dictionary says of words of letters."""
    model = PublicWord if audience == "public" else StaffWord
    return dict(model.objects.filter(length__gt=0).values_list("form", "documents"))


def test_words_come_and_go_with_the_texts_that_have_them() -> None:
    permit = service("Parking permits", "Residents")
    service("Parking fines")
    words = Dictionary("public")
    assert words.known(["parking", "permits", "fines", "gone"]) == {"parking": 2, "permits": 1, "fines": 1}
    assert words.size() == 2
    service("Parking vouchers", "Residents", item=permit)
    assert words.known(["parking", "permits", "vouchers", "residents"]) == {
        "parking": 2, "vouchers": 1, "residents": 1,
    }  # fmt: skip
    enter(permit, EntryKind.WITHDRAWN, reason="Over.")
    assert words.known(["parking", "vouchers", "residents"]) == {"parking": 1}
    assert words.size() == 1


def test_the_dictionary_belongs_to_the_publication() -> None:
    before = counts()
    with transaction.atomic():
        service("Quistgaard")
        assert "quistgaard" in counts()
        transaction.set_rollback(True)
    assert counts() == before


def test_a_text_that_is_published_again_unchanged_counts_once() -> None:
    permit = service("Parking permit")
    before = counts()
    service("Parking permit", item=permit)
    assert counts() == before


def test_staff_words_stand_in_the_staff_dictionary_alone() -> None:
    service("Parking")
    article("Quistgaard")
    assert "quistgaard" not in counts()
    assert counts("staff").keys() >= {"quistgaard", "parking"}


def test_codes_are_counted_and_never_what_a_word_is_corrected_to() -> None:
    service("Form V888/2", "Call 01632 960 100")
    words = Dictionary("public")
    assert words.documents(["v888/2", "01632960100"]) == {"v888/2": 1, "01632960100": 1}
    assert words.alike(range(1, 12), start="v", end="2", forms=["v888/2"]) == []


def test_a_word_that_was_withdrawn_corrects_nothing_any_more() -> None:
    permit = service("Quistgaard")
    service("Other")
    assert answer("quistgard", Asked("en"), place("public")).corrected == "quistgaard"
    enter(permit, EntryKind.WITHDRAWN, reason="Over.")
    assert answer("quistgard", Asked("en"), place("public")).corrected is None


def test_counting_anew_says_the_same() -> None:
    service("Parking permits", "For residents in form V888")
    service("Parking")
    words = Dictionary("public")
    before = words.says()
    words.recount()
    assert words.says() == before
    assert before[""] == 2
