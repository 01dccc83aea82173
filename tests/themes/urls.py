"""The public site alone, at the addresses where the project mounts it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the desk")


def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


urlpatterns = [
    path("desk/", desk),
    path("failing/", failing),
    path("", include("themes.urls")),
]
handler404 = "themes.views.not_found"
handler500 = "themes.views.broken"
