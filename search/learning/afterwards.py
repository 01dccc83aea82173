"""What is done once the answer has left: a request's own worker does it, but nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_KEPT = "oneanswer.afterwards"


def afterwards(request: HttpRequest, deed: Callable[[], None]) -> None:
    """Have `deed` done when the answer to `request` is out. It must not fail (`patience.try_to`)."""
    request.META.setdefault(_KEPT, []).append(deed)


class Afterwards:
    """Middleware, on top of all others: what they answer in place of a view's answer counts as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        # Servers close an answer when they have sent it; Django closes what an answer was made from then.
        response._resource_closers += request.META.pop(_KEPT, [])  # type: ignore[attr-defined]
        return response
