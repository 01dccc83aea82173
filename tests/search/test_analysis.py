"""What texts are found by, and what questions ask for; no database."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import MAX_WORDS, ask, fold, forms, key, respell, scan, spellings, taken_apart, terms
from search.highlighting import highlight, wanted_terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élan CAFÉ", "elan cafe"),
        ("Straße Ærø Łódź", "strasse aero lodz"),
        ("e\u0301tude", "etude"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ﬁne ½", "fine 1⁄2"),
        ("İstanbul", "istanbul"),
        ("STRAẞE", "strasse"),
        ("ＦＵＬＬ\ufeff wi\u200bdth", "full width"),
        ("non\u2011breaking", "non-breaking"),
        ("Ĳsland Þór Blåbær", "ijsland thor blabaer"),
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
        ("+44 1632 960100", ["44", "1632", "960100", "01632960100", "441632960100"]),
        ("we’re I'll bin´s", ["we", "i", "bin"]),
        ("1.234 or 1,234 or 1.234.56", ["1", "234", "1.234", "or", "1234", "or", "1", "234", "56", "1.234.56"]),
        ("10 000", ["10", "000"]),
        ("12/05/2026", ["12", "05", "2026", "2026-05-12"]),
        ("§ 12a", ["12a", "§12a"]),
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


def test_forms_are_all_words_with_their_stems() -> None:
    assert forms("Registration of bins, bin", "en") == {
        "registration": "registr",
        "of": "of",
        "bins": "bin",
        "bin": "bin",
    }


def test_forms_of_a_compound_are_its_pieces_too_and_codes_are_no_words() -> None:
    assert forms("Kfz-Zulassung, V888/2, 12, parks@marhaven.example, +49 30 901820", "de") == {
        "kfzzulassung": "kfzzulass",
        "kfz": "kfz",
        "zulassung": "zulass",
    }


def test_a_question_is_asked_without_words_that_ask_for_nothing() -> None:
    assert [w.phrases for w in ask("How do I get a parking permit?", "en").words] == [
        (("parking",),),
        (("permit",),),
    ]
    assert [w.phrases for w in ask("who is it", "en").words] == [(("who",),), (("is",),), (("it",),)]


def test_the_last_word_is_a_beginning_until_a_space_ends_it() -> None:
    assert [w.prefix for w in ask("parking perm", "en", typing=True).words] == ["", "perm"]
    assert [w.prefix for w in ask("parking perm ", "en", typing=True).words] == ["", ""]
    assert [w.prefix for w in ask("parking perm", "en").words] == ["", ""]
    assert [w.prefix for w in ask("parking p", "en", typing=True).words] == [""]


def test_parking_is_no_park_though_one_may_ask_where_to_park() -> None:
    assert terms("Parking", "en") == ["park", "parking"]
    assert terms("Parks", "en") == ["park"]
    assert wanted_terms(ask("parking", "en")) == {"parking"}
    assert wanted_terms(ask("where can I park", "en")) == {"park"}


def test_a_long_question_is_cut_and_repeated_words_count_once() -> None:
    assert len(ask("permit " * 500, "en").words) == 1
    assert len(ask(" ".join(f"word{n}" for n in range(500)), "en").words) <= MAX_WORDS


def test_a_word_keeps_how_it_was_typed_and_what_it_is() -> None:
    words = ask("Bíns drop-in V888/2", "en").words
    assert [(word.form, word.of) for word in words] == [
        ("bins", "word"),
        ("dropin", "compound"),
        ("v888/2", "code"),
    ]
    assert len(set(words)) == 3


def test_words_that_differ_in_their_ending_alone_count_once() -> None:
    assert [word.form for word in ask("permits permit PERMIT", "en").words] == ["permits"]


def test_a_joint_between_words_that_ask_for_nothing_asks_for_nothing() -> None:
    assert [word.form for word in ask("bins and/or rubbish", "en").words] == ["bins", "rubbish"]


@pytest.mark.parametrize(
    ("question", "corrections", "respelt"),
    [
        ("Wher is the Councl's  office?", {"councl": "council"}, "Wher is the council's  office?"),
        ("COUNCL, councl!", {"councl": "council"}, "council, council!"),
        ("brand  weer bellen", {"brand weer": "brandweer"}, "brandweer bellen"),
        ("counciltax (2026)", {"counciltax": "council tax"}, "council tax (2026)"),
        ("drop-inn", {"inn": "in"}, "drop-in"),
        ("dropp-in", {"droppin": "drop-in"}, "drop-in"),
        ("V888/2", {"v888": "v889"}, "v889/2"),
        ("nothing", {}, "nothing"),
        ("", {"a": "b"}, ""),
    ],
)
def test_a_question_is_respelt_and_all_else_kept(
    question: str, corrections: dict[str, str], respelt: str
) -> None:
    assert respell(question, "en", corrections) == respelt


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


def test_a_snippet_begins_where_the_text_does_unless_it_tells_what_the_title_does_not() -> None:
    text = "Leave your car near your home. " + "More words. " * 40 + "The parking order for vans."
    assert highlight(text, ask("parking", "en"), title="Parking permit").startswith("Leave your car")
    assert "<mark>vans</mark>" in highlight(text, ask("parking van", "en"), title="Parking permit")
    assert "<mark>parking</mark>" in highlight(text, ask("parking", "en"), title="Permit")


def test_facts_in_a_snippet_are_set_apart() -> None:
    query = ask("collection", "en")
    snippet = highlight("Report: free\nCollection: 3 working days\nWe come soon.\nThen we write.", query)
    assert "free · <mark>Collection</mark>: 3 working days · We come soon. Then we write." in snippet


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("Ask online – https://example.org/a?b=c\nAsk by letter –", "Ask online · Ask by letter"),
        ("Details\nhttps://example.org/a\nBring a letter.", "Details · Bring a letter."),
        ("See https://example.org/a. Then (www.example.org/b) go.", "See. Then go."),
        ("https://example.org/", ""),
        ("A www of wwwhere", "A www of wwwhere"),
    ],
)
def test_web_addresses_are_left_out_of_snippets(text: str, snippet: str) -> None:
    assert highlight(text, ask("example", "en")) == snippet


@pytest.mark.parametrize(
    ("question", "text", "language", "snippet"),
    [
        ("übung", "Die Uebung, die Übung", "de", "Die <mark>Uebung</mark>, die <mark>Übung</mark>"),
        ("uebung", "Die Übung", "de", "Die <mark>Übung</mark>"),
        ("§ 12a", "Nach § 12 a und §12", "de", "Nach <mark>§ 12 a</mark> und §12"),
        ("ærlig", "Et Ærlig svar", "nb", "Et <mark>Ærlig</mark> svar"),
        ("Ålborg", "Aalborg og Ålborg", "nb", "<mark>Aalborg</mark> og <mark>Ålborg</mark>"),
        ("ijsbaan", "De ysbaan en IJsbaan", "nl", "De <mark>ysbaan</mark> en <mark>IJsbaan</mark>"),
        ("gesprekken", "Een gesprek", "nl", "Een <mark>gesprek</mark>"),
        ("030 901820", "Ruf +49 (0)30 901820 an", "de", "Ruf <mark>+49 (0)30 901820</mark> an"),
        ("1234,50", "Es kostet 1.234,50 Euro", "de", "Es kostet <mark>1.234,50</mark> Euro"),
        ("1.3.2026", "ab 01.03.2026", "de", "ab <mark>01.03.2026</mark>"),
        ("tonne", "Die Mülltonne", "de", "Die Mülltonne"),
    ],
)
def test_words_are_marked_however_they_are_written(
    question: str, text: str, language: str, snippet: str
) -> None:
    assert highlight(text, ask(question, language), language=language) == snippet


def test_a_half_typed_word_is_marked_in_its_other_spellings() -> None:
    query = ask("muellt", "de", typing=True)
    assert highlight("Mülltonne", query, language="de") == "<mark>Mülltonne</mark>"


def test_the_wanted_terms_are_those_of_all_phrases() -> None:
    assert wanted_terms(ask("drop-in bins", "en")) == {"dropin", "drop", "in", "bin"}


LANGUAGES = st.sampled_from(["en", "nl", "de", "nb", "nn", "sv", "xx", "en-GB"])
SIGNS = st.text(
    st.one_of(st.sampled_from("aeiouyäöüåøæßĳ01289 .,:-/'’§+()@*_\u00ad\u0301\u00a0"), st.characters())
)


@settings(derandomize=True, deadline=None)
@given(SIGNS, LANGUAGES)
def test_whatever_is_written_becomes_terms_that_engines_can_hold(text: str, language: str) -> None:
    for term in terms(text, language):
        assert term
        assert not any(sign.isspace() or sign in '\0"*' for sign in term)
        assert term == fold(term)
    for form, stemmed in forms(text, language).items():
        assert form.isalpha() and form == fold(form) and stemmed


@settings(derandomize=True, deadline=None)
@given(SIGNS, LANGUAGES, st.booleans())
def test_whatever_is_asked_is_a_question(text: str, language: str, typing: bool) -> None:
    query = ask(text, language, typing=typing)
    assert bool(query.words) == bool(terms(text[:400], language))
    assert all(term for word in query.words for phrase in word.phrases for term in phrase)
    assert all(word.form and word.phrases for word in query.words)
    assert respell(text, language, {}) == text


@settings(derandomize=True, deadline=None)
@given(SIGNS, LANGUAGES)
def test_a_text_is_found_by_each_of_its_words(text: str, language: str) -> None:
    for _start, _end, term in scan(text, language):
        assert term.whole in terms(text, language)
        assert term.form not in spellings(term.form, language)
        if term.of == "word" and term.form.isalpha():
            assert term.whole in wanted_terms(ask(term.form, language))


@settings(derandomize=True, deadline=None)
@given(SIGNS, SIGNS, LANGUAGES)
def test_highlighting_adds_nothing_but_marks(text: str, question: str, language: str) -> None:
    plain = highlight(text, ask("", language), language=language, length=10_000)
    marked = highlight(text, ask(question, language), language=language, length=10_000)
    assert marked.replace("<mark>", "").replace("</mark>", "") == plain


@pytest.mark.parametrize(("text", "apart"), [
    ("renew driving-licence-at-70!", "renew driving licence at 70!"),
    ("p800refund", "p800 refund"),
    ("form2026 v888", "form 2026 v888"),
    ("gov.example/vehicle-tax", "gov example vehicle tax"),
])  # fmt: skip
def test_a_joined_word_is_taken_apart(text: str, apart: str) -> None:
    assert (
        taken_apart(text, "en", {term.form for _start, _end, term in scan(text, "en")} - {"renew"}) == apart
    )
