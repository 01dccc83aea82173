"""Search alone, at the addresses where the project mounts it."""

from __future__ import annotations

from django.urls import path
from ninja import NinjaAPI

from search.api import agent_router, public_router

api = NinjaAPI(urls_namespace="search-alone")
api.add_router("/public", public_router)
api.add_router("/agent", agent_router)
urlpatterns = [path("api/v1/", api.urls)]
