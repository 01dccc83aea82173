"""What the screens of a champion have in common: a door, a form, and refusals in sentences."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.errors import Refusal, Refused
from cms.organisation.queries import person
from kb.articles import queries


class ChampionView(WagtailAdminTemplateMixin, View):
    """Opens for champions alone; being a superuser adds nothing. The commands ask again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not person(request.user).is_champion:
            messages.error(request, _("Only a champion can publish at once. Send it for approval instead."))
            return redirect("wagtailadmin_home")
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            tell(request, refused.refusal)
            return redirect(self.home())

    @property
    def champion(self) -> AbstractUser:
        """Who is at this screen."""
        assert isinstance(self.request.user, AbstractUser)
        return self.request.user

    def home(self) -> str:
        """Where to go when there is nothing to do here."""
        return "wagtailsnippets_articles_article:list"

    def crumb(self) -> str:
        """What the head says: short, since it has one line."""
        return self.get_page_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.crumb()}]

    def page(self, template: str, **context: Any) -> HttpResponse:
        self.template_name = template
        return self.render_to_response(self.get_context_data(**context))


def tell(request: HttpRequest, refusal: Refusal) -> None:
    """Say why, and each thing that is missing."""
    for sentence in refusal.details or (refusal.sentence,):
        messages.error(request, sentence)


def facts(request: HttpRequest) -> HttpResponse:
    """The facts of a published service, for the form to offer when another service is chosen."""
    found = queries.quotable_facts(request.GET.get("service") or None)
    return JsonResponse(
        {"facts": [{"key": fact.key, "label": f"{fact.name}: {fact.value}"} for fact in found]}
    )
