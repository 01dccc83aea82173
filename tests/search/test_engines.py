"""The contract of engines. It runs against the engine of whichever database the suite runs on, and against
every other that the fixture `engine` names: one that isn't in the database answers beside the embedded
rows, as it does in a deployment."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest

from cms.publications.vocabulary import Audience
from search import finding
from search.analysis import ask
from search.dictionary import Dictionary
from search.documents import Searched, searched
from search.engines import Candidate, Clue, Engine, Rows, embedded

pytestmark = pytest.mark.django_db
SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


ELASTICSEARCH = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=ELASTICSEARCH)])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "embedded":
        return embedded()
    elastic: Engine = request.getfixturevalue("on_elasticsearch")
    for index in Audience.values:
        elastic.clear(index)
    return elastic


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
        "topics": [],
        "life_events": [],
        "handling_class": "",
        "review_on": None,
        "expires_at": None,
        "facts": [],
        "body": {"purpose": body},
    }
    envelope["body"] |= fields.pop("more", {})
    return searched({**envelope, **fields}, on=date(2026, 11, 24))


class Shelves:
    """An engine with what was put on it, asked as finding asks it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def put(self, *documents: Searched, index: str = "public") -> None:
        for document in documents:
            embedded().put(index, document)
            if self.engine != embedded():
                self.engine.put(index, document)

    def remove(self, index: str, item: UUID) -> None:
        embedded().remove(index, item)
        self.engine.remove(index, item)

    def clear(self, index: str) -> None:
        embedded().clear(index)
        self.engine.clear(index)

    def clues(self, question: str, *, index: str = "public", typing: bool = False) -> tuple[Clue, ...]:
        return finding.read(question, finding.Asked("en", typing=typing), self._place(index)).question.clues

    def candidates(
        self, question: str, *, index: str = "public", typing: bool = False, some: bool = False, **more: Any
    ) -> list[Candidate]:
        clues = self.clues(question, index=index, typing=typing)
        return self.engine.candidates(index, clues, one_of=clues if some else (), **more)

    def found(self, question: str, **more: Any) -> list[str]:
        """The titles of the candidates."""
        return [row.title for row in self.candidates(question, **more)]

    def answered(self, question: str, *, index: str = "public", typing: bool = False) -> list[str]:
        """The titles of the answer, in their order."""
        found = finding.answer(question, finding.Asked("en", typing=typing), self._place(index))
        return [hit.ranked.candidate.title for hit in found.hits if hit.ranked]

    def _place(self, index: str) -> finding.Index:
        return finding.Index(index, self.engine, Dictionary(index))


@pytest.fixture
def shelves(engine: Engine) -> Shelves:
    return Shelves(engine)


def test_all_words_are_needed_and_stems_count(shelves: Shelves) -> None:
    shelves.put(text("Parking permits", "For residents"), text("Parking fines"), text("Fishing permit"))
    assert shelves.found("permit for parking") == ["parking permits"]
    assert sorted(shelves.found("parked")) == ["parking fines", "parking permits"]
    assert shelves.found("resident's parking") == ["parking permits"]
    assert shelves.engine.candidates("public", []) == []


def test_with_one_of_some_words_a_single_one_is_enough(shelves: Shelves) -> None:
    shelves.put(text("Parking permit"), text("Parking fines"), text("Fishing permit"), text("Libraries"))
    some = shelves.found("parking permit", some=True)
    assert some[0] == "parking permit"
    assert sorted(some) == ["fishing permit", "parking fines", "parking permit"]
    parking, permit = shelves.clues("parking permit")
    rare = shelves.engine.candidates("public", [parking, permit], one_of=[permit])
    assert [row.title for row in rare] == ["parking permit", "fishing permit"]


def test_a_candidate_tells_all_that_ranking_asks(shelves: Shelves) -> None:
    code = [{"list": "lgsl", "name": "", "code": "1152", "uri": ""}]
    permit = text("Parking permits", "For residents", summary="Park near", tags=["cars"], slug="get-a-permit",
                  handling_class="A", more={"standard_codes": code})  # fmt: skip
    shelves.put(permit)
    [row] = shelves.candidates("residents")
    assert row == Candidate(
        item=permit.item,
        shelf=str(permit.shelf),
        title="parking permits",
        fields=("park parking permit", "get a permit", "car lgsl 1152", "park near", "for resid"),
        changed=date(2026, 11, 24),
        exact=False,
    )


def test_a_whole_title_or_code_is_marked_and_comes_first(shelves: Shelves) -> None:
    code = {"standard_codes": [{"list": "lgsl", "name": "Vehicle tax", "code": "1152", "uri": ""}]}
    shelves.put(
        text("Council tax council tax", "council tax 1152 " * 30, tags=["council tax"]),
        text("Council tax", "Pay it."),
        text("Vehicles", more=code),
    )
    both = shelves.candidates("COUNCIL TAXES", key="council tax", limit=2)
    assert [(row.title, row.exact) for row in both] == [
        ("council tax", True),
        ("council tax council tax", False),
    ]
    assert shelves.candidates("1152", key="1152")[0].title == "vehicles"
    assert shelves.found("1152", key="1152", keep=[("=department=housing",)]) == []


