from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "search.learning"
    label = "search_learning"
    verbose_name = "What people search for"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.publications import registry

        from . import models
        from .commands import tidy
        from .policies import ReadersPolicy

        register_permission_policy(models.Gap, ReadersPolicy(models.Gap))
        registry.register_due("search learning", tidy)
