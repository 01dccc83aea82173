"""The same word in the five languages, however it is written; no database."""

from __future__ import annotations

import pytest

from search.analysis import ask, fold, stem, stop_words, terms
from search.highlighting import wanted_terms
from search.languages import (
    CLITICS,
    ENDINGS,
    LINKS,
    NOT_PARTS,
    RESPELLINGS,
    STEMMERS,
    STOP_WORDS,
    WRITTEN_OUT,
    family,
    primary,
)


def finds(question: str, text: str, language: str) -> bool:
    """Whether a text has every word of a question, alternatives counted."""
    held = terms(text, language)
    return all(
        any(set(phrase) <= set(held) for phrase in word.phrases) for word in ask(question, language).words
    )


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        # letters with marks, and what people type for them
        ("de", "Mülltonne", "Die MÜLLTONNEN werden geleert."),
        ("de", "Muelltonne", "Die Mülltonne wird geleert."),
        ("de", "Mulltonne", "Die Mülltonne wird geleert."),
        ("de", "Mülltonne", "Die Muelltonne wird geleert."),
        ("de", "Mülltonne", "Die Mu\u0308lltonne wird geleert."),
        ("de", "strasse", "Sperrung der Hauptstraße und anderer Straßen"),
        ("de", "Aemter", "Das Amt ist zu."),
        ("de", "GEBUEHR", "Die Gebühren steigen."),
        ("nb", "soeknad", "Søknader om barnehageplass"),
        ("nb", "soknad", "Søknad om barnehageplass"),
        ("nb", "laerer", "En lærer er syk."),
        ("nb", "Aalesund", "Ålesund kommune"),
        ("nb", "Ålesund", "Aalesund kommune"),
        ("no", "apningstider", "Åpningstidene i påsken"),
        ("nn", "søknadene", "søknad"),
        ("sv", "foerskola", "Förskolor i kommunen"),
        ("sv", "forskola", "Förskolan är öppen."),
        ("sv", "Ängby", "Aengby bibliotek"),
        ("nl", "rybewys", "Uw rijbewijs verlengen"),
        ("nl", "ĳsbaan", "IJsbaan open"),
        ("nl", "reunie", "Een reünie in het park"),
        ("nl", "coördinator", "coordinator"),
        # what hangs on a word
        ("nl", "foto", "Neem twee pasfoto's of foto's mee."),
        ("nl", "fotos", "Neem twee foto's mee."),
        ("nl", "auto’s", "Een auto parkeren"),
        ("nl", "baby", "Baby'tje aangeven"),
        ("en", "councils", "The council’s offices"),
        ("sv", "EU", "EU:s regler"),
        ("sv", "sfi", "Anmälan till SFI:n"),
        ("de", "Bürger", "Für alle Bürger*innen"),
        ("de", "Bürgerbüro", "Bürger:innenbüro"),
        ("de", "Antragsteller", "Antragsteller/in, Antragsteller/-innen, Antragsteller_innen"),
        ("nb", "NAV", "NAV's kontor"),
        # endings
        ("de", "Personalausweis", "Gültigkeit des Personalausweises"),
        ("nl", "huizen", "een huis huren"),
        ("nl", "bewijzen", "bewijs"),
        ("nb", "kommune", "kommunens gebyrer"),
        ("sv", "avgift", "kommunens avgifter"),
        ("sv", "gata", "Gatans belysning"),
        ("sv", "ansöka", "Din ansökan"),
        ("nl", "hobbys", "hobby's"),
        ("nl", "rybewyzen", "rijbewijzen"),
        # joints
        ("de", "Kfz Zulassung", "Die Kfz-Zulassung"),
        ("de", "KfzZulassung", "Die Kfz\u2011Zulassung"),
        ("nl", "email", "Stuur een e-mail."),
        ("sv", "avfallssortering", "avfalls\u00adsortering"),
        # numbers
        ("nl", "1234.50", "U betaalt € 1.234,50 per jaar."),
        ("de", "1.234,50", "1234,50 Euro"),
        ("sv", "10 000 kr", "Avgiften är 10\u00a0000 kr."),
        ("nb", "1 234,50", "Gebyret er 1.234,50."),
        ("de", "27.50", "27,50 €"),
        ("de", "25,00", "25 €"),
        ("de", "1.3.2026", "ab dem 01.03.2026"),
        ("de", "030 901820", "Telefon +49 (0)30 901820"),
        ("de", "+49 30 901820", "Telefon 030 / 90 18 20"),
        ("nl", "0031 20 6241111", "Bel +31 20 624 1111."),
        ("nl", "14020", "Bel 14 020."),
        ("nb", "22123456", "Ring 22 12 34 56."),
        ("nb", "+47 815 00 800", "Ring 815 00 800."),
        ("sv", "0812345678", "Ring +46 8 123 456 78."),
        ("de", "0800 1234567", "Kostenlos: 0800-123 45 67"),
        ("de", "116117", "Ärzte: 116 117"),
        ("de", "§12", "nach § 12 Abs. 2"),
        ("nb", "§ 4-1", "jf. §4-1"),
        ("nb", "§ 12", "§ 12 i plan- og bygningsloven"),
        ("sv", "§ 12a", "enligt 4 kap. 12 a § plan- och bygglagen"),
        ("de", "br12", "Formular BR-12"),
        ("de", "ba-12/2024", "Formular BA-12/2024"),
        ("nb", "04-01.03", "Skjema NAV 04-01.03"),
    ],
)
def test_one_word_however_it_is_written(language: str, question: str, text: str) -> None:
    assert finds(question, text, language)


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("de", "neue", "Das Nun zählt."),
        ("de", "1.234", "1,234 Gramm"),
        ("de", "§ 12", "§ 120"),
        ("de", "030 901820", "030 901821"),
        ("nb", "beboere", "Bebreide"),
        ("nl", "privacy", "partij"),
        ("nl", "huis", "hui"),
        ("sv", "detaljplan", "detalj"),
        ("sv", "plan", "pl"),
    ],
)
def test_other_words_stay_others(language: str, question: str, text: str) -> None:
    assert not finds(question, text, language)


