"""Every address. Wagtail's own page serving, read API, document serving and redirects are not mounted:
they read the editing tables."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from cms.api import api
from cms.operations import healthz, metrics, readyz

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("cms.organisation.urls")),
    path("api/v1/", api.urls),
    path("desk/", include("kb.desk.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("", include("cms.publications.urls")),
    path("", include("themes.urls")),
]
handler404 = "themes.views.not_found"
handler500 = "themes.views.broken"
