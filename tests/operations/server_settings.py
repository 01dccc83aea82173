"""A server with one quick page and one stream that never ends, on an empty database."""

from __future__ import annotations

from cms.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.operations.urls"
MIDDLEWARE: list[str] = []
