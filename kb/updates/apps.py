from __future__ import annotations

from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "kb.updates"
    label = "updates"
    verbose_name = "Updates"

    def ready(self) -> None:
        from cms.publications import registry

        from . import projector, streams

        registry.register_projector("updates", projector.project, clear=projector.clear)
        registry.register_watcher(streams.nudge)
