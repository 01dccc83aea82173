"""The public search page: what was asked, what was found, and an honest word when nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from cms.core.errors import Refused
from cms.publications.vocabulary import Audience
from search import queries as search_queries
from search.facets import Filters
from search.learning import asking

from . import queries, rendering
from .views import conditional

PAGE = 20
MOST_FACTS = 3
LONGEST = 200
LAST_PAGE = 50
TYPES = {
    "service": gettext_lazy("Services"),
    "topic": gettext_lazy("Topics"),
    "life_event": gettext_lazy("Life events"),
    "department": gettext_lazy("Departments"),
    "place": gettext_lazy("Places"),
    "contact_point": gettext_lazy("Phone lines"),
    "notice": gettext_lazy("Notices"),
}


@dataclass(frozen=True)
class Shown:
    """A result as the page shows it. Without `url` it has no page of its own: its facts say all."""

    title: str
    id: str
    url: str
    snippet: SafeString
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One value that narrows the results down, or widens them again."""

    label: str
    count: int
    url: str
    chosen: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results of `?q=`, twenty a page, narrowed down by `?type=`."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    kind = request.GET.get("type", "")
    kind = kind if kind in TYPES else ""
    context = {"query": text, **(_found(request, text, kind) if text else {})}
    context |= {
        "heading": _("Search results") if text else _("Search"),
        "topics": [] if context.get("results") else queries.of_kind("topic"),
        "section": "search",
        "unlisted": True,
        "crumbs": [(_("Home"), "/")],
    }
    title = _("“%(query)s”: search results") % {"query": text} if text else _("Search")
    return conditional(request, repr(context), lambda: rendering.page("themes/search.html", title, context))


def _found(request: HttpRequest, text: str, kind: str) -> dict[str, Any]:
    number = _page_number(request)
    offset = (number - 1) * PAGE
    try:
        found = search_queries.find(
            text,
            audience=Audience.PUBLIC,
            filters=Filters(type=kind or None),
            limit=PAGE,
            offset=offset,
        )
    except Refused as refused:
        return {"refusal": refused.refusal.sentence}
    if number == 1 and not kind:  # not one more page of the same
        asking.count(request, found, audience=Audience.PUBLIC)
    results = [_shown(result) for result in found.results]
    more = found.total > offset + len(results) and number < LAST_PAGE and len(results) > 0
    return {
        "results": results,
        "reported_by": asking.token(found, audience=Audience.PUBLIC),
        "first": offset + 1,
        "told": _told(found.total, found.total_is_exact),
        "filters": _filters(text, kind, found.facets),
        "previous_url": _address(text, kind, number - 1) if number > 1 else "",
        "next_url": _address(text, kind, number + 1) if more else "",
    }


def _shown(result: search_queries.Result) -> Shown:
    return Shown(
        title=result.title,
        id=result.id,
        url=result.url or "",
        snippet=_marked(result.snippet or ""),
        facts=tuple(fact["text"] for fact in result.facts[:MOST_FACTS]),
    )


def _marked(snippet: str) -> SafeString:
    """A snippet in which nothing is markup but `<mark>`, whatever it came as."""
    pieces = []
    for number, piece in enumerate(snippet.split("<mark>")):
        inside, closed, after = piece.partition("</mark>")
        if number and closed:
            pieces += ["<mark>", escape(unescape(inside)), "</mark>", escape(unescape(after))]
        else:
            pieces.append(escape(unescape(piece)))
    return mark_safe("".join(pieces))


def _told(total: int, exact: bool) -> str:
    if not exact:
        return _("More than %(count)d results, the best first") % {"count": total}
    return ngettext("%(count)d result", "%(count)d results, the best first", total) % {"count": total}


def _filters(text: str, kind: str, facets: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What the results can be narrowed down to; nothing where there is nothing to choose."""
    counts = {choice["value"]: choice["count"] for choice in facets.get("type", [])}
    if not kind and len(counts) < 2:
        return []
    choices = [
        Choice(str(label), counts.get(name, 0), _address(text, "" if name == kind else name, 1), name == kind)
        for name, label in TYPES.items()
        if name in counts or name == kind
    ]
    return [{"title": _("Show only"), "choices": choices}]


def _address(text: str, kind: str, number: int) -> str:
    asked = {"q": text, **({"type": kind} if kind else {}), **({"page": number} if number > 1 else {})}
    return f"/search/?{urlencode(asked)}"


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1
