"""“Why is this here?”: what a question finds, why in this order, and what can be taught about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.publications import registry
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Audience
from search import queries as search
from search.explaining import Explanation
from search.queries import Results

from .models import Synonyms
from .policies import TeachersPolicy
from .queries import publishable

SHOWN = 10
MISSED = 5


class QuestionForm(forms.Form):
    """A question to try, as somebody asks it."""

    q = forms.CharField(
        label=_("Question"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("As people type it. For example: missed bin"),
        error_messages={"required": _("Write what people type.")},
    )
    audience = forms.ChoiceField(
        label=_("Who asks"),
        widget=forms.RadioSelect,
        initial=Audience.PUBLIC,
        choices=[
            (Audience.PUBLIC, _("Somebody on the public site")),
            (Audience.STAFF, _("Staff at the desk")),
        ],
    )
    missed = forms.CharField(
        label=_("What you miss among the results"),
        required=False,
        max_length=200,
        help_text=_("Words of its title. For example: parking permit"),
    )


@dataclass(frozen=True)
class Row:
    """A result, or what was missed, with its reasons; the best of them first."""

    title: str
    kind: str
    audience: str
    why: Explanation
    bet_url: str
    more_of_service: int = 0


class WhyView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Writes nothing; what is asked here is counted nowhere."""

    permission_policy = TeachersPolicy(Synonyms)
    any_permission_required = ["view"]
    template_name = "search_wordbook/why.html"
    page_title = _("Why is this here?")
    header_icon = "help"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = "q" in self.request.GET
        form = QuestionForm({"audience": Audience.PUBLIC, **self.request.GET.dict()} if asked else None)
        context = super().get_context_data(**kwargs, form=form)
        if asked and form.is_valid():
            context |= answered(**form.cleaned_data)
        return context


def answered(*, q: str, audience: str, missed: str) -> dict[str, Any]:
    """What a question finds, with reasons."""
    found = search.find(q, audience=audience, limit=SHOWN)
    explain = partial(search.explain, q, audience=audience)
    return {
        "found": found,
        "rows": list(_rows(found, explain)),
        "missed": missed,
        "missing": list(_missing(q, audience, missed, explain)) if missed else [],
        "synonym_url": f"{reverse('search_synonyms:add')}?{urlencode({'words': q})}",
    }


def _rows(found: Results, explain: Any) -> Iterator[Row]:
    for result in found.results:
        item = UUID(result.id)
        yield Row(
            result.title,
            _kind(result.type),
            result.audience,
            explain(item),
            _bet(found.query, item),
            result.more_of_service,
        )


def _missing(q: str, audience: str, missed: str, explain: Any) -> Iterator[Row]:
    """Published items with these words in the title, among what the audience may see."""
    items = publishable(missed).filter(audience__in=AUDIENCES[audience])
    for row in items[:MISSED]:
        yield Row(row.title, _kind(row.kind), row.audience, explain(row.pk), _bet(q, row.pk))


def _kind(name: str) -> str:
    labels = {kind.name: str(kind.label) for kind in registry.kinds()}
    return labels.get(name, name)


def _bet(query: str, item: UUID) -> str:
    return f"{reverse('search_bets:add')}?{urlencode({'item': item, 'query': query})}"


class WhyViewSet(ViewSet):
    name = "search_why"
    url_prefix = "search/why"
    icon = "help"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(WhyView), name="index")]
