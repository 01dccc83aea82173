"""The API's description as text that reads well in a difference."""

from __future__ import annotations

import json
from pathlib import Path

from cms.api import api

FROZEN = Path(__file__).parent / "openapi.json"


def as_text() -> str:
    return json.dumps(api.get_openapi_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
