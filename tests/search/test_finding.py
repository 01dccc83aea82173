"""The order of attack: each step has a test that its loss would fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from search import finding
from search.documents import searched
from search.engines import embedded
from search.finding import Answer, Asked
from search.wording import Wordbook

from .test_engines import text

pytestmark = pytest.mark.django_db
ENGLISH = Asked("en")


def put(*documents: Any, index: str = "public") -> None:
    for document in documents:
        embedded().put(index, document)


def german(title: str, body: str = "") -> Any:
    return text(title, body, language="de")


def answer(question: str, asked: Asked = ENGLISH, *, audience: str = "public", **more: Any) -> Answer:
    return finding.answer(question, replace(asked, **more), finding.place(audience))


def found(question: str, asked: Asked = ENGLISH, **more: Any) -> list[str]:
    rows = finding.place(more.get("audience", "public")).rows
    titles = {row.item: row.title for row in rows.tables.document.objects.all()}
    return [titles[hit.item] for hit in answer(question, asked, **more).hits]


def filler(count: int = 20) -> list[Any]:
    return [text(f"Filler {number}", "some other words about roads") for number in range(count)]


def test_best_bets_stand_on_top_and_worst_bets_nowhere() -> None:
    best, worst, plain = text("Rubbish tips", "x"), text("Bin stickers"), text("Bin days")
    put(best, worst, plain)
    book = Wordbook(best={"bin": (best.item,)}, worst={"bin": frozenset({worst.item})})
    taught = replace(ENGLISH, wordbook=book)
    assert found("BINS", taught) == ["rubbish tips", "bin days"]
    got = answer("bins", taught)
    assert [hit.pinned for hit in got.hits] == [True, False]
    assert (len(got.extra), len(got.barred)) == (1, 1)
    assert found("bin days", taught) == ["bin days", "bin stickers"]


def test_a_mistyped_question_has_the_bets_of_what_was_meant() -> None:
    best, worst, plain = text("Rubbish tips"), text("Parking stickers"), text("Parking days")
    put(best, worst, plain)
    book = Wordbook(best={"parking": (best.item,)}, worst={"parking": frozenset({worst.item})})
    taught = replace(ENGLISH, wordbook=book)
    assert found("parking", taught) == found("parkng", taught) == ["rubbish tips", "parking days"]
    assert found("parkng", taught, as_typed=True) == []


def test_a_bet_stands_only_where_it_may_and_is_kept_to_the_filters() -> None:
    staff, parks = text("Staff bins", audience="staff"), text("Rubbish")
    put(parks)
    put(parks, staff, index="staff")
    taught = replace(ENGLISH, wordbook=Wordbook(best={"bin": (staff.item, parks.item, UUID(int=9))}))
    assert found("bin", taught) == ["rubbish"]
    assert found("bin", taught, audience="staff") == ["staff bins", "rubbish"]
    assert found("bin", taught, keep=(("=department=housing",),)) == []


@pytest.mark.parametrize(("asked", "said", "question"), [
    (("bin",), ("residu", "wast", "contain"), "bins"),
    (("car", "tax"), ("vehicl", "duti"), "car tax"),
    (("car", "tax"), ("vehicl", "duti"), "car tax here"),
    (("open", "time"), ("hour",), "opening times"),
])  # fmt: skip
def test_what_was_taught_is_found_on_both_sides_in_several_words(
    asked: tuple[str, ...], said: tuple[str, ...], question: str
) -> None:
    texts = {
        ("residu", "wast", "contain"): "residual waste container",
        ("vehicl", "duti"): "vehicle duty",
        ("hour",): "hours",
    }
    put(text("Right", texts[said] + " here"), text("Wrong", "waste residual; duty of a vehicle"), *filler(3))
    taught = replace(ENGLISH, wordbook=Wordbook(instead={asked: (said,)}))
    assert found(question, taught) == ["right"]
    assert "right" not in found(question.replace("here", ""))


def test_a_synonym_ranks_below_the_word_itself() -> None:
    put(text("Waste containers"), text("Wheelie bins"), *filler())
    taught = replace(ENGLISH, wordbook=Wordbook(instead={("bin",): (("wast", "contain"),)}))
    assert found("bins", taught) == ["wheelie bins", "waste containers"]


def test_the_last_word_is_a_beginning_while_somebody_types() -> None:
    put(text("Dog registration"), text("Dog walking"))
    assert found("regist", typing=True) == found("registrati", typing=True) == ["dog registration"]
    assert found("dog regist", typing=True)[0] == "dog registration"
    assert found("regist") == found("registrati", as_typed=True) == []


def test_a_mistyped_word_is_put_right_and_said() -> None:
    put(text("Parking permits"), text("Library"), *filler())
    got = answer("parkng permit")
    assert (got.corrected, [hit.item for hit in got.hits]) == (
        "parking permit",
        [text("Parking permits").item],
    )
    assert answer("Libary!").corrected == "library!"
    assert answer("parking").corrected is None


def test_as_typed_puts_nothing_right() -> None:
    put(text("Parking permits"), *filler())
    assert found("parkng", as_typed=True) == []
    assert answer("parkng", as_typed=True).corrected is None


def test_a_half_typed_word_with_an_error_is_put_right() -> None:
    put(text("Apprenticeships"), *filler())
    assert found("aprenticeships", typing=True) == ["apprenticeships"]


@pytest.mark.parametrize(("typed", "corrected"), [
    ("counciltax", "council tax"), ("coun cil tax", "council tax"), ("libraryopening", "library opening"),
])  # fmt: skip
def test_a_space_too_few_or_too_many_is_put_right(typed: str, corrected: str) -> None:
    put(text("Council tax"), text("Library opening hours"), *filler())
    assert answer(typed).corrected == corrected
    assert len(found(typed)) == 1


def test_a_word_that_is_known_is_left_as_it_is() -> None:
    put(text("Parting words"), *[text(f"Parking {number}") for number in range(30)])
    got = answer("parting")
    assert got.corrected is None
    assert found("parting")[0] == "parting words"
    assert len(got.hits) > 1  # what else was probably meant stands below


def test_what_was_meant_is_what_the_other_words_go_with() -> None:
    put(text("School meal"), *[text(f"Pet seal {number}") for number in range(5)], text("School"), *filler())
    assert found("school mael")[0] == "school meal"


def test_words_that_were_joined_by_signs_are_taken_apart_where_the_whole_is_unknown() -> None:
    put(text("Renew a driving licence at 70"), *filler())
    assert found("renew-driving-licence-at-70") == ["renew a driving licence at 70"]
    assert answer("renew-driving-licence-at-70").corrected is None
    assert found("licence2026")[0] == "renew a driving licence at 70"


def test_what_has_most_of_the_words_comes_with_what_has_all() -> None:
    put(text("Parking permit fee"), text("Parking permit"), text("Fee"), *filler())
    assert found("parking permit fee")[:2] == ["parking permit fee", "parking permit"]
    assert answer("parking permit fee").extra


def test_one_common_word_of_many_is_no_answer() -> None:
    put(text("Roads", "how elephants cross"), *filler())
    assert found("zebra giraffe hippopotamus crocodile roads") == []
    assert found("zebra giraffe roads")[0] == "roads"


def test_where_nothing_has_all_the_words_a_rare_one_is_needed() -> None:
    put(text("Elephants"), *filler())
    got = found("elephants roads")
    assert got[0] == "elephants"
    assert len(got) <= finding.ENOUGH


def test_no_word_is_known() -> None:
    put(*filler())
    got = answer("xylophone quartz")
    assert (got.hits, got.corrected, got.has_more) == ([], None, False)


def test_compounds_are_found_by_their_parts_and_parts_in_compounds() -> None:
    put(
        german("Die Geburt", "Eine Urkunde über die Geburt"),
        german("Mülltonne", "Müll"),
        german("Straße"),
        *[german(f"Füller {number}", "anderes") for number in range(9)],
    )
    deutsch = Asked("de")
    assert found("Geburtsurkunde", deutsch) == ["die geburt"]
    assert answer("Geburtsurkunde", deutsch).corrected is None
    assert found("Tonne", deutsch) == ["mulltonne"]
    assert found("Müll Tonne", deutsch) == ["mulltonne"]


def test_staff_words_correct_nothing_for_the_public() -> None:
    put(*filler())
    put(text("Quistgaard", audience="staff"), *filler(), index="staff")
    assert answer("quistgard").corrected is None
    assert answer("quistgard").hits == []
    assert answer("quistgard", audience="staff").corrected == "quistgaard"


def test_filters_are_kept_at_every_step() -> None:
    put(text("Parking permit"), text("Parking fine", department="housing"), *filler())
    kept = (("=department=housing",),)
    assert found("parking permit", keep=kept) == ["parking fine"]
    assert found("parkng", keep=kept) == ["parking fine"]


def test_articles_of_one_service_are_folded_but_where_it_was_asked_for() -> None:
    of = text("Parking").item
    put(*[_article(number, of) for number in range(6)], text("Parking fine"))
    got = answer("parking")
    assert sum(hit.more_of_service for hit in got.hits) == 3
    assert len(got.hits) == 4
    assert len(answer("parking", fold=False).hits) == 7


def test_what_people_used_comes_first_among_equals() -> None:
    put(text("Bin a"), text("Bin b"))
    used = {text("Bin b").item: 1.0}
    keys: list[str] = []

    def asked(key: str) -> dict[UUID, float]:
        keys.append(key)
        return used

    assert found("bins", used=asked) == ["bin b", "bin a"]
    assert set(keys) == {"bin"}


def test_the_preview_asks_with_a_wordbook_of_its_own() -> None:
    best = text("Rubbish")
    put(best, text("Bin"))
    book = Wordbook(best={"bin": (best.item,)})
    assert finding.ranked("bin", audience="public", wordbook=book, limit=1) == [best.item]
    assert finding.ranked("bin", audience="public", wordbook=Wordbook(), limit=5) == [text("Bin").item]


def _article(number: int, of: UUID) -> Any:
    document = {
        "id": str(UUID(int=number + 1)), "kind": "article", "language": "en", "audience": "public",
        "department": "parks", "title": f"Parking question {number}", "summary": "", "slug": "", "tags": [],
        "topics": [], "life_events": [], "handling_class": "", "review_on": None, "expires_at": None,
        "facts": [], "body": {"answer": "", "service": {"item": str(of)}},
    }  # fmt: skip
    return searched(document, on=date(2026, 11, 24))