def test_a_title_weighs_more_than_names_than_the_gist_than_the_text(shelves: Shelves) -> None:
    shelves.put(
        text("Fourth", "Moving house"),
        text("Third thing", "", summary="Moving"),
        text("Second thing", "", tags=["moving"]),
        text("Moving"),
        *[text(f"Filler {n}", "other words") for n in range(20)],
    )
    assert shelves.answered("moving") == ["moving", "second thing", "third thing", "fourth"]


def test_codes_stay_whole_and_come_first(shelves: Shelves) -> None:
    shelves.put(
        text("Parking", "Ask for form V888/2 at the desk."),
        text("Form V888", "The 2 copies of V888 and 1152 words."),
    )
    assert shelves.found("v888/2") == ["parking"]
    assert shelves.answered("V888") == ["form v888", "parking"]


def test_phone_numbers_are_found_however_they_are_written(shelves: Shelves) -> None:
    shelves.put(text("Parks office", "Call 01632 960 100."), text("Other", "Call 01632 960 200."))
    for written in ("01632960100", "(01632) 960100", "01632-960-100"):
        assert shelves.found(written) == ["parks office"]
    assert len(shelves.found("01632 96", typing=True)) == 2


@pytest.mark.parametrize("written", ["drop-in", "drop in", "dropin", "Drop-In"])
def test_compounds_are_found_apart_and_together(shelves: Shelves, written: str) -> None:
    shelves.put(text("Advice", "A drop-in each Monday"), text("Other", "Nothing in it"))
    assert shelves.found(written) == ["advice"]


def test_a_phrase_is_found_in_its_order_and_within_one_field(shelves: Shelves) -> None:
    shelves.put(text("Drop", "in"), text("In drop", "dropped into"), text("Drop in"))
    assert shelves.found("drop-in") == ["drop in"]


def test_accents_and_case_make_no_difference(shelves: Shelves) -> None:
    shelves.put(text("Café licence"))
    assert shelves.found("CAFE") == shelves.found("cafe\u0301") == ["cafe licence"]


@pytest.mark.parametrize("typed", ["reg", "regist", "registrati", "registration", "dog registr"])
def test_what_is_half_typed_is_found_at_every_letter(shelves: Shelves, typed: str) -> None:
    shelves.put(text("Dog registration"), text("Libraries", "Lending"))
    assert shelves.found(typed, typing=True) == ["dog registration"]


def test_every_letter_of_a_long_word_leads_to_it(shelves: Shelves) -> None:
    shelves.put(text("Advice", "For organisations and libraries"), text("Other"))
    for word in ("organisations", "libraries"):
        for length in range(3, len(word) + 1):
            assert shelves.found(word[:length], typing=True) == ["advice"], word[:length]


def test_one_or_two_letters_are_looked_for_in_titles_and_names(shelves: Shelves) -> None:
    shelves.put(text("Parks"), text("Other", "parking in the text"), text("Third", tags=["parking"]))
    assert sorted(shelves.found("pa", typing=True)) == ["parks", "third"]


def test_a_beginning_counts_only_while_typing(shelves: Shelves) -> None:
    shelves.put(text("Dog registration"))
    assert shelves.found("regi") == []


def test_no_word_finds_the_names_of_filters(shelves: Shelves) -> None:
    shelves.put(text("Permit"))
    for word in ("department", "parks", "service", "=type=service", "type"):
        assert shelves.found(word) == shelves.found(word, typing=True) == []


def test_no_more_than_the_limit_and_the_most_promising_of_them(shelves: Shelves) -> None:
    shelves.put(*[text(f"Text {n}", "same") for n in range(5)], text("The same"))
    assert shelves.found("same", limit=1) == ["the same"]
    assert len(shelves.found("same", limit=3)) == 3
    assert shelves.found("same", limit=0) == []


def test_ties_are_broken_by_title_however_they_were_put(shelves: Shelves) -> None:
    shelves.put(text("Cc same"), text("Aa same"), text("Bb same"))
    assert shelves.answered("same") == ["aa same", "bb same", "cc same"]


EVENT = "1f1b0a52-6c5f-4f0e-8d4c-2d6f3a0f0c11"


def test_candidates_are_kept_to_a_shelf(shelves: Shelves) -> None:
    shelves.put(
        text("Parks fee", handling_class="A", life_events=[{"item": EVENT}]),
        text("Housing fee", department="housing", handling_class="A"),
        text("Park-house fee", department="parks-house"),
    )
    assert shelves.found("fee", keep=[("=department=housing",)]) == ["housing fee"]
    assert shelves.found("fee", keep=[("=department=parks",)]) == ["parks fee"]
    assert shelves.found("fee", keep=[("=handling_class=A",), ("=department=parks",)]) == ["parks fee"]
    assert shelves.found("fee", keep=[(f"=life_event={EVENT}",)]) == ["parks fee"]
    assert shelves.found("fee", keep=[("=department=\"'; ",)]) == []
    either = ("=department=housing", "=department=parks", *(f"=service={number}" for number in range(1_000)))
    assert sorted(shelves.found("fee", keep=[either])) == ["housing fee", "parks fee"]
    assert shelves.found("parks fee", key="park fee", keep=[either, ("=handling_class=A",)])[0] == "parks fee"
    assert shelves.engine.count("public", shelves.clues("fee"), keep=[either]).total == 2


