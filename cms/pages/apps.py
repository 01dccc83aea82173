from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    name = "cms.pages"
    label = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from cms.publications.registry import register_projector

        from . import kinds, mirror
        from .receivers import open_admin_to_writers

        kinds.register()
        register_projector("mirror", mirror.project)
        post_migrate.connect(open_admin_to_writers, sender=self)
