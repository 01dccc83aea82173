"""The whole page that previews and review screens show of what staff read: the desk's own answer."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from cms.publications.readings import Reading

from .answers import answer_to


def render(reading: Reading, request: HttpRequest) -> str:
    """An article or a staff notice as agents get it."""
    return render_to_string("desk/document.html", {"answer": answer_to(reading, {})}, request)
