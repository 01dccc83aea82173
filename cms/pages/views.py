"""Screens around drafts: begin from a standard service, put under a topic, look at originals."""

from __future__ import annotations

import mimetypes

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.catalogue.models import StandardService
from cms.core.errors import Refused
from cms.organisation.queries import home_department

from . import commands, queries
from .models import HomePage, ServicePage, TopicPage
from .permissions import is_writer, was_sent, why_not_write

SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """“Pages” opens where this person's pages are; on an empty site, where it begins."""
    place = queries.likely_place(home_department(_person(request)))
    if place is None:
        return redirect("pages_begin")
    return redirect("wagtailadmin_explore", place.pk)


def begin(request: HttpRequest) -> HttpResponse:
    """An empty site: how it begins, and for people who write for a department a button that begins it."""
    if HomePage.objects.exists():
        return redirect("wagtailadmin_explore_root")
    if request.method == "POST":
        try:
            home = commands.plant(_person(request))
        except Refused as refused:
            messages.error(request, refused.refusal.sentence)
            return redirect("pages_begin")
        messages.success(request, _("The home page is begun. Give it the municipality's name and a welcome."))
        return redirect("wagtailadmin_pages:edit", home.pk)
    context = {
        "page_title": _("Pages"),
        "header_icon": "folder-open-inverse",
        "department": home_department(_person(request)),
    }
    return TemplateResponse(request, "pages/admin/begin.html", context)


@require_POST
def start_from_standard(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a service page from a standard service, and go on to its form."""
    standard = get_object_or_404(StandardService.objects.select_related("list"), pk=pk)
    topic = TopicPage.objects.filter(pk=request.POST.get("topic") or 0).first()
    department = home_department(_person(request))
    begun = queries.begun_from(standard, department) if department else None
    try:
        page = commands.start_page(standard, by=_person(request), parent=topic)
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
        return redirect(_back(request))
    if begun is not None:
        messages.info(request, _("Your department has begun this page already. Here it is."))
    else:
        messages.success(
            request,
            _("The page is begun with the words of the list. From now on they are yours: rewrite them."),
        )
    return redirect("wagtailadmin_pages:edit", page.pk)


def choose_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft that nobody has seen yet under another topic."""
    page = get_object_or_404(ServicePage, pk=pk)
    if why_not_write(_person(request), page) or was_sent(page):
        messages.error(request, _("Only its writers can do this, before it is sent for approval."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "POST":
        topic = get_object_or_404(TopicPage, pk=request.POST.get("topic") or 0)
        try:
            commands.put_under(page, topic, by=_person(request))
        except Refused as refused:
            messages.error(request, refused.refusal.sentence)
        else:
            messages.success(request, _("It stands under “%(topic)s” now.") % {"topic": topic.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    topics = TopicPage.objects.order_by("position", "title")
    above = page.get_parent()
    context = {
        "page": page,
        "topics": topics,
        "above": above,
        "page_title": _("Put under another topic"),
        "page_subtitle": page.get_admin_display_title(),
        "header_title": _("Put under another topic: %(title)s") % {"title": page.get_admin_display_title()},
        "header_icon": "folder-open-inverse",
    }
    return TemplateResponse(request, "pages/admin/choose_topic.html", context)


def original(request: HttpRequest, name: str) -> HttpResponseBase:
    """The original of an image or file, for signed-in writers. Readers get pinned bytes by their hash."""
    if not (is_writer(_person(request)) or _person(request).is_superuser):
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    shown = kind in SHOWN_INLINE
    response = FileResponse(
        file, content_type=kind if shown else "application/octet-stream", as_attachment=not shown
    )
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _person(request: HttpRequest) -> AbstractUser:
    """Whoever is signed in: the admin lets nobody else come here."""
    assert isinstance(request.user, AbstractUser)
    return request.user


def _back(request: HttpRequest) -> str:
    """The screen of our own that the person came from."""
    came_from = request.META.get("HTTP_REFERER", "")
    ours = request.build_absolute_uri("/")
    return came_from if came_from.startswith(ours) else reverse("wagtailadmin_home")
