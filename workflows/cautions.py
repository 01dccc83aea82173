"""What a reviewer should be warned of before deciding: asked of the composed document, today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core import clock
from cms.core.errors import Refused
from cms.publications import current, documents, facts, registry
from cms.publications import queries as log
from cms.publications.models import Current, Item
from cms.publications.vocabulary import Audience, Status

from .queries import ReviewedDocument

Doc = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """One sentence. `warning`: look at this before you approve; `info`: good to know."""

    level: str
    text: str


def of_publishing(one: ReviewedDocument, together: Iterable[str]) -> list[Check]:
    """What to look at before `one` is published; `together` are the ids that go live with it."""
    document = one.document
    return [
        *(Check("warning", text) for text in registry.kind(document["kind"]).missing(document)),
        *_overlaps(document),
        *_facts_of_the_past(document),
        *_dates(document),
        *_dead_references(one, set(together)),
        *_quotes_elsewhere(one),
    ]


def of_withdrawing(item: Item) -> list[Check]:
    """What a withdrawal would leave behind."""
    found = []
    if quoted := current.quoting(item, None):
        found.append(
            Check("warning", _("Its facts are quoted by: %(titles)s.") % {"titles": _listed(quoted)})
        )
    beneath = Current.objects.filter(parent=item, status=Status.PUBLISHED).count()
    if beneath:
        text = ngettext(
            "%(count)d page stands beneath it. Move or withdraw that first.",
            "%(count)d pages stand beneath it. Move or withdraw those first.",
            beneath,
        )
        found.append(Check("warning", text % {"count": beneath}))
    speaking = [row.title for row in log.referring_to(item.pk, Audience.STAFF)[:6]]
    if speaking:
        found.append(Check("info", _("These refer to it: %(titles)s.") % {"titles": _listed(speaking)}))
    return found


def _overlaps(document: Doc) -> list[Check]:
    text = _("Two versions of one fact hold on the same day: %(first)s / %(second)s.")
    return [
        Check("warning", text % {"first": facts.one_line(a), "second": facts.one_line(b)})
        for a, b in facts.overlaps(document["facts"])
    ]


def _facts_of_the_past(document: Doc) -> list[Check]:
    """Facts of which every version has ended: readers would find nothing."""
    today = clock.today()
    by_key: dict[str, list[Doc]] = {}
    for fact in document["facts"]:
        by_key.setdefault(fact["key"], []).append(fact)
    over = [
        versions[-1]
        for versions in by_key.values()
        if versions[-1]["kind"] != "closure"
        and not facts.in_effect(versions, today)
        and not facts.upcoming(versions, today)
    ]
    text = _("This has ended, so readers won't see it: %(fact)s.")
    return [Check("warning", text % {"fact": facts.one_line(fact)}) for fact in over]


def _dates(document: Doc) -> list[Check]:
    found = []
    expires = document["expires_at"]
    if expires and datetime.fromisoformat(expires) <= clock.now():
        when = date_format(localtime(datetime.fromisoformat(expires)), "l j F Y, H:i")
        found.append(
            Check("warning", _("It was to be shown until %(when)s, so it would go at once.") % {"when": when})
        )
    review_on = document["review_on"]
    if review_on and date.fromisoformat(review_on) <= clock.today():
        when = date_format(date.fromisoformat(review_on), "l j F Y")
        found.append(Check("warning", _("Its review date has passed: %(when)s.") % {"when": when}))
    return found


def _dead_references(one: ReviewedDocument, together: set[str]) -> list[Check]:
    """What it speaks of and its readers can't see: left out, or shown without a link."""
    missing: dict[str, None] = {}
    found = []
    for _role, item_id, key in documents.references(one.document):
        target = one.reading.targets.get(item_id)
        if target is None and item_id not in together:
            missing[title_of(item_id)] = None
        elif target is not None and key and target.fact(key, one.reading.on) is None:
            text = _("It quotes a fact of “%(title)s” that isn't there.")
            found.append(Check("warning", text % {"title": target.title}))
    text = _("It refers to “%(title)s”, which its readers can't see. They get the words without a link.")
    return found + [Check("warning", text % {"title": title}) for title in missing]


def _quotes_elsewhere(one: ReviewedDocument) -> list[Check]:
    changed = {change["key"] for change in one.difference["facts"]}
    if one.published is None or not changed:
        return []
    kept = {fact["key"] for fact in one.published["facts"]} - changed
    quoting = current.quoting(one.row.item, kept)
    text = _("What changes is quoted by: %(titles)s. It changes there too.")
    return [Check("info", text % {"titles": _listed(quoting)})] if quoting else []


def _listed(titles: Iterable[str]) -> str:
    """Titles in a sentence: many are questions, so that commas alone would not part them."""
    return ", ".join(_("“%(title)s”") % {"title": title} for title in titles)


def title_of(item_id: str) -> str:
    """The title that an item has, or last had; else what its newest draft is called."""
    row = Current.objects.filter(pk=item_id).first()
    if row is not None:
        return row.title
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        return _("something that is gone")
    kind = registry.kind(item.kind)
    try:
        return str(kind.compose(kind.draft(item))["title"]) or str(kind.label)
    except Refused:
        return str(kind.label)
