"""What a document is worth as an answer: pure, part by part."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from search.clues import WORTH, Question
from search.documents import Shelf
from search.engines import Candidate, Clue, Way
from search.ranking import Circumstances, Ranked, rank, rarity, score

TODAY = date(2026, 11, 24)


def document(
    title: str = "",
    *,
    address: str = "",
    names: str = "",
    gist: str = "",
    body: str = "",
    number: int = 1,
    handling_class: str = "",
    changed: date = date(2020, 1, 1),
    exact: bool = False,
) -> Candidate:
    shelf = Shelf("service", "parks", handling_class)
    fields = (title, address, names, gist, body)
    return Candidate(UUID(int=number), str(shelf), title, fields, changed, exact)


def question(*words: str, rarities: tuple[float, ...] = (), **synonyms: str) -> Question:
    clues = tuple(
        Clue(
            (
                Way((word,)),
                *(
                    Way(tuple(said.split("_")), WORTH["synonym"], "synonym")
                    for said in [synonyms.get(word)]
                    if said
                ),
            ),
            word,
        )
        for word in words
    )
    return Question(clues, rarities or (1.0,) * len(words), (1,) * len(words))


def points(candidate: Candidate, asked: Question, known: Circumstances | None = None) -> dict[str, float]:
    ranked = score(candidate, asked, known or Circumstances(TODAY))
    return {part.what if part.what != "word" else part.word: part.points for part in ranked.parts}


def order(asked: Question, *candidates: Candidate, used: dict[UUID, float] | None = None) -> list[str]:
    return [one.candidate.title for one in rank(candidates, asked, Circumstances(TODAY, used))]


def test_the_score_is_the_sum_of_its_parts() -> None:
    ranked = score(
        document("park permit", body="park " * 9), question("park", "permit"), Circumstances(TODAY)
    )
    assert ranked.score == pytest.approx(sum(part.points for part in ranked.parts))
    assert ranked.found == 2


@pytest.mark.parametrize(("better", "worse"), [
    ({"title": "a bin"}, {"title": "a", "names": "bin"}),
    ({"names": "bin"}, {"gist": "bin"}),
    ({"gist": "bin"}, {"body": "bin"}),
    ({"body": "bin or bin"}, {"body": "bin"}),
    ({"body": "bin"}, {"body": "bin " + "other " * 300}),
    ({"body": "bin"}, {}),
])  # fmt: skip
def test_a_word_weighs_by_where_and_how_often_it_stands(better: dict, worse: dict) -> None:
    assert points(document(**better), question("bin"))["bin"] > points(
        document(**worse), question("bin")
    ).get("bin", 0)


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert rarity(1, 1000) > rarity(10, 1000) > rarity(900, 1000) > 0
    assert rarity(5000, 1000) == rarity(1000, 1000) > 0
    asked = question("common", "rare", rarities=(0.1, 5.0))
    assert order(asked, document("common one", number=1), document("rare one", number=2)) == [
        "rare one",
        "common one",
    ]


def test_what_has_most_of_the_words_may_stand_before_what_has_all_in_passing() -> None:
    asked = question("renew", "parking", "permit", rarities=(2.0, 3.0, 3.0))
    passing = document("council report", body="other " * 300 + "renew parking permit")
    assert order(asked, passing, document("parking permit", number=2))[0] == "parking permit"


def test_of_titles_with_all_the_words_the_one_that_has_little_else_stands_first() -> None:
    asked = question("council", "tax")
    long = document("council tax for people who live alone in a house", number=2)
    assert order(asked, long, document("council tax", number=1))[0] == "council tax"


def test_an_address_is_a_second_title() -> None:
    asked = question("sold", "car")
    told = document("tell us that you sold transferred or bought a car", address="sold car", number=1)
    silent = document("tell us that you sold transferred or bought a car", address="other thing", number=2)
    assert rank([silent, told], asked)[0].candidate == told


def test_a_synonym_ranks_below_the_word_itself() -> None:
    asked = question("bin", bin="waste_container")
    literal, taught = document("bin days", number=2), document("waste container days", number=1)
    assert rank([taught, literal], asked)[0].candidate == literal
    assert points(taught, asked)["bin"] > 0


def test_terms_of_a_phrase_must_follow_each_other() -> None:
    asked = question("bin", bin="waste_container")
    assert points(document("container for waste"), asked).get("bin") is None


def test_words_that_follow_each_other_as_they_were_asked_count_more() -> None:
    asked = question("school", "meal")
    assert "near" in points(document("x", body="the school meal"), asked)
    assert "near" not in points(document("x", body="meal at school"), asked)
    assert "near" not in points(document("school", names="meal"), asked)


def test_an_exact_title_or_code_stands_before_all_else() -> None:
    asked = question("v888")
    said = document("v888 form v888", body="v888 " * 50, number=2)
    assert rank([said, document("other", exact=True, body="v888")], asked)[0].candidate.exact


def test_what_speaks_beside_the_words_weighs_less_than_one_more_word() -> None:
    asked = question("permit", "fee")
    favoured = document("permit", number=1, handling_class="A", changed=TODAY)
    used = {favoured.item: 1.0}
    fuller = document("permit", body="fee", number=2)
    plain = document("permit", number=3)
    known = Circumstances(TODAY, used)
    assert [one.candidate for one in rank([plain, fuller, favoured], asked, known)] == [
        fuller,
        favoured,
        plain,
    ]


@pytest.mark.parametrize(("more", "what"), [
    ({"handling_class": "A"}, "handling"), ({"handling_class": "B"}, "handling"), ({"changed": TODAY}, "fresh"),
])  # fmt: skip
def test_priors_are_parts_with_a_name(more: dict, what: str) -> None:
    assert points(document("permit", **more), question("permit"))[what] > 0
    assert what not in points(document("permit", handling_class="C"), question("permit"))


def test_what_was_used_counts_no_more_than_once() -> None:
    permit = document("permit")
    once = points(permit, question("permit"), Circumstances(TODAY, {permit.item: 1.0}))["used"]
    assert points(permit, question("permit"), Circumstances(TODAY, {permit.item: 50.0}))["used"] == once


def test_those_as_good_stand_by_their_titles_however_they_come() -> None:
    rows = [document(title, number=number) for number, title in enumerate(["c bin", "a bin", "b bin"])]
    asked = question("bin")
    assert order(asked, *rows) == order(asked, *reversed(rows)) == ["a bin", "b bin", "c bin"]


def test_a_beginning_counts_in_title_and_text() -> None:
    asked = Question((Clue((Way(("reg",), 0.9, "beginning", begins=True),), "reg"),), (1.0,), (3,))
    told = points(document("registr", body="regist"), asked)
    assert told["reg"] > 0 and told["title"] > 0


def test_nothing_has_no_points() -> None:
    assert score(document("other"), question("bin"), Circumstances(TODAY)) == Ranked(document("other"), 0, 0)
