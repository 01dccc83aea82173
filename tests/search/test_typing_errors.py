"""One typing error in a long word hardly ever costs the answer, in each of the five languages: the property
that `python -m benchmarks.typing_errors` measures on texts that nobody chose, on a few sentences here."""

from __future__ import annotations

import random

import pytest

from benchmarks.typing_errors import ERRORS
from search import finding
from search.analysis import ask
from search.engines import embedded
from search.evaluation.corpus import described

pytestmark = pytest.mark.django_db

TEXTS = {
    "en": ["Apply for a resident parking permit", "Collection of garden waste", "Registering a birth",
           "Opening hours of the central library", "Council tax reduction for students"],
    "nl": ["Parkeervergunning voor bewoners aanvragen", "Grofvuil laten ophalen", "Aangifte van geboorte",
           "Openingstijden van de bibliotheek", "Verlenging van het rijbewijs"],
    "de": ["Bewohnerparkausweis beantragen", "Sperrmüll abholen lassen", "Geburtsurkunde ausstellen",
           "Öffnungszeiten der Stadtbücherei", "Verlängerung des Führerscheins"],
    "nb": ["Søknad om parkeringstillatelse", "Henting av hageavfall", "Melding om fødsel",
           "Åpningstider på biblioteket", "Fornyelse av førerkort"],
    "sv": ["Ansökan om parkeringstillstånd", "Hämtning av trädgårdsavfall", "Anmälan om födelse",
           "Öppettider på biblioteket", "Förnyelse av körkort"],
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_one_error_in_a_long_word_is_forgiven(language: str) -> None:
    documents = {
        text: described(str(number), text, language=language) for number, text in enumerate(TEXTS[language])
    }
    for document in documents.values():
        embedded().put("public", document)
    index, asked = finding.place("public"), finding.Asked(language)
    chance, missed, count = random.Random(3), [], 0
    for text, document in documents.items():
        words = [word.form for word in ask(text, language).words]
        for place in (place for place, word in enumerate(words) if len(word) >= 5):
            for error in ERRORS.values():
                typed = " ".join(error(words, place, chance) or words)
                hits = finding.answer(typed, asked, index).hits
                count += 1
                if [hit.item for hit in hits][:1] != [document.item]:
                    missed.append(typed)
    assert count > 40
    assert len(missed) <= 0.05 * count, missed


@pytest.mark.parametrize(("language", "typed"), [("en", "regstering"), ("de", "geburtsurkinde")])
def test_without_spelling_the_same_question_finds_nothing(language: str, typed: str) -> None:
    for number, text in enumerate(TEXTS[language]):
        embedded().put("public", described(str(number), text, language=language))
    index = finding.place("public")
    assert finding.answer(typed, finding.Asked(language), index).hits
    assert not finding.answer(typed, finding.Asked(language, as_typed=True), index).hits
