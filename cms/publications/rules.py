"""What may be spent: pure, asked again under the lock on the head."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.errors import Refusal

from .vocabulary import CHANGING, EntryKind, Status

NEEDS_PUBLISHED = frozenset(
    {EntryKind.WITHDRAWN, EntryKind.MOVED, EntryKind.TRANSFERRED, EntryKind.TOOK_EFFECT}
)


@dataclass(frozen=True)
class PermitState:
    """A permit, and how its item stands at the moment when it is to be spent."""

    kind: str
    spent: bool
    revoked: str
    due: bool
    based_on: int | None
    newest: int | None
    newest_was: str
    status: str | None
    parent_missing: bool = False
    path_taken_by: str = ""
    quoted_by: tuple[str, ...] = ()
    children: int = 0
    redacted: bool = False
    quotes_gone: tuple[str, ...] = ()
    beneath_itself: bool = False


def why_not_spend(state: PermitState) -> Refusal | None:
    """The first reason not to write the entry, or `None`."""
    if state.spent:
        return Refusal("permit-spent", _("This was carried out already."))
    if state.revoked:
        return Refusal("permit-revoked", state.revoked)
    if not state.due:
        return Refusal("permit-not-due", _("The time for this has not come yet."))
    if state.kind in CHANGING and state.based_on != state.newest:
        return stale(state.newest_was)
    if state.redacted:
        return Refusal("document-redacted", _("The text was redacted and can't be published."))
    if state.kind in NEEDS_PUBLISHED and state.status != Status.PUBLISHED:
        return not_published()
    if state.kind in (EntryKind.PUBLISHED, EntryKind.MOVED):
        if state.parent_missing:
            return parent_missing()
        if state.beneath_itself:
            return beneath_itself()
        if state.path_taken_by:
            return path_taken(state.path_taken_by)
    if state.quoted_by:
        return quoted(state.quoted_by)
    if state.quotes_gone:
        return quote_gone(state.quotes_gone)
    if state.kind == EntryKind.WITHDRAWN and state.children:
        return has_children(state.children)
    return None


def stale(newest_was: str) -> Refusal:
    return Refusal(
        "stale",
        _(
            "This text was composed before something else happened to the item: %(what)s. "
            "Compose it again, and look at both differences."
        )
        % {"what": newest_was},
    )


def not_published() -> Refusal:
    return Refusal("not-published", _("This is not published, so there is nothing to change or withdraw."))


def parent_missing() -> Refusal:
    return Refusal(
        "parent-missing",
        _("The page above it is not published. Publish that first, or send both for approval together."),
    )


def path_taken(title: str) -> Refusal:
    return Refusal(
        "address-taken",
        _("“%(title)s” already stands at this address. Choose another last part of the address.")
        % {"title": title},
    )


def quoted(titles: tuple[str, ...]) -> Refusal:
    return Refusal(
        "fact-quoted",
        _("A fact that would go is quoted by: %(titles)s. Change those first.")
        % {"titles": ", ".join(titles)},
    )


def beneath_itself() -> Refusal:
    return Refusal("beneath-itself", _("Nothing can stand beneath itself."), 422)


def quote_gone(titles: tuple[str, ...]) -> Refusal:
    return Refusal(
        "quote-gone",
        _("It quotes a fact that is no longer there, of: %(titles)s. Quote another, or none.")
        % {"titles": ", ".join(titles)},
    )


def has_children(count: int) -> Refusal:
    return Refusal(
        "has-children",
        ngettext(
            "%(count)d published page stands beneath it. Move or withdraw that first.",
            "%(count)d published pages stand beneath it. Move or withdraw those first.",
            count,
        )
        % {"count": count},
    )
