"""Refusals and errors as RFC 9457 problem documents (`application/problem+json`)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from .errors import Refusal

TITLES = {
    400: "Bad request",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    410: "Withdrawn",
    413: "Too large",
    422: "Can't be done with this input",
    429: "Too many",
    500: "Something went wrong here",
    503: "Not ready",
}


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """`type`, `title`, `status`, `detail`, and whatever helps a program; nothing internal."""
    body = {
        "type": f"urn:oneanswer:problem:{code}",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        **more,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def refusal_problem(refusal: Refusal) -> HttpResponse:
    """A rule's refusal; what is missing is listed under `details`."""
    more = {"details": list(refusal.details)} if refusal.details else {}
    return problem(refusal.status, refusal.code, refusal.sentence, **more)


def not_found(request: HttpRequest) -> HttpResponse:
    return problem(404, "not-found", _("There is nothing at this address."))
