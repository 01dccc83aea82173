"""`python -m tests.contract` accepts the API as it is now into openapi.json; the commit says why it changed."""

from __future__ import annotations

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    from .openapi import FROZEN, as_text  # the API is there after the set-up only

    FROZEN.write_text(as_text(), encoding="utf-8")


main()
