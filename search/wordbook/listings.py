"""The lists of what was taught: what needs a person comes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.core import clock
from cms.organisation.forms import display_name

from .due import ENDS_SOON
from .models import Bet, BetQuerySet, StopPhrase, Synonyms, Taught, TaughtQuerySet
from .vocabulary import languages


class DayColumn(Column):
    """A day, and a word beside it when it is over: `due` says which."""

    cell_template_name = "search_wordbook/day_cell.html"

    def __init__(self, *args: Any, due: Callable[[date], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due = due

    def get_cell_context_data(self, instance: Model, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "due": self.due(context["raw_value"])}


class TaughtColumn(Column):
    """Who taught it, and when."""

    cell_template_name = "search_wordbook/taught_cell.html"

    def get_value(self, instance: Taught) -> str:
        return display_name(instance.taught_by) if instance.taught_by else gettext("imported")


class NoteColumn(TitleColumn):
    """What was taught, as a link, with its note beneath."""

    cell_template_name = "search_wordbook/title_cell.html"


def review_column() -> DayColumn:
    return DayColumn(
        "review_on",
        label=_("Review date"),
        sort_key="review_on",
        width="20%",
        due=lambda day: gettext("due for review") if day <= clock.today() else "",
    )


def language_column() -> Column:
    return Column(
        "language",
        label=_("Language"),
        width="10%",
        accessor=lambda row: languages().get(row.language, row.language),
    )


class TaughtFilters(WagtailFilterSet):
    language = django_filters.ChoiceFilter(choices=lambda: languages().items(), label=_("Language"))


class ReviewedFilters(TaughtFilters):
    review = django_filters.ChoiceFilter(
        choices=[("due", _("due for review"))], method="due_for_review", label=_("Review")
    )

    def due_for_review(self, rows: TaughtQuerySet, name: str, value: str) -> TaughtQuerySet:
        return rows.due_for_review(clock.today())


class SynonymsFilters(ReviewedFilters):
    class Meta:
        model = Synonyms
        fields = ["direction"]


class StopPhraseFilters(ReviewedFilters):
    class Meta:
        model = StopPhrase
        fields: list[str] = []


class BetFilters(TaughtFilters):
    state = django_filters.ChoiceFilter(
        choices=[("running", _("running")), ("ending", _("ends within a week")), ("over", _("over"))],
        method="in_state",
        label=_("State"),
    )

    class Meta:
        model = Bet
        fields = ["kind"]

    def in_state(self, rows: BetQuerySet, name: str, value: str) -> BetQuerySet:
        today = clock.today()
        if value == "ending":
            return rows.ending(today, today + ENDS_SOON)
        return rows.running(today) if value == "running" else rows.over(today)


class TaughtIndexView(generic.IndexView):
    results_template_name = "search_wordbook/index_results.html"
    title_label: Any
    related: tuple[str, ...] = ("taught_by",)
    empty: Any = ""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        named = self._get_title_column_class(NoteColumn)
        title = named("title", label=self.title_label, accessor=str, get_url=self.get_edit_url)
        return [
            title,
            *self.list_display,
            TaughtColumn("taught", label=_("Taught"), sort_key="taught_at", width="18%"),
        ]

    def get_base_queryset(self) -> QuerySet:
        rows: QuerySet = self.model.objects.select_related(*self.related)
        return rows

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Rows of the same day keep their order from page to page."""
        rows = super().order_queryset(queryset)
        return rows.order_by(*rows.query.order_by, "pk")

    def get_list_more_buttons(self, instance: Model) -> list[Button]:
        edit, remove = self.get_edit_url(instance), self.get_delete_url(instance)
        return [
            Button(gettext("Edit"), url=edit, icon_name="edit", priority=10),
            Button(gettext("Remove"), url=remove, icon_name="bin", priority=30),
        ]

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("Nothing here has these words. Try fewer, or take a filter away.")
        return str(self.empty)


class SynonymsIndexView(TaughtIndexView):
    title_label = _("Who types this → finds this too")
    add_item_label = _("Teach synonyms")
    empty = _(
        "Citizens say “bin”, your texts say “residual waste container”: teach the search that the one means "
        "the other, and it would be here. “Import a file” teaches a whole list."
    )

    @cached_property
    def header_buttons(self) -> list[Button]:
        door = HeaderButton(
            gettext("Import a file"), url=reverse("search_synonyms:import"), icon_name="upload"
        )
        return [*super().header_buttons, door]


class BetIndexView(TaughtIndexView):
    title_label = _("Who types this → this item")
    add_item_label = _("Place a bet")
    related = ("taught_by", "item__current")
    empty = _(
        "Where the right answer doesn't come first, place a best bet on it, and it would be here. A worst "
        "bet keeps an item away from a question."
    )


class StopPhraseIndexView(TaughtIndexView):
    title_label = _("Never suggested")
    add_item_label = _("Stop a phrase")
    empty = _("Phrases that the search must not suggest while people type would be here.")
