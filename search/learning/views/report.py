"""“Unanswered questions” among Wagtail's reports: by demand, with filters and a download."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.reports import ReportView

from cms.core import clock
from cms.publications.vocabulary import Audience
from search.learning import queries
from search.learning.models import Gap, Question
from search.learning.policies import ReadersPolicy
from search.learning.rules import lack
from search.learning.vocabulary import Lack

Row = dict[str, Any]
ASKED_BY = {Audience.PUBLIC: _("on the public site"), Audience.STAFF: _("by staff")}
PERIODS = {"28": _("last 4 weeks"), "90": _("last 90 days")}


class QuestionColumn(Column):
    """The question, who asks it, and why it counts as unanswered."""

    cell_template_name = "search_learning/question_cell.html"

    def get_cell_context_data(self, instance: Row, parent_context: Any) -> dict[str, Any]:
        told = {"asked_by": ASKED_BY[Audience(instance["audience"])], "lack": said(instance)}
        return {**super().get_cell_context_data(instance, parent_context), **told}


class TaskColumn(Column):
    """One click makes it a task; else the task that it is."""

    cell_template_name = "search_learning/task_cell.html"

    def get_cell_context_data(self, instance: Row, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        gap = instance["gap"]
        address = reverse("search_gaps:task", args=[gap]) if gap else ""
        request = parent_context["request"]
        asked = request.GET.copy()
        asked.pop("_w_filter_fragment", None)
        return {**context, "address": address, "csrf_token": get_token(request), "back": asked.urlencode()}


class Filters(WagtailFilterSet):
    """`days` is read by the view: what is counted is chosen before it is summed up."""

    days = django_filters.ChoiceFilter(
        choices=list(PERIODS.items()), method="as_it_is", label=_("Asked in"), empty_label=_("last 7 days")
    )
    audience = django_filters.ChoiceFilter(choices=list(ASKED_BY.items()), label=_("Who asks"))
    lack = django_filters.ChoiceFilter(choices=Lack.choices, method="lacking", label=_("What is missing"))
    task = django_filters.ChoiceFilter(
        choices=[("no", _("no task yet")), ("yes", _("a task already"))], method="with_task", label=_("Task")
    )

    class Meta:
        model = Question
        fields: list[str] = []

    def as_it_is(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows

    def lacking(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(queries.LACKS[Lack(value)])

    def with_task(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(gap__isnull=value == "no")


class UnansweredView(ReportView):
    model = Question
    permission_policy = ReadersPolicy(Gap)
    any_permission_required = ["view"]
    page_title = _("Unanswered questions")
    header_icon = "help"
    index_url_name = "search_unanswered"
    index_results_url_name = "search_unanswered_results"
    filterset_class = Filters
    is_searchable = False
    list_export = ["text", "audience", "lack", "asked", "nothing", "helped", "last"]
    export_headings = {
        "text": _("Question"),
        "audience": _("Asked"),
        "lack": _("What is missing"),
        "asked": _("Times asked"),
        "nothing": _("Without a result"),
        "helped": _("Something used"),
        "last": _("Last asked"),
    }

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            QuestionColumn("question", label=_("Question"), accessor="text"),
            Column("asked", label=_("Times asked"), width="16%", classname="oa-number"),
            TaskColumn("task", label=_("Task"), accessor="gap", width="26%"),
        ]

    def get_base_queryset(self) -> QuerySet:
        days = self.request.GET.get("days", "")
        return queries.unanswered(queries.first_day(int(days) if days in PERIODS else queries.WEEK))

    def get_filename(self) -> str:
        return f"unanswered-questions-{clock.today().isoformat()}"

    def to_row_dict(self, item: Row) -> dict[str, Any]:
        told = {
            "text": _no_formula(item["text"]),
            "audience": str(ASKED_BY[Audience(item["audience"])]),
            "lack": str(lack_of(item).label),
        }
        row: dict[str, Any] = super().to_row_dict({**item, **told})
        return row

    def get_page_subtitle(self) -> str:
        return ""

    @cached_property
    def no_results_message(self) -> str:
        if self.is_filtering:
            return gettext("No question like that lacks an answer. Take a filter away to see more.")
        return gettext(
            "Nothing lacks an answer so far. What people ask more than once, and find nothing or nothing that "
            "they use, would be here."
        )


def _no_formula(text: str) -> str:
    """Anybody may ask `=HYPERLINK(…)`; a spreadsheet must not obey."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def said(row: Row) -> str:
    """What is missing, with its numbers."""
    lacks, told = lack_of(row), {"times": row["nothing"], "used": row["helped"], "all": row["asked"]}
    if lacks == Lack.NOTHING and row["nothing"] < row["asked"]:
        return gettext("nothing found, %(times)d of %(all)d times") % told
    if lacks == Lack.SELDOM:
        return gettext("seldom used, %(used)d of %(all)d times") % told
    return str(lacks.label)


def lack_of(row: Row) -> Lack:
    found = lack(row["asked"], row["nothing"], row["helped"])
    assert found is not None  # `queries.unanswered` lists no others
    return found
