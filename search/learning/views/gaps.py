"""Questions as tasks: the list, the screen of one, and the click that makes one."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.core.errors import Refusal, Refused
from cms.organisation.forms import display_name
from cms.organisation.queries import person
from cms.publications.vocabulary import Audience
from search.learning import commands
from search.learning.deeds import deeds_for
from search.learning.models import Gap
from search.learning.policies import ReadersPolicy
from search.learning.rules import MOST_NOTE, why_not_close, why_not_read
from search.learning.vocabulary import State
from search.queries import find

from .report import ASKED_BY

SHOWN = 3
POLICY = ReadersPolicy(Gap)


class GapFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("State"))
    audience = django_filters.ChoiceFilter(choices=list(ASKED_BY.items()), label=_("Who asks"))

    class Meta:
        model = Gap
        fields: list[str] = []


class GapsView(generic.IndexView):
    """Open ones first, the most asked on top."""

    model = Gap
    permission_policy = POLICY
    any_permission_required = ["view"]
    page_title = _("Questions to answer")
    header_icon = "help"
    index_url_name = "search_gaps:index"
    index_results_url_name = "search_gaps:index_results"
    filterset_class = GapFilters
    search_fields = ["text", "note"]
    paginate_by = 50

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "text", label=_("Question"), get_url=lambda gap: reverse("search_gaps:task", args=[gap.pk])
            ),
            Column(
                "audience",
                label=_("Asked"),
                width="18%",
                accessor=lambda gap: ASKED_BY[Audience(gap.audience)],
            ),
            Column("times", label=_("Times asked"), width="12%", classname="oa-number"),
            StatusTagColumn(
                "state",
                label=_("State"),
                width="14%",
                accessor=lambda gap: gap.get_state_display(),
                primary=lambda gap: gap.state == State.OPEN,
            ),
            Column(
                "opened_by", label=_("A task by"), width="16%", accessor=lambda g: display_name(g.opened_by)
            ),
        ]

    def get_base_queryset(self) -> QuerySet[Gap]:
        first = Case(When(state=State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        return Gap.objects.select_related("opened_by").order_by(first, "-times", "pk")

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("Nothing here has these words. Try fewer, or take a filter away.")
        return gettext(
            "No question is a task. Choose “Make it a task” beside one in Reports, Unanswered questions, and "
            "it would be here."
        )


class OpenGap(View):
    """The one click. Clicked twice, it leads to the same task."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            gap = commands.open_gap(
                audience=_typed(request, "audience"), key=_typed(request, "key"), by=_who(request)
            )
        except Refused as refused:
            if refused.refusal.status == 403:
                raise PermissionDenied from refused
            messages.error(request, refused.refusal.sentence)
            return redirect(_back(request))
        messages.success(
            request,
            gettext("“%(question)s” is a task now. Champions find it on their first screen.")
            % {"question": gap.text},
            buttons=[messages.button(reverse("search_gaps:task", args=[gap.pk]), gettext("Open the task"))],
        )
        return redirect(_back(request))


class GapScreen(WagtailAdminTemplateMixin, TemplateView):
    """One question: what people find now, what can be done about it, and how it ended."""

    template_name = "search_learning/gap.html"
    header_icon = "help"
    gap: Gap

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if why_not_read(person(request.user)):
            raise PermissionDenied
        rows = Gap.objects.select_related("opened_by", "closed_by")
        self.gap = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note = _typed(request, "note")
        deed = commands.decline_gap if "decline" in request.POST else commands.answer_gap
        try:
            deed(self.gap, by=_who(request), note=note)
        except Refused as refused:
            self.gap.refresh_from_db()
            messages.error(request, refused.refusal.sentence)
            return self.render_to_response(self.get_context_data(refusal=refused.refusal, note=note))
        messages.success(request, gettext("Done: “%(question)s”.") % {"question": self.gap.text})
        return redirect("search_gaps:index")

    def get_page_title(self) -> str:
        return self.gap.text

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("search_gaps:index"), "label": gettext("Questions to answer")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.gap.text}]

    def get_context_data(
        self, refusal: Refusal | None = None, note: str = "", **kwargs: Any
    ) -> dict[str, Any]:
        user, gap = _who(self.request), self.gap
        is_open = gap.state == State.OPEN
        found = find(gap.text, audience=gap.audience, limit=SHOWN)
        return super().get_context_data(
            gap=gap,
            asked_by=ASKED_BY[Audience(gap.audience)],
            opened_by=display_name(gap.opened_by),
            closed_by=display_name(gap.closed_by) if gap.closed_by else "",
            found=found,
            deeds=deeds_for(gap, user) if is_open else [],
            why_not=why_not_close(person(user), is_open=is_open, ended=gap.get_state_display()),
            refusal=refusal,
            note=note,
            most_note=MOST_NOTE,
            **kwargs,
        )


class GapViewSet(ViewSet):
    name = "search_gaps"
    url_prefix = "search/questions"
    icon = "help"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(GapsView), name="index"),
            path("results/", self.construct_view(GapsView, results_only=True), name="index_results"),
            path("make-task/", OpenGap.as_view(), name="open"),
            path("<int:pk>/", GapScreen.as_view(), name="task"),
        ]


def _typed(request: HttpRequest, name: str) -> str:
    """Without the one sign that PostgreSQL doesn't keep."""
    return request.POST.get(name, "").replace("\0", " ")


def _back(request: HttpRequest) -> str:
    """The report as it was filtered."""
    return f"{reverse('search_unanswered')}?{request.POST.get('back', '')}".rstrip("?")


def _who(request: HttpRequest) -> AbstractUser:
    assert isinstance(request.user, AbstractUser)
    return request.user
