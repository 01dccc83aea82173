"""The list and the form of articles in Wagtail's admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import CreateView, DeleteView, IndexView, SnippetViewSet

from cms.organisation.models import Department
from cms.organisation.queries import person
from cms.organisation.viewsets import DayColumn
from cms.pages.editing import DraftEditing, NoLocking, NoUnlocking
from cms.pages.listing import EMPTY_TELLS, nothing_found
from cms.publications.vocabulary import HandlingClass
from workflows.states import STATES, state_column, with_state

from .models import Article
from .panels import draft_panels


class ArticleFilters(WagtailFilterSet):
    department = django_filters.ModelChoiceFilter(
        field_name="item__department", queryset=Department.objects.all(), label=gettext_lazy("Department")
    )
    handling_class = django_filters.ChoiceFilter(choices=HandlingClass, label=gettext_lazy("Handling class"))
    state = django_filters.ChoiceFilter(
        field_name="state", choices=list(STATES.items()), label=gettext_lazy("Status")
    )

    class Meta:
        model = Article
        fields: list[str] = []


class ArticleListing(IndexView):
    """Champions find their urgent deeds beside each article."""

    @cached_property
    def list_display(self) -> list[Any]:
        """Our own states stand in place of Wagtail's, which don't know of approval."""
        return [column for column in super().list_display if not isinstance(column, LiveStatusTagColumn)]

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return nothing_found()
        return _(
            "Answers for agents would be here, one for each question that callers ask. A champion writes the "
            "first with “Add article”."
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if person(self.request.user).is_champion:
            buttons.append(
                HeaderButton(
                    _("New article at once"),
                    reverse("articles_new_at_once"),
                    icon_name="warning",
                    priority=20,
                )
            )
        return buttons

    def get_list_more_buttons(self, instance: Article) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.live and person(self.request.user).is_champion:
            buttons += champion_buttons(instance)
        return buttons


def champion_buttons(article: Article) -> list[Button]:
    """What a champion can do at once with a published article."""
    return [
        Button(
            _("Correct at once"),
            reverse("articles_correct", args=[article.item_id]),
            icon_name="warning",
            priority=40,
        ),
        Button(
            _("Put a staff notice"),
            f"{reverse('articles_put_notice')}?item={article.item_id}",
            icon_name="comment",
            priority=50,
        ),
    ]


class ArticleAdding(CreateView):
    """Other screens may begin it: `?question=…`."""

    def get_initial(self) -> dict[str, Any]:
        return {"question": self.request.GET.get("question", "")}


class ArticleEditing(DraftEditing):
    """Champions find their urgent deeds here too."""

    def get_header_more_buttons(self) -> list[Button]:
        buttons = list(super().get_header_more_buttons())
        if self.live_object.live and person(self.request.user).is_champion:
            buttons += champion_buttons(self.live_object)
        return buttons


class ArticleDeletion(DeleteView):
    """Wagtail asks for the right to delete some article; here it is asked for this one."""

    def get_object(self, queryset: QuerySet[Article] | None = None) -> Article:
        article: Article = super().get_object(queryset)
        policy = policy_registry.get_by_type(Article)
        if not policy.user_has_permission_for_instance(self.request.user, "delete", article):
            raise PermissionDenied
        return article


class ServiceColumn(Column):
    """The title of the service, looked up once for the page of the list."""

    def get_value(self, instance: Article) -> str:
        if instance.service_item_id is None:
            return ""
        current = getattr(instance.service_item, "current", None)
        return current.title if current else ""


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "help"
    menu_label = gettext_lazy("Articles")
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = ArticleListing
    add_view_class = ArticleAdding
    index_results_template_name = EMPTY_TELLS
    edit_view_class = ArticleEditing
    delete_view_class = ArticleDeletion
    lock_view_class = NoLocking
    unlock_view_class = NoUnlocking
    copy_view_enabled = False
    filterset_class = ArticleFilters
    search_fields = ["question", "short_answer"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "__str__",
        state_column(),
        Column(
            "department",
            label=gettext_lazy("Department"),
            accessor="item.department.name",
            sort_key="item__department__name",
        ),
        ServiceColumn("service", label=gettext_lazy("Service")),
        Column("handling_class", label=gettext_lazy("Class"), sort_key="handling_class"),
        DayColumn("review_on", label=gettext_lazy("Review date"), sort_key="review_on"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        related = ("item__department", "service_item__current", "latest_revision")
        return with_state(Article.objects.select_related(*related))

    def get_edit_handler(self) -> Any:
        return draft_panels().bind_to_model(self.model)
