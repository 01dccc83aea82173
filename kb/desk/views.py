"""The agents' screens. A script asks for a pane alone with the header `X-Desk`; the rest is plain HTML."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from cms.organisation.queries import person
from cms.publications import queries as log
from cms.publications.vocabulary import Audience
from kb.updates import commands
from kb.updates import queries as updates
from search.learning import asking as reporting

from . import asking, finding, news
from .access import agent, staff_only, strict
from .answers import Answer, answer_to
from .forms import SignInForm

PANES = {
    "results": "desk/results.html",
    "filters": "desk/filters.html",
    "answer": "desk/answer.html",
    "news": "desk/news.html",
}


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk with nothing opened yet, or with what was searched for."""
    return _panes(request, None)


@staff_only
@require_safe
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """The desk with an answer."""
    reading = log.read(item_id, Audience.STAFF)
    if reading is None:
        return _panes(request, None, not_there=True, status=404)
    beside = request.GET.get("with")
    return _panes(request, answer_to(reading, asking.asked(request.GET).kept, beside=beside))


@staff_only
@require_safe
def all_news(request: HttpRequest) -> HttpResponse:
    """Everything that agents were ever told, page by page."""
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    lines, more = news.page(agent(request), max(1, page))
    context = {"lines": lines, "page": page, "before": page - 1, "next": page + 1 if more else 0}
    return render(request, "desk/all_news.html", {**context, "me": person(request.user)})


@staff_only
@require_POST
def acknowledge(request: HttpRequest, cursor: str) -> HttpResponse:
    """The button of a line, without a script; back to where it stood."""
    place = updates.position(cursor)
    entry = updates.entry_at(place) if place else None
    if entry is None:
        raise Http404
    commands.acknowledge(entry, by=agent(request))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect("desk:home")
    return redirect(back)


def _panes(
    request: HttpRequest, answer: Answer | None, *, not_there: bool = False, status: int = 200
) -> HttpResponse:
    """The whole desk, or the one pane that a script asks for."""
    asked = asking.asked(request.GET)
    pane = request.headers.get("X-Desk", "")
    pane = pane if pane in PANES else ""
    context: dict[str, Any] = {"asked": asked, "answer": answer, "not_there": not_there}
    if pane in ("", "results"):
        context["found"] = found = finding.find(asked)
        if found and not pane and answer is None:  # sent without a script, which would tell by itself
            reporting.count(request, found.results, audience=Audience.STAFF)
    if pane in ("", "news"):
        context["news"] = news.unread(agent(request), asked.kept)
    if pane in ("", "filters"):
        found = context.get("found")
        facets = found.results.facets if found and not asked.typing else finding.counted(asked)
        context["filters"] = asking.filters(asked, facets)
    if pane == "":
        context["me"] = person(request.user)
    if pane in ("", "answer") and answer is None and not not_there:
        context["notices"] = log.listing(Audience.PUBLIC, kinds=["notice"])
    return render(request, PANES.get(pane, "desk/desk.html"), context, status=status)


sign_in = strict(
    LoginView.as_view(
        template_name="desk/login.html",
        authentication_form=SignInForm,
        next_page=reverse_lazy("desk:home"),
        extra_context={"municipality": settings.MUNICIPALITY},
    )
)
sign_out = strict(LogoutView.as_view(next_page=reverse_lazy("desk:login")))