def test_hits_are_counted_by_shelf(shelves: Shelves) -> None:
    documents = [
        text("One fee", handling_class="A"),
        text("Two fee", handling_class="A"),
        text("Three fee", life_events=[{"item": EVENT}]),
    ]
    shelves.put(*documents)
    count, fee = shelves.engine.count, shelves.clues("fee")
    counts = count("public", fee)
    assert counts.shelves == {str(documents[0].shelf): 2, str(documents[2].shelf): 1}
    assert (counts.total, counts.is_exact) == (3, True)
    assert count("public", fee, keep=[("=handling_class=A",)]).total == 2
    assert count("public", fee, most=3).is_exact
    assert not count("public", fee, most=2).is_exact
    assert count("public", shelves.clues("nowhere")).shelves == count("public", []).shelves == {}


def test_put_again_replaces_and_remove_forgets(shelves: Shelves) -> None:
    shelves.put(text("Permit", "old words"))
    shelves.put(text("Permit", "new words"))
    assert shelves.found("old") == []
    assert shelves.found("new") == ["permit"]
    shelves.remove("public", text("Permit").item)
    assert shelves.found("permit") == []
    assert shelves.engine.items("public") == set()
    shelves.remove("public", text("Permit").item)


def test_an_index_that_was_filled_is_as_if_each_document_had_been_put() -> None:
    documents = [
        text('Bob\'s \\ "parking"', "It's for résumés, 1.234,50 € or § 12 a."),
        text("V888/2: a vehicle's record", "Parking and the parked."),
    ]
    embedded().fill("public", documents)
    assert all(embedded().holds("public", document) for document in documents)
    counted = Dictionary("public").says()
    for document in documents:
        embedded().put("public", document)
    assert Dictionary("public").says() == counted
    embedded().clear("public")
    for document in documents:
        embedded().put("public", document)
    assert Dictionary("public").says() == counted


def test_the_indexes_know_nothing_of_each_other(shelves: Shelves) -> None:
    shelves.put(text("Public permit"))
    shelves.put(text("Staff permit"), index="staff")
    assert shelves.found("permit") == ["public permit"]
    assert shelves.found("permit", index="staff") == ["staff permit"]
    shelves.clear("staff")
    assert shelves.found("permit", index="staff") == []
    assert shelves.found("permit") == ["public permit"]


def test_titles_are_suggested_those_that_begin_so_first(shelves: Shelves) -> None:
    shelves.put(
        text("Apply for a parking permit"),
        text("Parking fines"),
        text("Fees", "parking in the text", tags=["parking"]),
    )

    def suggested(typed: str) -> list[str]:
        query, clues = ask(typed, "en", typing=True), shelves.clues(typed, typing=True)
        items = shelves.engine.suggest("public", clues, start=query.start, limit=5)
        return [titles[item] for item in items]

    titles = {row.item: row.title for row in shelves.candidates("parking")}
    assert suggested("par") == ["parking fines", "apply for a parking permit"]
    assert suggested("parking per") == ["apply for a parking permit"]
    assert suggested("zz") == suggested("") == []


def test_an_index_knows_what_it_holds(shelves: Shelves) -> None:
    shelves.put(text("Permit", "words"))
    holds = shelves.engine.holds
    assert holds("public", text("Permit", "words"))
    assert not holds("public", text("Permit", "other words"))
    assert not holds("public", text("Permit", "words", department="housing"))
    assert not holds("staff", text("Permit", "words"))
    assert Rows("public").texts([text("Permit").item]) == {text("Permit").item: "words"}


def test_a_text_may_be_longer_than_an_engine_takes(shelves: Shelves) -> None:
    book = text("Parking rules", " ".join(f"{number:x}".rjust(60, "x") for number in range(20_000)))
    shelves.put(book)
    assert shelves.found("parking") == ["parking rules"]
    assert shelves.engine.holds("public", book)


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
    "long numbers": f"§ {'1' * 3_000} or {'2' * 3_000} § or {'3' * 3_000},50",
}


@pytest.mark.parametrize("question", BAD_INPUT.values(), ids=BAD_INPUT.keys())
@pytest.mark.parametrize("typing", [False, True])
def test_no_question_breaks_an_engine(shelves: Shelves, question: str, typing: bool) -> None:
    shelves.put(text("Parking permit", question.replace("\ud800", "")))
    query, clues = ask(question, "en", typing=typing), shelves.clues(question, typing=typing)
    shelves.engine.count("public", clues)
    shelves.engine.candidates("public", clues, key=query.key, keep=[(f"=department={query.text}",)])
    shelves.engine.candidates("public", clues, one_of=clues)
    shelves.engine.suggest("public", clues, start=query.start, limit=5)
    shelves.answered(question, typing=typing)
