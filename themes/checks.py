"""Start-up checks: a theme that is not there, or not whole, is told before the first reader sees it."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from . import design


@register
def the_theme_is_whole(app_configs: Any, **kwargs: Any) -> list[Error]:
    try:
        design.chosen()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="Set ONEANSWER_THEME to another theme.", id="themes.E001")]
    return []
