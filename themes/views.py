"""The public site: what stands at an address, or what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core import clock, problems
from cms.core.canonical import sha256
from cms.publications import queries as log_queries
from cms.publications.readings import Reading
from cms.publications.vocabulary import Status

from . import design, queries, rendering

log = logging.getLogger("oneanswer.themes")
LONGEST_PATH = 1000
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page; its lists stand there even before anybody has published a welcome."""
    reading = log_queries.read_path("/")
    if reading is not None and reading.status == Status.PUBLISHED and reading.path == "/":
        return _shown(request, reading, section="home")
    now = clock.now()
    around = {**rendering.front_surroundings(now), "section": "home", "canonical": "/"}
    return conditional(
        request, repr(around), lambda: rendering.page("themes/home.html", _municipality(), around)
    )


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """What is published at a path; 301 where it has moved, 410 where it was withdrawn, else 404."""
    asked = f"/{path}"
    wanted = asked if asked.endswith("/") else f"{asked}/"
    if "\x00" in wanted or len(wanted) > LONGEST_PATH:
        return not_found(request)
    reading = log_queries.read_path(wanted)
    if reading is None:
        return _elsewhere(request, asked, wanted)
    if reading.status == Status.WITHDRAWN:
        return _withdrawn(reading)
    if reading.path is None:
        return not_found(request)
    if reading.path != asked:
        return _moved(request, reading.path)
    return _shown(request, reading)


@require_safe
def a_to_z(request: HttpRequest) -> HttpResponse:
    found = queries.letters(queries.of_kind("service"))
    return _index(request, "a_to_z", _("All services, A to Z"), {"letters": found}, section="a-to-z")


@require_safe
def life_events(request: HttpRequest) -> HttpResponse:
    context = {
        "cards": queries.of_kind("life_event"),
        "lead": _("Something in your life changes: here is what to do, and in which order."),
        "empty": _("No life event is described here yet."),
    }
    return _index(request, "index", _("Life events"), context, section="life-events")


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    context = {
        "places": queries.places(clock.now()),
        "lead": _("Where to find us, and what is open now."),
        "empty": _("No place is described here yet."),
    }
    return _index(request, "places", _("Places"), context, section="places")


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    context = {
        "cards": queries.of_kind("department"),
        "lead": _("Who does what, in case you want to know."),
        "empty": _("No department is described here yet."),
    }
    return _index(request, "index", _("Departments"), context, section="departments")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what never existed and for what isn't for the public; a problem for programs."""
    if request.path.startswith("/api/"):
        return problems.not_found(request)
    context = {"section": "search", "unlisted": True}
    html = rendering.page("themes/not_found.html", _("There is no page at this address"), context)
    return guarded(HttpResponse(html, status=404))


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed: say so without asking the database, or what else may have failed."""
    try:
        title = _("Something went wrong here")
        html = rendering.page("themes/broken.html", title, {"section": "search", "unlisted": True})
    except Exception:
        log.exception("The error page itself failed")
        html = "<!doctype html><title>Error</title><h1>Something went wrong here. Try again in a minute.</h1>"
    response = guarded(HttpResponse(html, status=500))
    response["Cache-Control"] = "no-store"
    return response


def conditional(request: HttpRequest, stands_on: str, render: Callable[[], str]) -> HttpResponse:
    """A list page: 304 when what it stands on is the same as the caller has seen, else the page."""
    language = get_language() or ""
    return answer(request, sha256(f"{design.version()}|{language}|{stands_on}")[:32], render)


def answer(request: HttpRequest, version: str, render: Callable[[], str]) -> HttpResponse:
    """The page with its ETag, or 304 before anything is rendered."""
    etag = quote_etag(version)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(render())
    response["ETag"] = etag
    return guarded(response)


def guarded(response: HttpResponse) -> HttpResponse:
    """What every public page says to browsers and caches: ask again each time, run nothing foreign."""
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["Content-Security-Policy"] = POLICY
    return response


def _shown(request: HttpRequest, reading: Reading, section: str = "") -> HttpResponse:
    now = clock.now()
    around = rendering.surroundings(reading, now)
    extra = {**around, "section": section} if section else around

    def render() -> str:
        with rendering.in_language(reading.document["language"]):
            return rendering.render_with(reading, extra, now)

    return answer(request, rendering.version(reading, around), render)


def _index(
    request: HttpRequest, template: str, title: str, context: Mapping[str, Any], *, section: str
) -> HttpResponse:
    whole = {
        **context,
        "section": section,
        "current": "page",
        "crumbs": [(_("Home"), "/")],
        "canonical": request.path,
    }
    return conditional(
        request,
        f"{request.path}|{context!r}",
        lambda: rendering.page(f"themes/{template}.html", title, whole),
    )


def _elsewhere(request: HttpRequest, asked: str, wanted: str) -> HttpResponse:
    """Nothing is published there; perhaps only the last slash of an address of ours is missing."""
    if asked != wanted:
        try:
            match = resolve(wanted)
        except Resolver404:
            return not_found(request)
        if match.func is not page:
            return _moved(request, wanted)
    return not_found(request)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    location = iri_to_uri(f"{path}?{query}" if query else path)
    return guarded(HttpResponsePermanentRedirect(location))


def _withdrawn(reading: Reading) -> HttpResponse:
    with rendering.in_language(reading.document["language"]):
        context = {
            "reading": reading,
            "reason": reading.reason or _("It was withdrawn."),
            "unlisted": True,
            "crumbs": [(_("Home"), "/")],
        }
        title = _("“%(name)s” is no longer here") % {"name": reading.title}
        html = rendering.page("themes/withdrawn.html", title, context)
    return guarded(HttpResponse(html, status=410))


def _municipality() -> str:
    return str(settings.MUNICIPALITY["name"])
