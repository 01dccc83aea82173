from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kb.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        from cms.publications import registry

        from . import rendering

        registry.register_renderer("article", rendering.render)
        registry.register_renderer("staff_notice", rendering.render)
