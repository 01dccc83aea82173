"""What we add to Wagtail's admin, and what we take out of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.snippets.models import register_snippet

from . import views
from .admin_api import ReadingPagesAPIViewSet
from .models import ServicePage
from .permissions import was_sent, why_not_write
from .viewsets import VIEWSETS

# Screens of Wagtail's own workflow, of locks by hand and of its makers: nothing here uses them.
NOT_OURS = {"help"}
REPORTS_NOT_OURS = {"locked-pages", "workflows", "workflow-tasks", "aging-pages", "page-types-usage"}
SETTINGS_NOT_OURS = {"workflows", "workflow-tasks", "redirects"}

for viewset in VIEWSETS:
    register_snippet(viewset)


@hooks.register("register_admin_urls")
def _urls() -> list[URLPattern]:
    return [
        path("start/<int:pk>/", views.start_from_standard, name="pages_start_from_standard"),
        path("begin/", views.begin, name="pages_begin"),
        path("topic-of/<int:pk>/", views.choose_topic, name="pages_choose_topic"),
        path("originals/<path:name>", views.original, name="pages_original"),
    ]


@hooks.register("construct_admin_api")
def _api_without_deeds(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", ReadingPagesAPIViewSet)


@hooks.register("insert_global_admin_css")
def _styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("pages/admin.css"))


@hooks.register("insert_global_admin_js")
def _script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("pages/admin.js"))


@hooks.register("construct_main_menu")
def _main_menu(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in NOT_OURS]


@hooks.register("construct_reports_menu")
def _reports_menu(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in REPORTS_NOT_OURS]


@hooks.register("construct_settings_menu")
def _settings_menu(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in SETTINGS_NOT_OURS]


@hooks.register("register_page_header_buttons")
def _choose_topic(page: Any, user: Any, next_url: str | None = None, **kwargs: Any) -> Any:
    draft = page.specific_deferred
    if isinstance(draft, ServicePage) and not why_not_write(user, draft) and not was_sent(draft):
        yield Button(
            _("Put under another topic"),
            url=reverse("pages_choose_topic", args=[page.pk]),
            icon_name="folder-open-inverse",
            priority=30,
        )
