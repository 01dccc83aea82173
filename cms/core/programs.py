"""What programs may expect of every answer beneath `/api/`, whoever gives it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from .problems import problem

PROGRAMS = "/api/"
READERS = "/api/v1/public/"


class ForPrograms:
    """Middleware, above all that may refuse. Errors are problem documents, those of Django and of the API's
    library too; and what the public may GET may be asked for with HEAD, as caches and link checkers do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PROGRAMS):
            return self._get_response(request)
        asked = request.method
        if asked == "HEAD" and request.path_info.startswith(READERS):
            request.method = "GET"
        response = self._get_response(request)
        request.method = asked  # whoever sends the answer leaves out its body
        return _as_problem(response, asked or "")


def _as_problem(response: HttpResponseBase, method: str) -> HttpResponseBase:
    status = response.status_code
    if status < 400 or not response.get("Content-Type", "").startswith("text/"):
        return response
    allowed = response.get("Allow", "")
    if status == 405:
        sentence = _("This address takes no %(method)s, only: %(allowed)s.") % {
            "method": method,
            "allowed": allowed,
        }
    else:
        sentence = _("The request can't be understood as it is. Look it up in /api/v1/docs.")
    answer = problem(status, "method" if status == 405 else "error", sentence)
    if allowed:
        answer["Allow"] = allowed
    return answer
