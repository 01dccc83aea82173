"""The public search page: what was asked, what was found, and an honest word when nothing was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cms.core.errors import Refused
from cms.publications.vocabulary import Audience
from search import queries as search_queries
from search.learning import asking

from . import queries, rendering
from .narrowing import LAST_PAGE, PAGE, Search, narrowing, search_of
from .views import conditional

MOST_FACTS = 3


@dataclass(frozen=True)
class Shown:
    """A result as the page shows it. Without `url` it has no page of its own: its facts say all."""

    title: str
    id: str
    url: str
    snippet: SafeString
    facts: tuple[str, ...]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results of `?q=`, twenty a page, narrowed down by `?type=`, `?topic=` and `?life_event=`;
    `?as_typed=1` corrects nothing."""
    asked = search_of(request.GET)
    context = {"query": asked.text, **(_found(request, asked) if asked.text else {})}
    empty = not context.get("results")
    context |= {
        "heading": _("Search results") if asked.text else _("Search"),
        "topics": queries.of_kind("topic") if empty and not context.get("nearest") else [],
        "section": "search",
        "unlisted": True,
        "crumbs": [(_("Home"), "/")],
    }
    title = _("“%(query)s”: search results") % {"query": asked.text} if asked.text else _("Search")
    return conditional(request, repr(context), lambda: rendering.page("themes/search.html", title, context))


def _found(request: HttpRequest, asked: Search) -> dict[str, Any]:
    offset = (asked.page - 1) * PAGE
    try:
        found = search_queries.find(
            asked.text,
            audience=Audience.PUBLIC,
            filters=asked.filters,
            limit=PAGE,
            offset=offset,
            as_typed=asked.as_typed,
        )
    except Refused as refused:
        return {"refusal": refused.refusal.sentence}
    if not found.results and asked.page > 1:  # beyond the end, which isn't nothing
        return _found(request, replace(asked, page=1))
    if asked.page == 1 and not asked.chosen:  # not one more page of the same
        asking.count(request, found, audience=Audience.PUBLIC)
    results = [_shown(result) for result in found.results]
    more = found.total > offset + PAGE and len(results) > 0
    return {
        "results": results,
        "reported_by": asking.token(found, audience=Audience.PUBLIC),
        "corrected": found.corrected or "",
        "literally": replace(asked, as_typed=True, page=1).address,
        "nearest": found.nearest,
        "first": offset + 1,
        "told": _told(found.total, found.total_is_exact),
        "filters": narrowing(asked, found.facets),
        "previous_url": replace(asked, page=asked.page - 1).address if asked.page > 1 else "",
        "next_url": replace(asked, page=asked.page + 1).address if more and asked.page < LAST_PAGE else "",
        "cut_short": asked.page == LAST_PAGE if more else not found.total_is_exact,
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
        more = ngettext("More than %(count)d result", "More than %(count)d results, the best first", total)
        return more % {"count": total}
    return ngettext("%(count)d result", "%(count)d results, the best first", total) % {"count": total}
