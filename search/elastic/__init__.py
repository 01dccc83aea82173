"""Elasticsearch, where there is one: a reader of the log that answers questions beside the embedded engine.

The embedded engine is written in every publication's transaction all the same: it keeps the dictionary and
what snippets are cut from, and it answers whenever Elasticsearch doesn't. So Elasticsearch may be down, slow,
empty or late, and nobody who publishes or asks has to know.

The client is an extra: nothing is imported here that needs it, unless `ELASTICSEARCH_URL` is set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.checks import Error
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from search.engines.protocol import Engine

NAME = "elasticsearch"
Found = tuple[str, UUID, str]  # index, item, `missing`, `stale` or `surplus`


class Unreachable(Exception):
    """Elasticsearch doesn't answer, or holds nothing yet: a sentence."""


def configured() -> bool:
    """Whether there is one to ask. Without the client there isn't; operators are told (`lacks_its_client`)."""
    return bool(settings.ELASTICSEARCH_URL) and _has_client()


def lacks_its_client() -> bool:
    return bool(settings.ELASTICSEARCH_URL) and not _has_client()


@cache
def _has_client() -> bool:
    return find_spec("elasticsearch") is not None


def either(embedded: Engine) -> Engine:
    """Whichever answers."""
    from .answering import EitherEngine

    return EitherEngine(embedded)


def read_on() -> int:
    """One step of the reader; returns how many entries it read. Called by every worker, every second."""
    if not configured():
        return 0
    from . import reader

    return reader.the_reader().read_on()


def why_not_well() -> str:
    """Why questions are answered by the embedded engine instead, in a sentence; empty when they aren't."""
    if lacks_its_client():
        return _("ELASTICSEARCH_URL is set, but the package elasticsearch isn't installed.")
    if not configured():
        return ""
    from . import health

    return health.watch().state().why


def measures() -> dict[str, int]:
    """For operators: whether it answers, and how many entries of the log it has still to read."""
    if not configured():
        return {}
    from . import health

    return {"up": int(health.watch().state().is_well), "behind": health.behind()}


def rebuild(progress: Callable[[int, int], None]) -> None:
    """Build a new generation, and have it answer once it is complete. Raises `Unreachable`."""
    from . import building, client

    try:
        with client.reached():
            for step in building.build(client.for_writing()):
                progress(step.done, step.total)
    except building.AnotherEpoch as error:
        raise Unreachable(_("The log began a new epoch meanwhile. Run it again.")) from error


def differences() -> list[Found]:
    """Where Elasticsearch says otherwise than the log. Raises `Unreachable`."""
    from . import client, verification

    with client.reached():
        return verification.differences()


def repair(found: Sequence[Found]) -> list[Found]:
    """Mend what differs; returns what differs still. Raises `Unreachable`."""
    from . import client, verification

    with client.reached():
        return verification.repair(found)


def client_is_installed(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A start-up check."""
    if not lacks_its_client():
        return []
    return [
        Error(
            _("ELASTICSEARCH_URL is set, but the package elasticsearch isn't installed."),
            hint=_("Install requirements/elasticsearch.lock in place of requirements/run.lock."),
            id="search.E001",
        )
    ]
