from __future__ import annotations

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "themes"
    label = "themes"
    verbose_name = "Public site"

    def ready(self) -> None:
        from cms.publications import registry

        from . import checks, rendering  # noqa: F401

        for kind in rendering.KINDS:
            registry.register_renderer(kind, rendering.render)
