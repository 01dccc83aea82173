"""What texts are found by, and what questions ask for; no database."""

from __future__ import annotations

import pytest

from search.analysis import MAX_WORDS, ask, fold, forms, key, terms
from search.highlighting import highlight


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élan CAFÉ", "elan cafe"),
        ("Straße Ærø Łódź", "strasse aero lodz"),
        ("e\u0301tude", "etude"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ﬁne ½", "fine 1⁄2"),
        ("İstanbul", "istanbul"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Applying for permits", ["appli", "for", "permit"]),
        ("the council's bins", ["the", "council", "bin"]),
        ("don’t", ["dont"]),
        ("form V888/2", ["form", "v888", "2", "v8882", "v888/2"]),
        ("BR-12", ["br", "12", "br12", "br-12"]),
        ("01632 960 100", ["01632", "960", "100", "01632960100"]),
        ("(01632) 960-100.", ["01632", "960", "100", "01632960100"]),
        ("+44 1632 960100", ["44", "1632", "960100", "441632960100"]),
        ("£1,200 or £27.50", ["1200", "or", "27", "50", "27.50"]),
        ("drop-in", ["drop", "in", "dropin"]),
        ("parks@marhaven.example", ["park", "marhaven", "exampl", "parksmarhavenexample",
                                    "parks@marhaven.example"]),
        ("\0 * \" ( \ud800", []),
    ],
)  # fmt: skip
def test_what_a_text_is_found_by(text: str, found: list[str]) -> None:
    assert terms(text, "en") == found


def test_a_language_without_a_stemmer_is_searched_as_it_is_written() -> None:
    assert terms("Applying permits", "xx") == ["applying", "permits"]


def test_forms_lead_from_words_to_stems() -> None:
    assert forms("Registration of bins", "en") == {"registration": "registr", "bins": "bin"}


def test_a_question_is_asked_without_words_that_ask_for_nothing() -> None:
    assert [w.phrases for w in ask("How do I get a parking permit?", "en").words] == [
        (("park",),),
        (("permit",),),
    ]
    assert [w.phrases for w in ask("who is it", "en").words] == [(("who",),), (("is",),), (("it",),)]


def test_the_last_word_is_a_beginning_until_a_space_ends_it() -> None:
    assert [w.prefix for w in ask("parking perm", "en", typing=True).words] == ["", "perm"]
    assert [w.prefix for w in ask("parking perm ", "en", typing=True).words] == ["", ""]
    assert [w.prefix for w in ask("parking perm", "en").words] == ["", ""]
    assert [w.prefix for w in ask("parking p", "en", typing=True).words] == [""]


def test_a_long_question_is_cut_and_repeated_words_count_once() -> None:
    assert len(ask("permit " * 500, "en").words) == 1
    assert len(ask(" ".join(f"word{n}" for n in range(500)), "en").words) <= MAX_WORDS


def test_titles_and_codes_have_one_normal_form() -> None:
    assert key("Apply for PARKING permits", "en") == key("apply for parking permit", "en")
    assert key("V888/2", "en") == "v888/2"


@pytest.mark.parametrize(
    ("question", "text", "snippet"),
    [
        ("permit", "Permits for <b>parking</b>", "<mark>Permits</mark> for &lt;b&gt;parking&lt;/b&gt;"),
        ("cafe", "The Café’s terrace", "The <mark>Café’s</mark> terrace"),
        ("elan", "Élan & vigour", "<mark>Élan</mark> &amp; vigour"),
        ("dying", "Who died or dies", "Who <mark>died</mark> or <mark>dies</mark>"),
        ("v888/2", "Use V888/2, not V888.", "Use <mark>V888/2</mark>, not V888."),
        ("01632960100", "Call (01632) 960 100 now", "Call <mark>(01632) 960 100</mark> now"),
        ("nothing", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("script", "<script>", "&lt;<mark>script</mark>&gt;"),
        ("***", "Plain", "Plain"),
        ("mark amp", "a mark & amp;", "a <mark>mark</mark> &amp; <mark>amp</mark>;"),
    ],
)
def test_snippets_are_escaped_and_marked(question: str, text: str, snippet: str) -> None:
    assert highlight(text, ask(question, "en")) == snippet


def test_a_half_typed_word_is_marked() -> None:
    query = ask("registrati", "en", typing=True)
    assert highlight("Registration of dogs", query) == "<mark>Registration</mark> of dogs"


def test_the_snippet_is_the_passage_with_most_of_the_words() -> None:
    text = f"A permit. {'Filler words here. ' * 60}Visitor permits for parking are free. {'More. ' * 80}"
    snippet = highlight(text, ask("parking permit visitor", "en"))
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert "<mark>Visitor</mark> <mark>permits</mark> for <mark>parking</mark>" in snippet
    assert len(snippet) < 320


def test_facts_in_a_snippet_are_set_apart() -> None:
    query = ask("collection", "en")
    snippet = highlight("Report: free\nCollection: 3 working days\nWe come soon.\nThen we write.", query)
    assert "free · <mark>Collection</mark>: 3 working days · We come soon. Then we write." in snippet
