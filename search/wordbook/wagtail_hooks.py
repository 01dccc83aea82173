from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.organisation.queries import person

from .changes import ChangesViewSet
from .due import DuePanel
from .rules import why_not_teach
from .viewsets import SEARCH_MENU, SearchGroup
from .why import WhyViewSet


@hooks.register("register_admin_viewset")
def search_words() -> list:
    return [SearchGroup(), ChangesViewSet(), WhyViewSet()]


class TeachersMenuItem(MenuItem):
    """Shown to those who teach the search."""

    def is_shown(self, request: HttpRequest) -> bool:
        return why_not_teach(person(request.user)) is None


@hooks.register(SEARCH_MENU)
def why() -> MenuItem:
    return TeachersMenuItem(
        _("Why is this here?"),
        reverse_lazy("search_why:index"),
        name="search-why",
        icon_name="help",
        order=800,
    )


@hooks.register(SEARCH_MENU)
def changes() -> MenuItem:
    return TeachersMenuItem(
        _("Changes"),
        reverse_lazy("search_changes:index"),
        name="search-changes",
        icon_name="history",
        order=900,
    )


@hooks.register("construct_homepage_panels")
def due(request: HttpRequest, shown: list[Any]) -> None:
    shown.append(DuePanel())


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("search_wordbook/wordbook.css"))