@pytest.mark.parametrize(
    ("language", "question", "telling"),
    [
        ("en", "How do I get a parking permit?", ["parking", "permit"]),
        ("nl", "Hoe kan ik een paspoort aanvragen?", ["paspoort", "aanvragen"]),
        ("nl", "Waar vraag ik myn rybewys aan", ["vraag", "rybewys"]),
        ("de", "Wie bekomme ich einen Personalausweis für mein Kind?", ["personalausweis", "kind"]),
        ("de", "was muss ich fuer die Anmeldung mitbringen", ["anmeldung", "mitbringen"]),
        ("nb", "Hvordan søker jeg om barnehageplass?", ["soker", "barnehageplass"]),
        ("nn", "Korleis søkjer eg om plass, og kva kostar det?", ["sokjer", "plass", "kostar"]),
        ("sv", "Får jag elda i trädgården?", ["elda", "tradgarden"]),
        ("sv", "När är biblioteket öppet?", ["biblioteket", "oppet"]),
    ],
)
def test_questions_are_asked_without_what_asks_for_nothing(
    language: str, question: str, telling: list[str]
) -> None:
    assert [word.form for word in ask(question, language).words] == telling


def test_a_mark_tells_a_word_from_one_that_asks_for_nothing() -> None:
    assert [word.form for word in ask("barn 3 år", "sv").words] == ["barn", "3", "ar"]
    assert [word.form for word in ask("barn är", "sv").words] == ["barn"]
    assert [word.form for word in ask("min far", "sv").words] == ["far"]


@pytest.mark.parametrize("language", sorted(STEMMERS))
def test_a_question_of_stop_words_alone_is_asked_all_the_same(language: str) -> None:
    words = sorted(STOP_WORDS[language])[:3]
    assert ask(" ".join(words), language).words


@pytest.mark.parametrize("language", sorted(STEMMERS))
def test_every_language_has_all_that_it_needs(language: str) -> None:
    assert stem("test", language)
    assert language in STOP_WORDS and language in CLITICS
    assert language in ENDINGS and language in NOT_PARTS
    assert language == "en" or (language in LINKS and language in RESPELLINGS and language in WRITTEN_OUT)
    assert all(word == word.lower() for word in STOP_WORDS[language])
    assert all(word == fold(word) for word in stop_words(language))


def test_names_of_languages() -> None:
    assert [primary(name) for name in ("en-GB", "nb_NO", "sv")] == ["en", "nb", "sv"]
    assert [family(name) for name in ("nn-NO", "no", "nb", "de-AT", "xx")] == ["nb", "nb", "nb", "de", "xx"]


def test_a_language_that_nobody_knows_is_searched_as_it_is_written() -> None:
    assert wanted_terms(ask("Permits' für", "xx")) == {"permits", "fur"}
