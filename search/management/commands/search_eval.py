from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.evaluation.corpus import Unusable, read
from search.evaluation.places import ENGINES
from search.evaluation.running import Evaluation, evaluate
from search.evaluation.teaching import wordbook
from search.languages import STEMMERS, family
from search.wording import NOTHING_TAUGHT, Wordbook


class Command(BaseCommand):
    help = "Measures how well questions are answered, on texts that are indexed apart from the site."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("documents", type=Path, help="JSON lines: id, title, description, body")
        parser.add_argument("queries", type=Path, help="lines of question id, tab, question")
        parser.add_argument("qrels", type=Path, help="lines of question id, 0, document id, grade")
        parser.add_argument("--engine", choices=list(ENGINES), default="sqlite")
        parser.add_argument("--synonyms", type=Path, help="rules as import_synonyms reads them")
        parser.add_argument("--language", default="en", help="of the documents and questions")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        if family(language) not in STEMMERS:
            raise CommandError(_no_such(language))
        try:
            corpus = read(options["documents"], options["queries"], options["qrels"], language)
            taught = _wordbook(options["synonyms"], language)
            found = evaluate(corpus, ENGINES[options["engine"]], language=language, wordbook=taught)
        except Unusable as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            self.stdout.write(json.dumps(_data(found, options["engine"]), indent=2))
        else:
            self.stdout.write(_table(found, options["engine"]))


def _no_such(language: str) -> str:
    said = {"language": language, "known": ", ".join(sorted(STEMMERS))}
    return _("There is no analysis for the language “%(language)s”. There is one for: %(known)s.") % said


def _wordbook(path: Path | None, language: str) -> Wordbook:
    if path is None:
        return NOTHING_TAUGHT
    try:
        return wordbook(path.read_text(encoding="utf-8"), language)
    except (OSError, UnicodeDecodeError):
        raise Unusable(_("%(file)s can't be read.") % {"file": path}) from None


def _data(found: Evaluation, engine: str) -> dict[str, Any]:
    figures = {name: _rounded(asdict(measure)) for name, measure in found.measures.items()}
    return {
        "engine": engine,
        "documents": found.documents,
        "queries": found.questions,
        "measures": figures,
    }


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items()}


def _table(found: Evaluation, engine: str) -> str:
    said = {"documents": found.documents, "questions": found.questions, "engine": engine}
    head = _("%(questions)d questions, %(documents)d documents, engine %(engine)s") % said
    rows = [
        f"{name:<12}{measure.value:>10.3f}   {measure.low:.3f} – {measure.high:.3f}"
        for name, measure in found.measures.items()
    ]
    return "\n".join([head, f"{'':<12}{'':>10}   " + _("in 95 of 100 draws"), *rows])
