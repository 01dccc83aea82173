"""The audit trail of what was taught: who did what, with the old and the new values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import DateField, Field, QuerySet
from django.urls import URLPattern, path
from django.utils import formats
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from cms.core.models import AuditRow
from cms.organisation.forms import display_name

from .models import Bet, StopPhrase, Synonyms
from .policies import TeachersPolicy
from .vocabulary import Deed, languages


@dataclass(frozen=True)
class Told:
    """One value that a deed set, changed or removed; empty where there was or is none."""

    label: str
    old: str
    new: str


def told_of(row: AuditRow) -> list[Told]:
    """What a deed did to each value, those that stayed left out."""
    if row.deed == Deed.SYNONYMS_IMPORTED:
        return [Told(gettext("Rules"), "", str(rule)) for rule in row.details["rules"]]
    before, after = row.details.get("before", {}), row.details.get("after", {})
    fields = _fields()
    return [
        Told(_label(name, fields), _said(name, before, fields), _said(name, after, fields))
        for name in {**after, **before}
        if before.get(name, "") != after.get(name, "")
    ]


def _fields() -> dict[str, Field]:
    """The fields of all that can be taught, by their names, which mean the same in each."""
    return {
        field.name: field for model in (Synonyms, Bet, StopPhrase) for field in model._meta.concrete_fields
    }


def _label(name: str, fields: Mapping[str, Field]) -> str:
    label = str(fields[name].verbose_name) if name in fields else name
    return label[:1].upper() + label[1:]


def _said(name: str, values: Mapping[str, str], fields: Mapping[str, Field]) -> str:
    value = values.get(name, "")
    if name == "language":
        return languages().get(value, value)
    if name == "item":
        return value.rpartition(" (")[0]  # its id is for operators
    if isinstance(fields.get(name), DateField) and value:
        return formats.date_format(date.fromisoformat(value))
    labels = dict(fields[name].flatchoices) if name in fields else {}
    return str(labels.get(value, value))


class DeedColumn(Column):
    cell_template_name = "search_wordbook/deed_cell.html"

    def get_cell_context_data(self, instance: AuditRow, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "deed": Deed(instance.deed).label}


class ToldColumn(Column):
    cell_template_name = "search_wordbook/told_cell.html"
    most = 8

    def get_cell_context_data(self, instance: AuditRow, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        told = told_of(instance)
        return {**context, "shown": told[: self.most], "folded": told[self.most :]}


class WhenColumn(Column):
    cell_template_name = "search_wordbook/when_cell.html"


class ChangesFilters(WagtailFilterSet):
    deed = django_filters.ChoiceFilter(choices=Deed.choices, label=_("What was done"))

    class Meta:
        model = AuditRow
        fields: list[str] = []


class ChangesView(generic.IndexView):
    """Newest first. Nobody changes anything here."""

    model = AuditRow
    permission_policy = TeachersPolicy(AuditRow)
    any_permission_required = ["view"]
    page_title = _("Changes")
    filterset_class = ChangesFilters
    search_fields = ["subject"]
    default_ordering = "-id"
    index_url_name = "search_changes:index"
    index_results_url_name = "search_changes:index_results"
    header_icon = "history"
    paginate_by = 50

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            DeedColumn("deed", label=_("What was done"), accessor="subject", width="34%"),
            ToldColumn("told", label=_("Old and new values"), accessor="pk"),
            Column(
                "by",
                label=_("By"),
                width="15%",
                accessor=lambda row: display_name(row.by) if row.by else gettext("an operator"),
            ),
            WhenColumn("at", label=_("When"), width="14%"),
        ]

    def get_base_queryset(self) -> QuerySet[AuditRow]:
        return AuditRow.objects.filter(deed__in=Deed.values).select_related("by")

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("Nothing here has these words. Try fewer, or take a filter away.")
        return gettext("Whatever is taught, changed or removed would be here, with its old and new values.")


class ChangesViewSet(ViewSet):
    name = "search_changes"
    url_prefix = "search/changes"
    icon = "history"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(ChangesView), name="index"),
            path("results/", self.construct_view(ChangesView, results_only=True), name="index_results"),
        ]
