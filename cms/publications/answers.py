"""Finished public answers, kept in memory until the log grows or the minute ends.

What the public gets depends on the log, the clock and the address alone: nobody's session, no cookie. So an
answer holds until the head of the log has another hash, and one small read tells. The minute bounds what the
log doesn't know: opening hours, department names, the theme.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_from_request

KEPT = 2_000
LARGEST = 256 * 1024
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
Stamp = tuple[str, int]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class PublicAnswers:
    """Middleware, above sessions. Keeps what says of itself that it is public and the same for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._lock = threading.Lock()
        self._stamp: Stamp = ("", 0)
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET":
            return self._get_response(request)
        stamp = _stamp()
        key = (
            request.scheme or "",
            request.META.get("HTTP_HOST", ""),
            get_language_from_request(request),
            request.get_full_path(),
        )
        answer = self._find(stamp, key)
        if answer is None:
            return self._first(request, stamp, key)
        kept = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
        return get_conditional_response(request, etag=kept["ETag"], response=kept) or kept

    def _first(self, request: HttpRequest, stamp: Stamp, key: Key) -> HttpResponseBase:
        """Ask for the whole answer, so that it can be kept, also where the reader may have it already."""
        known = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        response = self._get_response(request)
        self._keep(stamp, key, response)
        request.META.update(known)
        if not known or not isinstance(response, HttpResponse) or not response.has_header("ETag"):
            return response
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    def _find(self, stamp: Stamp, key: Key) -> Answer | None:
        with self._lock:
            if stamp != self._stamp:
                self._answers.clear()
                self._stamp = stamp
                return None
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def _keep(self, stamp: Stamp, key: Key, response: HttpResponseBase) -> None:
        """Only what was made after the head was read, and while it was still that head."""
        if (
            response.status_code != 200
            or not isinstance(response, HttpResponse)
            or not response.has_header("ETag")
            or "public" not in response.get("Cache-Control", "")
            or response.cookies
            or len(response.content) > LARGEST
        ):
            return
        answer = Answer(response.status_code, tuple(response.items()), response.content)
        with self._lock:
            if stamp == self._stamp:
                self._answers[key] = answer
                while len(self._answers) > KEPT:
                    self._answers.popitem(last=False)


def _stamp() -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM publications_head WHERE id = 1")
        row = cursor.fetchone()
    return (row[0] if row else "", int(time.time() // 60))
