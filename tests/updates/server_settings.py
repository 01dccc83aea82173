"""A server that tells updates and nothing else, on the database that the tests write."""

from __future__ import annotations

from cms.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.updates.urls"
