"""The contract of engines. It runs against the engine of whichever database the suite runs on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest

from search.analysis import ask
from search.documents import FIELDS, Searched, Shelf, searched
from search.engines import engine

pytestmark = pytest.mark.django_db
SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


def text(title: str, body: str = "", **fields: Any) -> Searched:
    """A document with this title, as the engines get it."""
    envelope = {
        "id": str(uuid5(SPACE, title)),
        "kind": "service",
        "language": "en",
        "audience": "public",
        "department": "parks",
        "title": title,
        "summary": "",
        "slug": "",
        "tags": [],
        "life_events": [],
        "handling_class": "",
        "review_on": None,
        "expires_at": None,
        "facts": [],
        "body": {"purpose": body},
    }
    envelope["body"] |= fields.pop("more", {})
    return searched({**envelope, **fields}, on=date(2026, 11, 24))


def put(*documents: Searched, index: str = "public") -> None:
    for document in documents:
        engine().put(index, document)


def found(question: str, *, index: str = "public", typing: bool = False, **more: Any) -> list[str]:
    """The titles that an index answers with, in their order."""
    hits = engine().find(index, ask(question, "en", typing=typing), **more)
    return [TITLES[hit.item] for hit in hits]


class _Titles(dict[UUID, str]):
    pass


TITLES = _Titles()


@pytest.fixture(autouse=True)
def _remember_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    TITLES.clear()
    real = engine().put

    def remembering(index: str, document: Searched) -> None:
        TITLES[document.item] = " ".join(document.fields[FIELDS.index("title")])
        real(index, document)

    monkeypatch.setattr(engine(), "put", remembering)


def test_all_words_are_needed_and_stems_count() -> None:
    put(text("Parking permits", "For residents"), text("Parking fines"), text("Fishing permit"))
    assert found("permit for parking") == ["park permit"]
    assert found("parked") == ["park fine", "park permit"]
    assert found("resident's parking") == ["park permit"]


def test_weak_hits_have_some_of_the_words_and_not_all() -> None:
    put(text("Parking permit"), text("Parking fines"), text("Fishing permit"), text("Libraries"))
    assert sorted(found("parking permit", weak=True)) == ["fish permit", "park fine"]
    assert found("library books", weak=True) == ["librari"]


def test_a_title_weighs_more_than_names_than_the_gist_than_the_text() -> None:
    put(
        text("Fourth", "Moving house"),
        text("Third thing", "", summary="Moving"),
        text("Second thing", "", tags=["moving"]),
        text("Moving"),
        *[text(f"Filler {n}", "other words") for n in range(20)],
    )
    assert found("moving") == ["move", "second thing", "third thing", "fourth"]


def test_an_exact_title_comes_before_whatever_repeats_the_words() -> None:
    put(
        text("Council tax", "Pay it."),
        text("Council tax council tax", "council tax " * 30, tags=["council tax"]),
        *[text(f"Filler {n}", "other words") for n in range(20)],
    )
    assert found("COUNCIL TAXES")[0] == "council tax"


def test_codes_stay_whole_and_come_first() -> None:
    code = {"standard_codes": [{"list": "lgsl", "name": "Vehicle tax", "code": "1152", "uri": ""}]}
    put(
        text("Parking", "Ask for form V888/2 at the desk."),
        text("Form V888", "The 2 copies of V888 and 1152 words."),
        text("Vehicles", "", more=code),
    )
    assert found("v888/2") == ["park"]
    assert found("V888")[0] == "form v888"
    assert set(found("v888")) == {"form v888", "park"}
    assert found("1152")[0] == "vehicl"


def test_phone_numbers_are_found_however_they_are_written() -> None:
    put(text("Parks office", "Call 01632 960 100."), text("Other", "Call 01632 960 200."))
    for written in ("01632960100", "(01632) 960100", "01632-960-100"):
        assert found(written) == ["park offic"]
    assert len(found("01632 96", typing=True)) == 2


@pytest.mark.parametrize("written", ["drop-in", "drop in", "dropin", "Drop-In"])
def test_compounds_are_found_apart_and_together(written: str) -> None:
    put(text("Advice", "A drop-in each Monday"), text("Other", "Nothing in it"))
    assert found(written) == ["advic"]


def test_accents_and_case_make_no_difference() -> None:
    put(text("Café licence"))
    assert found("CAFE") == found("cafe\u0301") == ["cafe licenc"]


@pytest.mark.parametrize("typed", ["reg", "regist", "registrati", "registration", "dog registr"])
def test_what_is_half_typed_is_found_at_every_letter(typed: str) -> None:
    put(text("Dog registration"), text("Libraries", "Lending"))
    assert found(typed, typing=True) == ["dog registr"]


def test_every_letter_of_a_long_word_leads_to_it() -> None:
    put(text("Advice", "For organisations and libraries"), text("Other"))
    for word in ("organisations", "libraries"):
        for length in range(3, len(word) + 1):
            assert found(word[:length], typing=True) == ["advic"], word[:length]


def test_one_or_two_letters_are_looked_for_in_titles_and_names() -> None:
    put(text("Parks"), text("Other", "parking in the text"), text("Third", tags=["parking"]))
    assert found("pa", typing=True) == ["park", "third"]


def test_a_beginning_counts_only_while_typing() -> None:
    put(text("Dog registration"))
    assert found("regi") == []


def test_ties_are_broken_by_title_however_they_were_put() -> None:
    put(text("Cc same"), text("Aa same"), text("Bb same"))
    assert found("same") == ["aa same", "bb same", "cc same"]
    assert found("same", limit=1, offset=1) == ["bb same"]
    assert found("same", limit=0) == []


def test_hits_are_kept_to_shelves() -> None:
    put(text("Parks fee"), text("Housing fee", department="housing"))
    assert found("fee", shelves=[str(Shelf("service", "housing", ""))]) == ["hous fee"]
    assert found("fee", shelves=[]) == []


def test_hits_are_counted_by_shelf() -> None:
    event = "1f1b0a52-6c5f-4f0e-8d4c-2d6f3a0f0c11"
    put(
        text("One fee", handling_class="A"),
        text("Two fee", handling_class="A"),
        text("Three fee", life_events=[{"item": event}]),
    )
    assert engine().count("public", ask("fee", "en")) == {
        "service|parks|A|": 2,
        f"service|parks||{event}": 1,
    }
    assert engine().count("public", ask("nowhere", "en")) == {}


def test_put_again_replaces_and_remove_forgets() -> None:
    put(text("Permit", "old words"))
    put(text("Permit", "new words"))
    assert found("old") == []
    assert found("new") == ["permit"]
    engine().remove("public", text("Permit").item)
    assert found("permit") == []
    assert engine().items("public") == set()
    engine().remove("public", text("Permit").item)


def test_the_indexes_know_nothing_of_each_other() -> None:
    put(text("Public permit"))
    put(text("Staff permit"), index="staff")
    assert found("permit") == ["public permit"]
    assert found("permit", index="staff") == ["staff permit"]
    engine().clear("staff")
    assert found("permit", index="staff") == []
    assert found("permit") == ["public permit"]


def test_titles_are_suggested_those_that_begin_so_first() -> None:
    put(
        text("Apply for a parking permit"),
        text("Parking fines"),
        text("Fees", "parking in the text"),
    )

    def suggested(typed: str) -> list[str]:
        items = engine().suggest("public", ask(typed, "en", typing=True), limit=5)
        return [TITLES[item] for item in items]

    assert suggested("par") == ["park fine", "appli for a park permit"]
    assert suggested("parking per") == ["appli for a park permit"]
    assert suggested("zz") == suggested("") == []


def test_an_index_knows_what_it_holds() -> None:
    put(text("Permit", "words"))
    assert engine().holds("public", text("Permit", "words"))
    assert not engine().holds("public", text("Permit", "other words"))
    assert not engine().holds("public", text("Permit", "words", department="housing"))
    assert not engine().holds("staff", text("Permit", "words"))


BAD_INPUT = {
    "quotation mark": '"',
    "unbalanced": 'parking "permit',
    "brackets": "((parking) OR",
    "star": "*",
    "near": "NEAR(parking permit, 2)",
    "operators": "AND OR NOT",
    "column": "title : parking",
    "minus": "-parking ^permit +x",
    "nul": "park\0ing",
    "lone surrogate": "park\ud800ing",
    "tsquery": "parking & ! | <-> :* 'x'",
    "backslash": "\\ parking \\'",
    "percent": "%s %(x)s 100% _",
    "semicolon": "'; DROP TABLE x; --",
    "2000 letters": "x" * 2000,
    "2000 words": "word " * 2000,
    "many words": " ".join(f"w{n}" for n in range(500)),
    "right to left": "\u202eمرحبا 你好 😀",
    "combining only": "\u0301\u0301",
    "new lines": "parking\r\n\tpermit",
    "joints": "a/b-c.d@e+f_g&h " * 20,
    "ligatures": "ﷺ ﬁ ㎡",
}


@pytest.mark.parametrize("question", BAD_INPUT.values(), ids=BAD_INPUT.keys())
@pytest.mark.parametrize("typing", [False, True])
def test_no_question_breaks_an_engine(question: str, typing: bool) -> None:
    put(text("Parking permit", question.replace("\ud800", "")))
    query = ask(question, "en", typing=typing)
    engine().count("public", query)
    engine().find("public", query)
    engine().find("public", query, weak=True)
    engine().suggest("public", query, limit=5)
