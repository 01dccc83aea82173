from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "search"
    label = "oneanswer_search"
    verbose_name = "Search"

    def ready(self) -> None:
        from cms.publications import registry

        from . import elastic, projector, triggers

        registry.register_projector("search", projector.project, clear=projector.clear)
        registry.register_reader(elastic.NAME, elastic.read_on)
        register(elastic.client_is_installed)
        post_migrate.connect(triggers.put_back, dispatch_uid="search.triggers")
