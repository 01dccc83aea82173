"""The updates alone, at the addresses where the project mounts them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

from cms.core.errors import Refused
from cms.core.problems import refusal_problem
from kb.updates.api import router

api = NinjaAPI(urls_namespace="updates-alone")
api.add_router("/agent", router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return refusal_problem(error.refusal)


urlpatterns = [path("api/v1/", api.urls)]
