"""What machines ask of the site: the sitemap, the feed of changes, the theme's tokens, robots.txt."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.publications.models import Current, Entry
from cms.publications.vocabulary import EntryKind

from . import design, queries
from .views import answer, conditional, guarded

MOST_ADDRESSES = 50_000  # of one file, by sitemaps.org
INDEXES = ("/a-to-z/", "/life-events/", "/places/", "/departments/")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address (sitemaps.org, protocol 0.9)."""
    found = queries.addresses()[: MOST_ADDRESSES - len(INDEXES)]
    context = {"site": _site(), "addresses": found, "indexes": INDEXES}
    response = conditional(request, repr(context), lambda: render_to_string("themes/sitemap.xml", context))
    response["Content-Type"] = "application/xml; charset=utf-8"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /desk/", "Disallow: /search/", "Allow: /"]
    lines += ["", f"Sitemap: {_site()}/sitemap.xml", ""]
    return guarded(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What changed on the public site, newest first (Atom). Numbers are those of public entries alone."""
    found = queries.recent_entries()
    stands_on = repr([(e.epoch, e.public_seq, now.title, now.path, now.summary) for e, now in found])
    response = conditional(request, stands_on, lambda: _feed(found))
    response["Content-Type"] = "application/atom+xml; charset=utf-8"
    return response


@require_safe
def theme_css(request: HttpRequest) -> HttpResponse:
    """The tokens of the chosen theme. Its address carries their version, so it may be kept for long."""
    response = answer(request, design.version(), lambda: design.chosen().css)
    response["Content-Type"] = "text/css; charset=utf-8"
    if request.GET.get("v") == design.version():
        response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _feed(found: list[tuple[Entry, Current]]) -> str:
    name = settings.MUNICIPALITY["name"]
    atom = Atom1Feed(
        title=_("What changed: %(name)s") % {"name": name},
        link=f"{_site()}/",
        feed_url=f"{_site()}/feed.xml",
        description="",
        language=settings.LANGUAGE_CODE,
        author_name=name,
    )
    for entry, now in found:
        atom.add_item(
            title=now.title,
            link=f"{_site()}{now.path or '/'}",
            description=_told(entry, now),
            unique_id=f"{_site()}/feed.xml#{entry.epoch}-{entry.public_seq}",
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return str(atom.writeString("utf-8"))


def _told(entry: Entry, now: Current) -> str:
    if entry.kind == EntryKind.WITHDRAWN:
        reason = entry.payload.get("reason", "")
        return _("Withdrawn. %(reason)s") % {"reason": reason} if reason else _("Withdrawn.")
    words = {
        EntryKind.PUBLISHED: _("Published. %(summary)s"),
        EntryKind.TOOK_EFFECT: _("A change with a date has taken effect. %(summary)s"),
        EntryKind.MOVED: _("It has a new address. %(summary)s"),
        EntryKind.TRANSFERRED: _("Another department answers for it now. %(summary)s"),
    }
    return (words[EntryKind(entry.kind)] % {"summary": now.summary}).strip()


def _site() -> str:
    return str(settings.SITE_URL).rstrip("/")
