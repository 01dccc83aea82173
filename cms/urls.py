"""Every address. Wagtail's own page serving, read API, document serving and redirects are not mounted:
they read the editing tables."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from cms.api import api
from cms.operations import healthz, metrics, readyz
from cms.pages.editing import PageEditing
from cms.pages.views import explore

urlpatterns = [
    path("admin/pages/<int:page_id>/edit/", never_cache(require_admin_access(PageEditing.as_view()))),
    path("admin/pages/", never_cache(require_admin_access(explore))),
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
