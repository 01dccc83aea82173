"""What programs send to the API: JSON and query strings that hold only text that every database can keep."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from .errors import Refusal, Refused


class Incoming(Parser):
    """PostgreSQL keeps no NUL, and no database half of a character pair. In a body, which may be kept, both
    are refused; in a query string, which only asks, they are passed over like other signs."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(request.body)
        if not _can_be_kept(body):
            raise Refused(
                Refusal("not-text", _("The text holds a character that can't be kept. Take it out."), 422)
            )
        return body

    def parse_querydict(
        self, data: MultiValueDict[str, str], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        asked: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        return {name: _passed_over(value) for name, value in asked.items()}


def _can_be_kept(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, dict):
        return all(_can_be_kept(inner) for pair in value.items() for inner in pair)
    return all(map(_can_be_kept, value)) if isinstance(value, list) else True


def _passed_over(value: Any) -> Any:
    if isinstance(value, list):
        return [_passed_over(inner) for inner in value]
    return value.replace("\x00", " ") if isinstance(value, str) else value
