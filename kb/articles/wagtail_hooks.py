from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.models import register_snippet

from cms.organisation.queries import person
from search.learning.deeds import QUESTION_DEEDS

from .models import Article
from .views import champion, notices, urgent
from .viewsets import ArticleViewSet

register_snippet(ArticleViewSet)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("articles/new-at-once/", urgent.NewView.as_view(), name="articles_new_at_once"),
        path("articles/<uuid:item_id>/at-once/", urgent.CorrectView.as_view(), name="articles_correct"),
        path("articles/facts/", champion.facts, name="articles_facts"),
        path("staff-notices/", notices.NoticesView.as_view(), name="articles_notices"),
        path("staff-notices/put/", notices.PutNoticeView.as_view(), name="articles_put_notice"),
        path(
            "staff-notices/<uuid:item_id>/remove/",
            notices.RemoveNoticeView.as_view(),
            name="articles_remove_notice",
        ),
    ]


class ChampionMenuItem(MenuItem):
    """Shown to champions alone."""

    def is_shown(self, request: HttpRequest) -> bool:
        return person(request.user).is_champion


@hooks.register("register_admin_menu_item")
def staff_notices() -> MenuItem:
    return ChampionMenuItem(
        _("Staff notices"),
        reverse_lazy("articles_notices"),
        name="staff-notices",
        icon_name="comment",
        order=220,
    )


@hooks.register(QUESTION_DEEDS)
def write_article(question: str, user: AbstractUser) -> Button | None:
    """A question that has no answer begins an article."""
    if not policy_registry.get_by_type(Article).user_has_permission(user, "add"):
        return None
    address = f"{reverse('wagtailsnippets_articles_article:add')}?{urlencode({'question': question})}"
    return Button(gettext("Write an article"), address, icon_name="edit", classname="button button-secondary")


@hooks.register("construct_snippet_action_menu")
def nobody_publishes_here(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """An article is published by three people, or at once by a champion; never by this button."""
    if context["model"] is Article:
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]
