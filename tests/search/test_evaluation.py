"""Measuring search apart from the site: figures that can be reckoned by hand, and files that can't be used."""

from __future__ import annotations

import json
from io import StringIO
from math import log2
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from search.evaluation import places
from search.evaluation.corpus import read
from search.evaluation.measures import (
    Answered,
    interval,
    mean,
    measures,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
)
from search.models import PublicDocument, PublicWord

from .publishing import service

ELASTICSEARCH = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]
ENGINES = [
    "sqlite",
    pytest.param("postgres", marks=pytest.mark.postgres),
    pytest.param("elasticsearch", marks=ELASTICSEARCH),
]
DOCUMENTS = [
    {"id": "/council-tax", "title": "How Council Tax works", "description": "Bands and bills"},
    {"id": "/bins", "title": "Waste containers", "body": "Collected weekly"},
    {"id": "/sold-bought-vehicle", "title": "Tell us that you have another car"},
]
QUESTIONS = "q1\tcouncil tax\nq2\tbin\nq3\tsold vehicle\nq4\tnothing known here\nq5\tnever judged\n"
JUDGEMENTS = "q1 0 /council-tax 1\nq2\t0\t/bins\t1\nq3 0 /sold-bought-vehicle 2\nq4 0 /gone 1\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    texts = ["\n".join(map(json.dumps, DOCUMENTS)) + "\n\n", QUESTIONS, JUDGEMENTS]
    paths = [tmp_path / name for name in ("docs.jsonl", "queries.tsv", "qrels.tsv")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def run(*args: Any) -> str:
    out = StringIO()
    call_command("search_eval", *args, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.usefixtures("the_log", "apart")
def test_a_corpus_is_measured_apart_from_the_site(
    files: list[Path], engine: str, settings: Any, request: pytest.FixtureRequest
) -> None:
    if engine == "elasticsearch":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("node").url
    service("Council tax of the site")
    before = PublicDocument.objects.count(), PublicWord.objects.count()
    told = json.loads(run(*files, "--engine", engine, "--json"))
    assert (told["engine"], told["documents"], told["queries"]) == (engine, 3, 4)
    figures = told["measures"]
    assert set(figures) == {
        "ndcg@10", "hit@1", "hit@3", "hit@10", "recall@10", "mrr", "no_result", "p50_ms", "p95_ms",
    }  # fmt: skip
    assert figures["hit@1"]["value"] == figures["ndcg@10"]["value"] == 0.75
    assert figures["no_result"]["value"] == 0.25
    assert all(row["low"] <= row["value"] <= row["high"] for row in figures.values())
    assert (PublicDocument.objects.count(), PublicWord.objects.count()) == before
    assert places.APART not in connections.databases


@pytest.mark.usefixtures("apart")
def test_synonyms_of_a_file_are_taught_for_the_measurement_alone(files: list[Path], tmp_path: Path) -> None:
    rules = tmp_path / "synonyms.yml"
    rules.write_text("---\n- search: nothing => waste container\n")
    without = json.loads(run(*files, "--json"))["measures"]["no_result"]["value"]
    taught = json.loads(run(*files, "--json", "--synonyms", rules))["measures"]["no_result"]["value"]
    assert (without, taught) == (0.25, 0.0)


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch")
@pytest.mark.usefixtures("apart")
def test_elasticsearch_without_a_server_gets_a_sentence(files: list[Path]) -> None:
    with pytest.raises(CommandError, match="set ELASTICSEARCH_URL"):
        run(*files, "--engine", "elasticsearch")


@pytest.mark.usefixtures("apart")
def test_people_get_a_table(files: list[Path]) -> None:
    table = run(*files)
    assert "4 questions, 3 documents, engine sqlite" in table
    assert "hit@3" in table


@pytest.mark.parametrize(("which", "text", "sentence"), [
    (0, "{not json}\n", "Line 1 of .*docs.jsonl can't be used: it isn't JSON"),
    (0, '{"id": "a", "title": "x"}\n\n{"title": "x"}\n', "Line 3 of .*docs.jsonl .* no document with an “id”"),
    (0, "[" * 100_000, "Line 1 of .*docs.jsonl can't be used: it isn't JSON"),
    (0, '{"id": "\\ud800", "title": "x"}\n', "no document with an “id”"),
    (2, "q1 0 /council-tax 9999\n", "Line 1 of .*qrels.tsv"),
    (0, '{"id": "a", "title": 7}\n', "Line 1 of .*“title” isn't text"),
    (0, "", "nothing to evaluate"),
    (1, "q1\tcouncil tax\nq2 no tab\n", "Line 2 of .*queries.tsv .*id, tab, question"),
    (2, "q1 0 /council-tax\n", "Line 1 of .*qrels.tsv .*question, 0, document, grade"),
    (2, "q1 0 /council-tax much\n", "Line 1 of .*qrels.tsv"),
    (2, "", "nothing to evaluate"),
])  # fmt: skip
@pytest.mark.django_db
def test_a_file_that_cannot_be_used_gets_a_sentence(
    files: list[Path], which: int, text: str, sentence: str
) -> None:
    files[which].write_text(text)
    with pytest.raises(CommandError, match=sentence):
        run(*files)


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_gets_a_sentence(files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing.jsonl can't be read: No such file"):
        run(tmp_path / "missing.jsonl", *files[1:])
    files[1].write_bytes(b"q1\t\xff\n")
    with pytest.raises(CommandError, match=r"queries.tsv isn't text in UTF-8"):
        run(*files)
    files[1].write_text(QUESTIONS)
    with pytest.raises(CommandError, match="synonyms can't be read"):
        run(*files, "--synonyms", tmp_path / "synonyms")


def test_an_address_tells_its_words(files: list[Path]) -> None:
    found = read(*files, language="en").documents["/sold-bought-vehicle"]
    assert found.fields[1] == ("sold", "bought", "vehicl")


GRADES = {"a": 2, "b": 1, "c": 0}


def test_figures_are_those_of_the_textbook() -> None:
    answer = Answered(["c", "b", "a"], GRADES, 1.0)
    best = 3 + 1 / log2(3)
    assert ndcg(answer) == pytest.approx((1 / log2(3) + 3 / 2) / best)
    assert (recall(answer), reciprocal_rank(answer)) == (1.0, 0.5)
    assert ndcg(Answered(["a", "b"], GRADES, 1.0)) == 1
    assert ndcg(Answered([], GRADES, 1.0)) == recall(Answered([], GRADES, 1.0)) == 0
    found = measures([answer, Answered([], {"a": 1}, 9.0)])
    assert (found["hit@1"].value, found["hit@3"].value, found["no_result"].value) == (0.0, 0.5, 0.5)
    assert (found["p50_ms"].value, found["p95_ms"].value) == (9.0, 9.0)


def test_intervals_hold_the_figure_narrow_with_more_questions_and_are_the_same_each_time() -> None:
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 1000
    first = interval(few, mean)
    assert first == interval(few, mean)
    assert first.low < first.value == 0.5 < first.high
    wide, narrow = first.high - first.low, interval(many, mean)
    assert narrow.high - narrow.low < wide / 4
    assert interval([1.0] * 9, mean) == interval([1.0], mean)
    assert percentile([5, 1, 3], 0.5) == 3


def test_a_language_without_an_analysis_is_refused(files: list[Path]) -> None:
    with pytest.raises(CommandError, match=r"language “xx”\. There is one for: de, en, nb, nl, sv\."):
        run(*files, "--language", "xx")
