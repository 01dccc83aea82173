"""The workflow's places in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.widgets.button import Button

from .views import menus, panels

REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include("workflows.urls"))]


@hooks.register("construct_homepage_panels")
def first_screen(request: HttpRequest, shown: list[Any]) -> None:
    """What waits comes first; Wagtail's own workflow has nothing to say here."""
    shown[:] = [panel for panel in shown if not isinstance(panel, REPLACED)]
    user: Any = request.user
    shown += panels.for_person(user)


@hooks.register("register_admin_menu_item")
def waiting_menu_item() -> menus.WaitingMenuItem:
    return menus.WaitingMenuItem(
        _("Waiting for you"),
        reverse_lazy("workflows_waiting"),
        name="waiting-for-you",
        icon_name="clipboard-list",
        order=1,
    )


@hooks.register("register_page_action_menu_item")
def send_page() -> menus.SendPage:
    return menus.SendPage()


@hooks.register("register_page_action_menu_item")
def open_page_submission() -> menus.OpenPageSubmission:
    return menus.OpenPageSubmission()


@hooks.register("register_snippet_action_menu_item")
def send_snippet(model: type) -> menus.SendSnippet:
    return menus.SendSnippet()


@hooks.register("register_snippet_action_menu_item")
def open_snippet_submission(model: type) -> menus.OpenSnippetSubmission:
    return menus.OpenSnippetSubmission()


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def page_saved(request: HttpRequest, page: Any) -> HttpResponse | None:
    return menus.on_to_submit(request, page)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def snippet_saved(request: HttpRequest, instance: Any) -> HttpResponse | None:
    return menus.on_to_submit(request, instance)


@hooks.register("register_page_header_buttons")
def page_header(
    page: Any, user: AbstractUser, view_name: str, next_url: str | None = None
) -> Iterable[Button]:
    return menus.item_buttons(getattr(page, "specific_deferred", page), user, priority=70)


@hooks.register("register_snippet_listing_buttons")
def snippet_listing(snippet: Any, user: AbstractUser, next_url: str | None = None) -> Iterable[Button]:
    return menus.history_button(snippet, user)


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("workflows/workflows.css"))
