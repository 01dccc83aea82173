"""Deeds that the tests of the doors begin with, and people at a browser or with a program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.contrib.auth.models import Group, Permission
from django.test import Client

from cms.publications import registry
from cms.publications.models import Entry, Item
from tests import kinds
from tests.kinds import begin, fee
from tests.people import department, person
from workflows import commands
from workflows.models import Submission

PEOPLE = (
    "author.parks", "author2.parks", "editor.parks", "editor2.parks", "author.finance", "editor.finance",
    "webmaster", "webmaster2", "champion", "champion2", "agent1", "supervisor", "admin",
)  # fmt: skip
# Everybody to whom a leaflet's submission of parks isn't there.
STRANGERS = ("author.finance", "editor.finance", "agent1", "admin", "champion")


@contextmanager
def staffed() -> Iterator[None]:
    """The people are there, writers may enter the admin, and whatever the log needs is registered; an
    article is a plain text for agents, so that no form is needed to write one."""
    for name in PEOPLE:
        person(name)
    writers, _made = Group.objects.get_or_create(name="Writers")
    writers.permissions.add(Permission.objects.get(codename="access_admin"))
    paper = {k.name: k for k in registry.kinds()}["paper"]
    nothing: Any = lambda *_args: None  # noqa: E731
    projectors = {name: registry._projectors.get(name, nothing) for name in registry.ORDER}
    with (
        mock.patch.dict(registry._kinds, {"article": paper}),
        mock.patch.dict(registry._renderers, {"article": registry.renderer("paper")}),
        mock.patch.dict(registry._projectors, {**projectors, "mirror": lambda c: kinds._mirror(c)}),
    ):
        yield


def at_browser(name: str, **kwargs: Any) -> Client:
    client = Client(**kwargs)
    client.force_login(person(name))
    return client


def leaflet(**draft: Any) -> Item:
    return begin(
        department("parks"),
        person("author.parks"),
        **{"title": "Trolleys", "facts": [fee("Fine", "25.00")], **draft},
    )


def submitted(item: Item | None = None, *, by: str = "author.parks", note: str = "") -> Submission:
    return commands.submit([item or leaflet()], by=person(by), note=note)


def at_webmaster(item: Item | None = None) -> Submission:
    submission = submitted(item)
    return commands.approve(submission, by=person("editor.parks"), seen=submission.sha)


def published(item: Item | None = None) -> Item:
    submission = at_webmaster(item)
    commands.approve(submission, by=person("webmaster"), seen=submission.sha)
    return submission.documents.get().item


def corrected_at_once(title: str = "Who gets it out?") -> Entry:
    """A champion put an article in front of agents; a review is owed."""
    item = Item.objects.create(kind="article", audience="staff", department=department("parks"))
    kinds.DRAFTS[str(item.pk)] = {
        "title": title, "summary": "", "slug": "", "parent": None, "facts": [], "text": "Call the depot.",
        "quotes": [], "expires_at": None,
    }  # fmt: skip
    document = registry.kind("article").compose(registry.kind("article").draft(item))
    return commands.publish_urgent(
        item, document, by=person("champion"), reason="The number was wrong.", based_on=None
    )
