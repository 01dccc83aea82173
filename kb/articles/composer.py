"""From an article to its document, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.errors import Refusal, Refused
from cms.core.sanitise import markdown_html, plain_text
from cms.publications import documents
from cms.publications.gaps import Gap
from cms.publications.models import Current, Item
from cms.publications.vocabulary import HandlingClass, Status

from . import queries
from .models import Article, QuotedFact
from .vocabulary import MARKDOWN_FIELDS, QUESTION_LENGTH, SERVICE, SHORT_ANSWER_LENGTH, TAG_LENGTH

Doc = dict[str, Any]


@dataclass(frozen=True)
class Fields:
    """What a person types in the form of an article, wherever that form stands."""

    question: str = ""
    short_answer: str = ""
    answer: str = ""
    ask_caller: str = ""
    internal_contacts: str = ""
    pass_on: str = ""
    service: str | None = None
    quotes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    handling_class: str = ""
    review_on: date | None = None

    def but(self, **changes: Any) -> Fields:
        return replace(self, **changes)


@dataclass
class _Names:
    """What missing things are called, in the order of the form."""

    sentences: list[Gap] = field(default_factory=list)

    def unless(self, condition: object, sentence: str, name: str) -> None:
        if not condition:
            self.sentences.append(Gap(sentence, name))


def compose(article: Article) -> Doc:
    """The document of a draft."""
    return document_of(article.item, fields_of(article))


def document_of(item: Item, fields: Fields) -> Doc:
    """The document that `fields` make. The same fields make the same bytes."""
    source = {name: _lines(getattr(fields, name)) for name in MARKDOWN_FIELDS}
    body: Doc = {name: markdown_html(text) for name, text in source.items()}
    body["short_answer"] = " ".join(fields.short_answer.split())
    body["service"] = {"item": str(fields.service)} if fields.service else None
    body["quotes"] = [
        {"item": str(fields.service), "key": str(key)} for key in fields.quotes if fields.service
    ]
    return documents.envelope(
        item,
        title=" ".join(fields.question.split()),
        body=body,
        tags=[tag for each in fields.tags if (tag := " ".join(each.split()))],
        handling_class=fields.handling_class,
        review_on=fields.review_on,
        source=source,
    )


def fields_of(article: Article) -> Fields:
    """What stands in the form of a draft."""
    return Fields(
        question=article.question,
        short_answer=article.short_answer,
        service=str(article.service_item_id) if article.service_item_id else None,
        quotes=tuple(str(row.key) for row in _in_order(article.quotes.all())),
        tags=tuple(tag.name for tag in article.tags.all()),
        handling_class=article.handling_class,
        review_on=article.review_on,
        **{name: getattr(article, name) for name in MARKDOWN_FIELDS},
    )


def fields_of_document(document: Doc) -> Fields:
    """What would be typed to get this document."""
    body, source = document["body"], document["source"]
    return Fields(
        question=document["title"],
        short_answer=body["short_answer"],
        service=body["service"]["item"] if body["service"] else None,
        quotes=tuple(quote["key"] for quote in body["quotes"]),
        tags=tuple(document["tags"]),
        handling_class=document["handling_class"],
        review_on=date.fromisoformat(document["review_on"]) if document["review_on"] else None,
        **{name: source.get(name, plain_text(body[name])) for name in MARKDOWN_FIELDS},
    )


def fill(article: Article, fields: Fields) -> None:
    """Write `fields` into a draft; nothing is saved."""
    article.question = fields.question
    article.short_answer = fields.short_answer
    article.service_item_id = fields.service
    article.handling_class = fields.handling_class
    article.review_on = fields.review_on
    for name in MARKDOWN_FIELDS:
        setattr(article, name, getattr(fields, name))
    quote(article, fields.quotes)
    article.tags.set(list(fields.tags))


def quote(article: Article, keys: Iterable[str]) -> None:
    """Let a draft quote the facts with these keys, in this order; nothing is saved."""
    article.quotes.set(
        [QuotedFact(key=key, sort_order=position) for position, key in enumerate(dict.fromkeys(keys))]
    )


def missing(document: Mapping[str, Any]) -> list[Gap]:
    """What an article lacks before anybody should read it, a sentence each."""
    body = document["body"]
    names = _Names()
    names.unless(document["title"], _("Write the question, as a caller asks it."), "question")
    names.unless(
        len(document["title"]) <= QUESTION_LENGTH,
        _("Shorten the question to %(most)d characters.") % {"most": QUESTION_LENGTH},
        "question",
    )
    names.unless(
        body["short_answer"], _("Write the short answer that the agent reads aloud."), "short_answer"
    )
    names.unless(
        len(body["short_answer"]) <= SHORT_ANSWER_LENGTH,
        _("Shorten the short answer: it has %(length)d characters, and %(most)d can be read aloud.")
        % {"length": len(body["short_answer"]), "most": SHORT_ANSWER_LENGTH},
        "short_answer",
    )
    names.unless(plain_text(body["answer"]), _("Write the answer."), "answer")
    names.unless(
        document["handling_class"] in HandlingClass.values, _("Choose a handling class."), "handling_class"
    )
    names.unless(
        all(len(tag) <= TAG_LENGTH for tag in document["tags"]),
        _("Shorten each tag to %(most)d characters.") % {"most": TAG_LENGTH},
        "tags",
    )
    return [*names.sentences, *_missing_of_service(body)]


def draft(item: Item) -> Article:
    """The newest draft of an article. Raises `Refused` where nobody has begun one."""
    row = Article.objects.filter(item=item).first()
    if row is None:
        raise Refused(Refusal("no-draft", _("Nobody has begun a draft of this.")))
    newest: Article = row.get_latest_revision_as_object()
    newest.item = item
    return newest


def edit_url(item: Item) -> str:
    """Where people write an article; the list of articles, where it has no draft."""
    pk = Article.objects.filter(item=item).values_list("pk", flat=True).first()
    if pk is None:
        return reverse("wagtailsnippets_articles_article:list")
    return reverse("wagtailsnippets_articles_article:edit", args=[pk])


def _missing_of_service(body: Doc) -> list[Gap]:
    if not body["service"]:
        return []
    service = body["service"]["item"]
    if not Current.objects.filter(pk=service, kind=SERVICE, status=Status.PUBLISHED).exists():
        return [
            Gap(
                _("The service “%(title)s” isn't published. Choose another, or leave it empty.")
                % {"title": queries.title_of(service)},
                "service_item",
            )
        ]
    there = queries.keys_published(service)
    return [Gap(_gone(ref), "quoted") for ref in body["quotes"] if ref["key"] not in there]


def _gone(ref: Doc) -> str:
    title, name = queries.title_of(ref["item"]), queries.name_of_fact(ref["item"], ref["key"])
    if not name:
        return _("A quoted fact was never part of the service “%(title)s”. Untick it.") % {"title": title}
    return _(
        "The service “%(title)s” no longer has the quoted fact “%(fact)s”. Untick it, or quote another."
    ) % {
        "title": title,
        "fact": name,
    }


def _in_order(quotes: Iterable[QuotedFact]) -> list[QuotedFact]:
    return sorted(quotes, key=lambda row: row.sort_order or 0)


def _lines(text: str) -> str:
    """Browsers send line ends of two characters; a document has one."""
    return text.replace("\r\n", "\n").strip()
