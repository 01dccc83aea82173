"""What words that are written as one are made of; no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import fold, forms
from search.compounds import edges, inside, joined, split

# A little of what a municipality's pages say.
TEXTS = {
    "de": """
        Der Müll wird am Montag abgeholt. Stellen Sie die Tonne vor das Haus; volle Tonnen bleiben stehen.
        Die Mülltonne bestellen Sie beim Amt. Zur Geburt gehört eine Urkunde. Die Sperrung der Straße
        beginnt heute. Die Schule hat jedes Buch. Wer wohnen will, braucht Geld. Die Steuer für den Hund.
        Die Anmeldung für das Kind. Der Garten und die Gebühren. Häuser auf der Liste. Der Bau und der
        Antrag. Eine Karte. Mit dem Bus fahren. Der Rat tagt. Bezahlen Sie bar. Nach vorn weisen.
        Gemein ist das. Der Park, der Ausweis, die Bewohner. Sperrmüll: Abholung nach Termin.
    """,
    "nl": """
        Afval hoort in de container. Er is brand en slecht weer. De brandweer helpt. Een huis vol vuil. De
        hond van de buren. Belasting betalen. U kunt hier parkeren met een vergunning. De gemeente en haar
        raad. Een geboorte en de aangifte. Trouwen met een boekje. Het stadskantoor is open. De stad, het
        kantoor. De straat heeft een naam. Een uitkering in de bijstand. Kinderen en opvang. Schap, water.
    """,
    "nb": """
        Barn og hage. Barnehage med plass. Søppel og tømming. Avfall og gebyr. Et bygg, en sak, en byggesak.
        Renovasjon og avgift. Skole og skyss. En søknad. En hund. Parkering krever tillatelse.
    """,
    "sv": """
        Bygg och lov. Bygglov krävs. Förskola med plats. En gata med belysning. Skola och skjuts. En kyrka
        och en gård. Sopor och hämtning. Avfall och avgift. Parkering och tillstånd. Vatten.
    """,
    "en": """
        Council tax is due. A parking permit for residents. The birth certificate. A bus pass. The
        collection of a bin. Mention the rapist. A con or a pre test, and less tax.
    """,
}


class Vocabulary:
    """How many documents each form stands in, and what was asked of it."""

    def __init__(self, language: str, **counts: int) -> None:
        self.counts = dict.fromkeys(forms(TEXTS[language], language), 5) | counts
        self.asked: list[Collection[str]] = []

    def __call__(self, several: Collection[str]) -> Mapping[str, int]:
        self.asked.append(several)
        return {form: self.counts[form] for form in several if form in self.counts}


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("de", "Mülltonne", "Müll Tonne"),
        ("de", "Mülltonnen", "Müll Tonnen"),
        ("de", "Geburtsurkunde", "Geburt Urkunde"),
        ("de", "Geburtsurkunden", "Geburt Urkunde"),
        ("de", "Straßensperrung", "Straße Sperrung"),
        ("de", "Straßensperrungen", "Straße Sperrung"),
        ("de", "Schulbuch", "Schule Buch"),
        ("de", "Wohngeld", "wohnen Geld"),
        ("de", "Fahrkarte", "fahren Karte"),
        ("de", "Hundesteueranmeldung", "Hund Steuer Anmeldung"),
        ("de", "Kindergartengebühren", "Kind Garten Gebühren"),
        ("de", "Häuserliste", "Häuser Liste"),
        ("de", "Bauamt", "Bau Amt"),
        ("de", "Bewohnerparkausweis", "Bewohner Park Ausweis"),
        ("de", "Sperrmüllabholung", "Sperrmüll Abholung"),
        ("nl", "afvalcontainers", "afval container"),
        ("nl", "huisvuil", "huis vuil"),
        ("nl", "hondenbelasting", "hond belasting"),
        ("nl", "parkeervergunning", "parkeren vergunning"),
        ("nl", "gemeenteraad", "gemeente raad"),
        ("nl", "geboorteaangifte", "geboorte aangifte"),
        ("nl", "trouwboekje", "trouwen boekje"),
        ("nl", "straatnamen", "straat naam"),
        ("nl", "bijstandsuitkering", "bijstand uitkering"),
        ("nl", "kinderopvang", "kinderen opvang"),
        ("nb", "barnehageplass", "barnehage plass"),
        ("nb", "søppeltømming", "søppel tømming"),
        ("nb", "renovasjonsavgift", "renovasjon avgift"),
        ("nb", "byggesaksgebyret", "byggesak gebyr"),
        ("nb", "hundeavgift", "hund avgift"),
        ("nb", "parkeringstillatelser", "parkering tillatelse"),
        ("sv", "bygglovsavgift", "bygglov avgift"),
        ("sv", "förskoleplats", "förskola plats"),
        ("sv", "gatubelysningen", "gata belysning"),
        ("sv", "skolskjuts", "skola skjuts"),
        ("sv", "kyrkogård", "kyrka gård"),
        ("sv", "sophämtning", "sopor hämtning"),
        ("sv", "parkeringstillstånd", "parkering tillstånd"),
        ("en", "counciltax", "council tax"),
        ("en", "residentsparking", "residents parking"),
        ("en", "buspasses", "bus pass"),
        ("en", "birthcertificate", "birth certificate"),
    ],
)
def test_compounds_are_divided_into_words_that_are_known(language: str, word: str, parts: str) -> None:
    known = Vocabulary(language)
    assert split(fold(word), language, known) == tuple(fold(part) for part in parts.split())
    assert len(known.asked) == 1


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "Karte"),
        ("de", "Gemeinde"),
        ("de", "Nachweis"),  # nach asks for nothing
        ("de", "steuerbar"),
        ("de", "Tonnerre"),
        ("de", "Mülltone"),
        ("de", "Tonnen"),
        ("de", "Amt"),
        ("nl", "waterschap"),
        ("nl", "gemeenten"),
        ("nb", "søknaden"),
        ("sv", "avgifterna"),
        ("en", "therapist"),
        ("en", "contest"),
        ("en", "taxless"),
        ("en", "permits"),
        ("en", "v888tax"),
        ("en", ""),
        ("en", "tax" * 20),
        ("xx", "unbekannt"),
    ],
)
def test_other_words_are_not(language: str, word: str) -> None:
    assert split(fold(word), language, Vocabulary(language if language in TEXTS else "en")) == ()


def test_two_parts_are_better_than_three_and_well_known_ones_than_others() -> None:
    assert split("sperrmullabholung", "de", Vocabulary("de", sperr=90)) == ("sperrmull", "abholung")
    known = Vocabulary("de", stau=2, becken=40, staub=30, ecken=30)
    assert split("staubecken", "de", known) == ("staub", "ecken")
    known.counts |= {"stau": 60, "becken": 60}
    assert split("staubecken", "de", known) == ("stau", "becken")


def test_a_word_is_never_its_own_part() -> None:
    assert split("council", "en", Vocabulary("en", council=9)) == ()


@pytest.mark.parametrize(
    ("language", "words", "wholes"),
    [
        ("nl", "brand weer", {0: ("brandweer",)}),
        ("nl", "open stad kantoor", {1: ("stadskantoor",)}),
        ("nl", "brandweer kantoor", {}),
        ("de", "Müll Tonne bestellen", {0: ("mulltonne",)}),
        ("nb", "barn hage plass", {0: ("barnehage",)}),
        ("sv", "bygg lov", {0: ("bygglov",)}),
        ("en", "12 34", {}),
        ("en", "tax", {}),
    ],
)
def test_neighbours_that_are_known_as_one_word_are_joined(
    language: str, words: str, wholes: dict[int, tuple[str, ...]]
) -> None:
    known = Vocabulary(language)
    assert joined([fold(word) for word in words.split()], language, known) == wholes
    assert len(known.asked) == 1


def test_the_better_known_of_two_wholes_comes_first() -> None:
    known = Vocabulary("nl", stadkantoor=2)
    assert joined(["stad", "kantoor"], "nl", known) == {0: ("stadskantoor", "stadkantoor")}


@pytest.mark.parametrize(
    ("language", "word", "candidates", "found"),
    [
        ("de", "Tonne", "Mülltonne Mülltonnen Tonnerre Tonnen Tonne", "Mülltonne Mülltonnen"),
        ("de", "Tonnen", "Mülltonne", "Mülltonne"),
        ("de", "Art", "Karte Start Artikel", ""),
        ("de", "Steuer", "Hundesteuer Steuerung Steuerantrag steuerbar", "Hundesteuer Steuerantrag"),
        ("de", "Straße", "Straßensperrung Straßenbahn", "Straßensperrung"),
        ("de", "Amt", "Bauamt Gesamt Beamt", "Bauamt"),
        ("de", "wohnen", "Wohngeld", "Wohngeld"),
        ("de", "nach", "Nachtermin", ""),
        ("nl", "afval", "huisafval afvalcontainers afvallen", "huisafval afvalcontainers"),
        ("nl", "water", "waterschap", ""),
        ("nb", "avgift", "renovasjonsavgift hundeavgiften avgiftene", "renovasjonsavgift hundeavgiften"),
        ("sv", "gata", "gatubelysning gatan", "gatubelysning"),
        ("sv", "avgift", "bygglovsavgifter avgifter", "bygglovsavgifter"),
    ],
)
def test_words_inside_compounds_are_told_from_letters_inside_words(
    language: str, word: str, candidates: str, found: str
) -> None:
    known = Vocabulary(language)
    several = [fold(candidate) for candidate in candidates.split()]
    assert inside(fold(word), language, several, known) == tuple(fold(f) for f in found.split())
    assert len(known.asked) <= 1


def test_the_edges_of_a_word_tell_where_its_compounds_are() -> None:
    starts, ends = edges("gata", "sv")
    assert starts[0] == ends[0] == "gata"
    assert "gatu" in starts
    assert "mulltonnen".endswith(edges("tonne", "de")[1])
    assert "wohngeld".startswith(edges("wohnen", "de")[0])
    assert edges("tax", "en")[0] == ("tax",)


@settings(derandomize=True, deadline=None)
@given(
    st.sampled_from(sorted(TEXTS)),
    st.lists(st.sampled_from(["tonne", "stad", "barn", "gata", "tax", "s", "en", "mull", "x"]), max_size=5),
)
def test_a_division_consists_of_known_words(language: str, pieces: list[str]) -> None:
    known = Vocabulary(language, tonne=3, stad=3, barn=3, gata=3, tax=3, mull=3)
    parts = split("".join(pieces), language, known)
    assert len(parts) in (0, 2, 3)
    assert set(parts) <= set(known.counts)
