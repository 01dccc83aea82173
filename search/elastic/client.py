"""Connections to Elasticsearch: one for questions, which wait for nobody, and one for everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from ssl import create_default_context
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import BulkIndexError, ScanError

from . import Unreachable


class NotTaken(Exception):
    """Elasticsearch refused a row for another reason than a newer one: says of which item, and why."""

    def __init__(self, said: str = "", status_code: int = 0) -> None:
        super().__init__(said)
        self.status_code = status_code


class Misconfigured(Exception):
    """No connection can be made of the settings: a sentence, without what they say, which may be secret."""


# All that a server which is down, busy, foreign, closed to us or emptied may answer with.
ERRORS: tuple[type[Exception], ...] = (
    ApiError,
    TransportError,
    BulkIndexError,
    ScanError,
    NotTaken,
    Misconfigured,
)
PATIENCE = 30.0  # seconds for writing
_UNKNOWN, _FORBIDDEN = 401, 403


def for_questions() -> Elasticsearch:
    """Gives up after `ELASTICSEARCH_TIMEOUT`; a question that a lost node doesn't answer goes to the next."""
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_TIMEOUT)


def for_writing() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL, PATIENCE)


@contextmanager
def reached() -> Iterator[None]:
    """For deeds of operators: whatever goes wrong is said in a sentence."""
    try:
        yield
    except ERRORS as error:
        why = refusal(error) or _("Elasticsearch didn't do it: %(error)s") % {"error": error}
        raise Unreachable(why) from error


def refusal(error: Exception) -> str:
    """What an operator has to mend before it can answer, in a sentence; empty when it is only down or busy."""
    if isinstance(error, Misconfigured):
        return str(error)
    if isinstance(error, TransportError) and "CERTIFICATE_VERIFY_FAILED" in repr(
        (error.message, error.errors)
    ):
        return _(
            "Elasticsearch's certificate isn't trusted: ELASTICSEARCH_CA must name the file of the authority that"
            " signed it, and the certificate must name the host in ELASTICSEARCH_URL."
        )
    status = getattr(error, "status_code", 0)
    if status == _UNKNOWN:
        return _(
            "Elasticsearch doesn't know the key or the password (401): ELASTICSEARCH_API_KEY needs a valid one."
        )
    if status == _FORBIDDEN:
        return _(
            "Elasticsearch's key may not do this (403): it needs manage, read and write on the indices that begin"
            " with ELASTICSEARCH_PREFIX."
        )
    return ""


def forget() -> None:
    """Close the connections; the next use makes new ones."""
    for close in _open:
        close()
    _open.clear()
    _client.cache_clear()


_open: list[Callable[[], None]] = []


@lru_cache(maxsize=4)
def _client(urls: str, timeout: float) -> Elasticsearch:
    hosts = [url.strip() for url in urls.split(",") if url.strip()]
    more: dict[str, Any] = {}
    if settings.ELASTICSEARCH_API_KEY:
        more["api_key"] = settings.ELASTICSEARCH_API_KEY
    if settings.ELASTICSEARCH_CA:
        more["ca_certs"] = settings.ELASTICSEARCH_CA
    try:
        if settings.ELASTICSEARCH_CA:
            create_default_context(
                cafile=settings.ELASTICSEARCH_CA
            )  # the client would first read it when it asks
        client = Elasticsearch(hosts, request_timeout=timeout, max_retries=len(hosts) - 1, **more)
    except (ValueError, OSError):  # "from None": their words may hold a password
        raise Misconfigured(
            _(
                "Elasticsearch can't be asked: ELASTICSEARCH_URL needs addresses like https://search.example:9200,"
                " ELASTICSEARCH_CA a file of certificates, and who asks a key or a password, not both."
            )
        ) from None
    _open.append(client.close)
    return client
