"""What every screen of the workflow shares: Wagtail's furniture, and refusals that lose nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.core.errors import Refusal, Refused, refuse_if


@method_decorator(never_cache, name="dispatch")
class Screen(WagtailAdminTemplateMixin, TemplateView):
    """GET shows, and changes nothing. POST does one deed: `do()` returns where to go next, or raises
    `Refused`; then the same screen comes back with the sentence and all that was typed."""

    request: HttpRequest
    header_icon = "clipboard-list"

    def find(self) -> None:
        """Look up what the screen is about; `Http404` for people to whom it isn't there."""

    def do(self) -> HttpResponse:
        raise NotImplementedError

    def crumb(self) -> str:
        """The last breadcrumb: what the screen is about."""
        return str(self.get_page_title())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.find()
        except Refused as refused:
            # There is nothing to show, as with a notice that has no draft.
            messages.error(request, refused.refusal.sentence)
            return redirect("workflows_waiting")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            refuse_if(_why_not_read(request))
            return self.do()
        except Refused as refused:
            return self.refused(refused.refusal)

    def refused(self, refusal: Refusal) -> HttpResponse:
        messages.error(self.request, refusal.sentence)
        self.find()
        return self.render_to_response(self.get_context_data(refusal=refusal), status=refusal.status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("workflows_waiting"), "label": _("Waiting for you")},
            {"url": "", "label": self.crumb()},
        ]


def _why_not_read(request: HttpRequest) -> Refusal | None:
    """A sign that no keyboard has, and that not every database keeps."""
    if any("\0" in value for _name, values in request.POST.lists() for value in values):
        return Refusal("invalid", _("What was typed holds a sign that can't be kept. Type it again."), 422)
    return None
