from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.organisation.queries import person
from search.wordbook.viewsets import SEARCH_MENU

from .panels import GapsPanel
from .rules import why_not_read
from .views.gaps import GapViewSet
from .views.report import UnansweredView


class ReadersMenuItem(MenuItem):
    """Shown to those who may see what people ask."""

    def is_shown(self, request: HttpRequest) -> bool:
        return why_not_read(person(request.user)) is None


@hooks.register("register_admin_viewset")
def questions() -> GapViewSet:
    return GapViewSet()


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    report, results = UnansweredView.as_view(), UnansweredView.as_view(results_only=True)
    return [
        path("reports/unanswered-questions/", report, name="search_unanswered"),
        path("reports/unanswered-questions/results/", results, name="search_unanswered_results"),
    ]


@hooks.register("register_reports_menu_item")
def report() -> MenuItem:
    return ReadersMenuItem(
        _("Unanswered questions"),
        reverse_lazy("search_unanswered"),
        name="unanswered-questions",
        icon_name="help",
        order=100,
    )


@hooks.register(SEARCH_MENU)
def tasks() -> MenuItem:
    return ReadersMenuItem(
        _("Questions to answer"),
        reverse_lazy("search_gaps:index"),
        name="questions-to-answer",
        icon_name="help",
        order=50,
    )


@hooks.register("construct_homepage_panels")
def first_screen(request: HttpRequest, shown: list[Any]) -> None:
    if person(request.user).is_champion:
        shown.append(GapsPanel())


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("search_learning/learning.css"))
