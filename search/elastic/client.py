"""Connections to Elasticsearch: one for questions, which wait for nobody, and one for everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import BulkIndexError, ScanError

from . import Unreachable


class NotTaken(Exception):
    """Elasticsearch refused a row for another reason than a newer one: says of which item, and why."""


# All that a server which is down, busy, foreign or emptied may answer with.
ERRORS: tuple[type[Exception], ...] = (ApiError, TransportError, BulkIndexError, ScanError, NotTaken)
PATIENCE = 30.0  # seconds for writing


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
        raise Unreachable(_("Elasticsearch didn't do it: %(error)s") % {"error": error}) from error


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
    client = Elasticsearch(hosts, request_timeout=timeout, max_retries=len(hosts) - 1, **more)
    _open.append(client.close)
    return client
