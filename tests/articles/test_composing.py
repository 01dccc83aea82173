"""An article's document: clean, the same each time, and with its facts by reference."""

from __future__ import annotations

from datetime import date
from unittest import mock

import pytest

from cms.core.canonical import canonical_json
from cms.core.errors import Refused
from cms.publications import queries, registry
from cms.publications.vocabulary import Audience
from kb.articles import commands
from kb.articles.composer import compose, draft, fields_of, fields_of_document, missing
from kb.articles.models import Article
from tests.people import department, person

from .publishing import a_published_article, fee, key, publish_reviewed, publish_service, typed, write


def test_markdown_with_scripts_comes_out_clean() -> None:
    nasty = (
        "Hello <script>alert(1)</script>**there**\n\n[click](javascript:alert(2))\n\n"
        '<img src=x onerror="alert(3)"><a href="https://x.example" onclick="alert(4)">x</a>'
    )
    body = compose(write(answer=nasty, pass_on=nasty, ask_caller=nasty, internal_contacts=nasty))["body"]
    for name in ("answer", "pass_on", "ask_caller", "internal_contacts"):
        assert "<strong>there</strong>" in body[name]
        assert not any(bad in body[name] for bad in ("alert", "<script", "onerror", "onclick", "javascript"))


def test_what_was_typed_stays_beside_what_is_read() -> None:
    document = compose(write(answer="One\r\n\r\n- two"))
    assert document["source"]["answer"] == "One\n\n- two"
    assert "<li>two</li>" in document["body"]["answer"]


def test_composing_twice_gives_the_same_bytes() -> None:
    number = key()
    service = publish_service(facts=[fee("25.00", key=number)])
    article = write(service=str(service.pk), quotes=(number,), tags=("b", "a"), review_on=date(2027, 5, 1))
    once = canonical_json(compose(article))
    assert canonical_json(compose(Article.objects.get(pk=article.pk))) == once
    assert canonical_json(compose(draft(article.item))) == once


def test_a_document_can_be_typed_again() -> None:
    number = key()
    service = publish_service(facts=[fee("25.00", key=number)])
    article = write(service=str(service.pk), quotes=(number,), review_on=date(2027, 5, 1))
    assert fields_of_document(compose(article)) == fields_of(article)


def test_each_missing_thing_is_named() -> None:
    article = write(question="", answer=" ", handling_class="")
    article.short_answer = "x" * 301
    sentences = missing(compose(article))
    assert len(sentences) == 4
    assert any("300" in sentence for sentence in sentences)


def test_a_complete_article_lacks_nothing() -> None:
    assert missing(compose(write())) == []


def test_a_quoted_fact_that_is_gone_is_named() -> None:
    gone, kept = key(), key()
    service = publish_service(facts=[fee("25.00", key=gone, label="Day permit"), fee("9.00", key=kept)])
    article = write(service=str(service.pk), quotes=(gone, kept))
    publish_service(item=service, facts=[fee("9.00", key=kept)])
    (sentence,) = missing(compose(article))
    assert "Fee: Day permit" in sentence
    assert "Resident parking permit" in sentence


def test_a_quoted_fact_reads_as_it_stands_on_each_day() -> None:
    number = key()
    versions = [
        fee("25.00", key=number, until="2026-12-31"),
        fee("27.50", key=number, since="2027-01-01"),
    ]
    service = publish_service(facts=versions)
    article = a_published_article(service=str(service.pk), quotes=(number,))
    for day, amount in ((date(2026, 12, 31), "25.00"), (date(2027, 1, 1), "27.50")):
        with mock.patch("cms.core.clock.today", return_value=day):
            reading = queries.read(article.item_id, Audience.STAFF)
            assert reading is not None
            quoted = reading.quoted(reading.body["quotes"][0])
        assert quoted is not None
        assert quoted["amount"] == amount


def test_agents_read_it_and_the_public_does_not() -> None:
    article = a_published_article()
    assert queries.read(article.item_id, Audience.PUBLIC) is None
    reading = queries.read(article.item_id, Audience.STAFF)
    assert reading is not None
    assert reading.path is None


class TestDepartment:
    def test_follows_the_service_until_it_is_published(self) -> None:
        parks, waste = publish_service(code="parks"), publish_service("Bulky waste", code="waste")
        champion = person("champion")
        article = write(by=champion, service=str(parks.pk))
        assert article.item.department.code == "parks"
        article.service_item = waste
        article.save_revision(user=champion)
        assert Article.objects.get(pk=article.pk).item.department.code == "waste"

    def test_stays_once_it_is_published(self) -> None:
        waste = publish_service("Bulky waste", code="waste")
        article = a_published_article()
        article.service_item = waste
        article.save_revision(user=person("champion"))
        assert Article.objects.get(pk=article.pk).item.department.code == "parks"

    def test_is_the_authors_own_without_a_service(self) -> None:
        assert write(by=person("author.waste")).item.department.code == "waste"

    def test_is_not_the_authors_to_choose(self) -> None:
        waste = publish_service("Bulky waste", code="waste")
        with pytest.raises(Refused) as refused:
            write(by=person("author.parks"), service=str(waste.pk))
        assert refused.value.refusal.code == "not-your-department"
        with pytest.raises(Refused):
            commands.begin_article(typed(), by=person("author.parks"), department=department("waste"))

    def test_a_champion_without_one_has_to_pick(self) -> None:
        with pytest.raises(Refused):
            commands.begin_article(typed(), by=person("champion"))
        article = commands.begin_article(typed(), by=person("champion"), department=department("waste"))
        assert article.item.department.code == "waste"


def test_three_people_publish_it_and_the_draft_is_live() -> None:
    article = write()
    publish_reviewed(article)
    row = Article.objects.get(pk=article.pk)
    assert (row.live, row.has_unpublished_changes) == (True, False)
    assert row.live_revision_id == row.latest_revision_id
    assert registry.kind("article").edit_url(article.item).endswith(f"/edit/{article.pk}/")
