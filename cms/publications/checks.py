"""Start-up checks: conventions that a person could forget."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register

from . import registry


@register
def everything_is_registered(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"Nobody registered the {name}.",
            hint="See cms/publications/registry.py; register it in an AppConfig.ready().",
            id="publications.E001",
        )
        for name in registry.absent()
    ]
