"""The service lists in the admin: a listing to search, from which an author starts a page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.organisation.queries import home_department

from .models import StandardService, StandardServiceQuerySet

# Whoever makes pages answers at this name, with the standard service's `pk`, to a POST.
START_URL_NAME = "pages_start_from_standard"


def start_url(service: StandardService) -> str | None:
    """Where a page is started from `service`; none for what isn't offered, or when nobody makes pages."""
    if not service.is_offered:
        return None
    try:
        return reverse(START_URL_NAME, kwargs={"pk": service.pk})
    except NoReverseMatch:
        return None


class NameColumn(Column):
    """The name, with the first words of what the service is."""

    cell_template_name = "catalogue/name_cell.html"

    def get_cell_context_data(
        self, instance: StandardService, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "description": Truncator(instance.description).words(24)}


class StartColumn(BaseColumn):
    """One click starts a page, for people who write for a department."""

    cell_template_name = "catalogue/start_cell.html"

    def __init__(self, *args: Any, person_writes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person_writes = person_writes

    def get_cell_context_data(
        self, instance: StandardService, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {
            **context,
            "start_url": start_url(instance) if self.person_writes else None,
            "csrf_token": get_token(context["request"]),
        }


class StandardServiceFilterSet(WagtailFilterSet):
    class Meta:
        model = StandardService
        fields = ["list", "status"]


class StandardServiceIndexView(generic.IndexView):
    page_title = _("Service lists")
    any_permission_required = ["view"]
    default_ordering = "name"
    search_fields = ["code", "name", "description"]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            Column("code", label=_("Code"), sort_key="code", width="10%"),
            NameColumn("name", label=_("Name"), sort_key="name"),
            Column("list", label=_("List"), accessor="list.title", width="18%", classname="catalogue-list"),
            StartColumn(
                "start",
                label=_("Your page"),
                width="16%",
                person_writes=home_department(self.request.user) is not None,
            ),
        ]

    def get_base_queryset(self) -> StandardServiceQuerySet:
        return StandardService.objects.select_related("list")

    def get_ordering(self) -> str | None:
        """What is looked for stands in the order in which it fits; no column is marked then."""
        if self.is_searching and not self.is_explicitly_ordered:
            return None
        ordering: str = super().get_ordering()
        return ordering

    def search_queryset(self, queryset: StandardServiceQuerySet) -> StandardServiceQuerySet:
        found = queryset.matching(self.search_query)
        return found if self.is_explicitly_ordered else found.best_first(self.search_query)

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("No standard service has all these words. Try fewer, or take a filter away.")
        return gettext(
            "Standard services from lists such as LGSL would be here. An operator fills them in with "
            "“manage.py import_services”."
        )


class StandardServiceViewSet(ModelViewSet):
    model = StandardService
    name = "standard_services"
    url_prefix = "service-lists"
    icon = "list-ul"
    menu_label = _("Service lists")
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = StandardServiceIndexView
    filterset_class = StandardServiceFilterSet
    list_per_page = 50
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        """Looking only: no screen adds, edits or deletes."""
        return [p for p in super().get_urlpatterns() if p.name in {"index", "index_results"}]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()
