"""Where the API, the desk and the public site tell of a search: the token of an answer, and one more count."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from search.queries import Results

from .afterwards import afterwards
from .commands import count_search
from .patience import try_to
from .tokens import Told, sign, tell


def token(found: Results, *, audience: str) -> str:
    """What an answer is reported by (`search`); empty where nothing of it may be kept. Writes nothing."""
    return sign(tell_of(found, audience=audience))


def tell_of(found: Results, *, audience: str) -> Told | None:
    """What may be told of an answer."""
    hits = [result.id for result in found.results]
    return tell(found.query, audience=audience, total=found.total, hits=hits, key=found.key)


def count(request: HttpRequest, found: Results, *, audience: str) -> None:
    """One search that is no half-typed one, counted after the answer is out. A browser that only asks
    ahead of its user is no person who asks, nor is a link checker (see `cms.core.programs`)."""
    if request.META["REQUEST_METHOD"] != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    told = tell_of(found, audience=audience)
    if told is not None:
        afterwards(request, partial(try_to, partial(count_search, told)))
