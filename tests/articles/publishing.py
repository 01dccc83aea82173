"""Services as documents, published on grounds that a test vouches for, and articles as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import uuid4

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest

from cms.publications import commands as log_commands
from cms.publications import documents, queries, registry
from cms.publications.models import Entry, Item
from cms.publications.readings import Reading
from cms.publications.registry import Change, Kind
from cms.publications.vocabulary import EntryKind, Lane
from kb.articles import commands
from kb.articles.composer import Fields
from kb.articles.models import Article
from tests.people import department, person
from workflows import commands as workflow
from workflows.models import Submission

Doc = dict[str, Any]


def _service_kind() -> Kind:
    nothing: Any = lambda *_args: None  # noqa: E731
    return Kind(
        name="service",
        label="Service page",
        audience="public",
        compose=nothing,
        draft=nothing,
        missing=lambda _document: [],
        mirror=nothing,
        edit_url=lambda _item: "",
        prefix="",
    )


def _mirror(change: Change) -> None:
    registry.kind(change.item.kind).mirror(change)


def _render(reading: Reading, request: HttpRequest) -> str:
    facts = [reading.quoted(ref) for ref in reading.body["quotes"]]
    return f"<h1>{reading.title}</h1>{reading.body['answer']}{[f and f['amount'] for f in facts]}"


@contextmanager
def services_without_pages() -> Iterator[None]:
    """The log as articles see it: services without their pages; nobody is told, nothing is searched."""
    quiet = {"search": lambda _c: None, "updates": lambda _c: None, "mirror": _mirror}
    with (
        mock.patch.dict(registry._kinds, {"service": _service_kind()}),
        mock.patch.dict(registry._projectors, quiet),
        mock.patch.dict(registry._verifiers, {"test": lambda _permit: None}),
        mock.patch.dict(registry._renderers, {"article": _render}),
    ):
        yield


def fee(
    amount: str, *, key: str, label: str = "Adult permit", since: str | None = None, until: str | None = None
) -> Doc:
    return {
        "key": key,
        "kind": "fee",
        "label": label,
        "amount": amount,
        "currency": "GBP",
        "condition": "",
        "valid_from": since,
        "valid_to": until,
    }


def publish_service(
    title: str = "Resident parking permit",
    *,
    code: str = "parks",
    item: Item | None = None,
    facts: list[Doc] | None = None,
) -> Item:
    """A published service, or a new text of `item`."""
    if item is None:
        item = Item.objects.create(kind="service", audience="public", department=department(code))
    document = documents.envelope(
        item, title=title, slug=f"s-{item.pk}", body={"purpose": "<p>Park.</p>"}, facts=facts or []
    )
    permit = log_commands.issue(
        item,
        documents.store(document).sha256,
        kind=EntryKind.PUBLISHED,
        lane=Lane.REVIEWED,
        grounds={"type": "test"},
        people=[],
        based_on=queries.newest_seq(item),
    )
    log_commands.spend([permit], by=None)
    return item


def key() -> str:
    return str(uuid4())


def typed(**fields: Any) -> Fields:
    return Fields(
        question="What does a parking permit cost?",
        short_answer="It depends on how old you are.",
        answer="Read out the price **below**.",
        ask_caller="- In which street do you live?",
        pass_on="To planning, when the street isn't listed.",
        internal_contacts="Permits team, extension 204",
        handling_class="A",
        tags=("permit",),
    ).but(**fields)


def write(by: AbstractUser | None = None, **fields: Any) -> Article:
    """A draft of an article, by an author of parks unless told."""
    return commands.begin_article(typed(**fields), by=by or person("author.parks"))


def submit_as(author: AbstractUser, article: Article) -> Submission:
    person("editor.parks"), person("webmaster")
    return workflow.submit([article.item], by=author)


def publish_reviewed(article: Article) -> Submission:
    """Through the three people of the reviewed lane."""
    submission = submit_as(person("author.parks"), article)
    submission = workflow.approve(submission, by=person("editor.parks"), seen=submission.sha)
    return workflow.approve(submission, by=person("webmaster"), seen=submission.sha)


def a_published_article(**fields: Any) -> Article:
    article = write(**fields)
    publish_reviewed(article)
    return Article.objects.get(pk=article.pk)


def correct(article: Article, **fields: Any) -> Entry:
    """What a champion's form does, filled from what is published."""
    return commands.correct_urgently(
        article.item,
        fields=typed(**fields),
        by=person("champion"),
        reason="Callers are told the wrong price.",
        based_on=queries.newest_seq(article.item),
    )
