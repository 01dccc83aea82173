from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublicationsConfig(AppConfig):
    name = "cms.publications"
    label = "publications"
    verbose_name = "Publication log"

    def ready(self) -> None:
        from . import checks, commands, current, registry, triggers  # noqa: F401

        registry.register_projector("current", current.project)
        for ground in ("document", "expiry"):
            registry.register_verifier(ground, commands.verify_document_grounds)
        post_migrate.connect(triggers.put_back, dispatch_uid="publications.triggers")
