"""Start-up checks: conventions that a person could forget."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from wagtail.snippets.models import get_snippet_models


@register
def the_organisation_is_changed_by_commands(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A snippet would bring forms that save memberships and tokens past the commands (rule 6)."""
    ours = set(apps.get_app_config("organisation").get_models())
    return [
        Error(
            f"{model.__name__} is registered as a snippet.",
            hint="Its screens are in cms/organisation/viewsets.py, and save through the commands.",
            id="organisation.E001",
        )
        for model in get_snippet_models()
        if model in ours
    ]
