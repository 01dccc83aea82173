"""What editors see of what is live: the draft follows, unless somebody is at work on it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from cms.publications.models import Entry
from cms.publications.registry import Change
from cms.publications.vocabulary import EntryKind
from workflows.drafts import open_submission

from .composer import compose, fields_of_document, fill
from .models import Article

Doc = dict[str, Any]


def mirror(change: Change) -> None:
    """Bring Wagtail's own state in line with an entry of an article."""
    if change.entry.kind == EntryKind.WITHDRAWN:
        _withdrawn(change)
    elif change.entry.kind == EntryKind.PUBLISHED and change.after is not None:
        _published(change, change.after)


def _published(change: Change, said: Doc) -> None:
    row = Article.objects.filter(item=change.item).first()
    if row is None:
        _write(Article(item=change.item), change.entry, said)
        return
    draft: Article = row.get_latest_revision_as_object()
    draft.item = change.item
    text = compose(draft)
    if _same(text, said):
        _show_live(draft, change.entry, waiting=False)
        draft.live_revision_id = draft.latest_revision_id
        draft.save()
    elif _same(text, change.before) and open_submission(change.item.pk) is None:
        _write(draft, change.entry, said)
    else:
        # Somebody is at work on the draft: it stays, and the row beneath it shows what is live.
        fill(row, fields_of_document(said))
        _show_live(row, change.entry, waiting=True)
        row.live_revision = None
        row.save()


def _write(article: Article, entry: Entry, said: Doc) -> None:
    """The draft becomes what is published, in a revision of the person who published it."""
    fill(article, fields_of_document(said))
    _show_live(article, entry, waiting=False)
    article.save()
    revision = article.save_revision(user=_publisher(entry), changed=False, clean=False)
    Article.objects.filter(pk=article.pk).update(live_revision=revision)


def _withdrawn(change: Change) -> None:
    Article.objects.filter(item=change.item).update(
        live=False, has_unpublished_changes=True, live_revision=None
    )


def _show_live(article: Article, entry: Entry, *, waiting: bool) -> None:
    article.live = True
    article.has_unpublished_changes = waiting
    article.first_published_at = article.first_published_at or entry.at
    article.last_published_at = entry.at


def _same(one: Doc, other: Doc | None) -> bool:
    """Whether two documents say the same; whose they are is no part of what a draft says."""
    return other is not None and {**one, "department": ""} == {**other, "department": ""}


def _publisher(entry: Entry) -> AbstractUser | None:
    return get_user_model().objects.filter(pk__in=entry.people[:1]).first()
