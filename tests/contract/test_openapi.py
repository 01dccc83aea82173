"""The API word for word. Who changes it, decides it."""

from __future__ import annotations

import difflib

import pytest

from .openapi import FROZEN, as_text

HOW = (
    "The API is not what tests/contract/openapi.json says. Others build on it: add, don't rename or remove. "
    "To change it on purpose, run `python -m tests.contract`, commit openapi.json with the change, and say "
    "why in the commit and in CHANGELOG.md."
)


def test_the_api_is_what_was_decided() -> None:
    frozen, now = FROZEN.read_text(encoding="utf-8"), as_text()
    if frozen != now:
        changed = difflib.unified_diff(frozen.splitlines(), now.splitlines(), "decided", "now", lineterm="")
        pytest.fail("\n".join([HOW, "", *changed]), pytrace=False)
