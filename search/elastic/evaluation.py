"""An engine apart from the site, on the site's Elasticsearch: for `search_eval`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex

from django.conf import settings
from django.utils.translation import gettext as _
from elasticsearch.helpers import bulk

from cms.publications.vocabulary import Audience
from search.documents import Searched
from search.engines.protocol import Candidate, Clue, OneOf
from search.evaluation.corpus import Unusable

from . import client, generations
from .engine import ElasticEngine
from .rows import row

_AT_ONCE = 500


@contextmanager
def apart() -> Iterator[ElasticEngine]:
    """Empty indices, which are gone afterwards. Raises `Unusable`."""
    if not settings.ELASTICSEARCH_URL:
        raise Unusable(_("The engine elasticsearch needs a server: set ELASTICSEARCH_URL."))
    name = f"{settings.ELASTICSEARCH_PREFIX}-evaluation-{token_hex(4)}"
    server = client.for_writing()
    try:
        for index in Audience.values:
            generations.make_index(server, f"{name}-{index}")
        yield FilledAtOnce(f"{name}-{{}}".format, client.for_writing)
    except client.ERRORS as error:
        raise Unusable(_("Elasticsearch didn't do it: %(error)s") % {"error": error}) from error
    finally:
        for index in Audience.values:
            server.options(ignore_status=404).indices.delete(index=f"{name}-{index}")


@dataclass(frozen=True)
class FilledAtOnce(ElasticEngine):
    """Takes documents in by the hundred; all of them are there when the first question comes."""

    waiting: list[tuple[str, Searched]] = field(default_factory=list)

    def put(self, index: str, document: Searched) -> None:
        self.waiting.append((index, document))
        if len(self.waiting) >= _AT_ONCE:
            self._fill()

    def candidates(
        self,
        index: str,
        clues: Sequence[Clue],
        *,
        one_of: Sequence[Clue] = (),
        key: str = "",
        keep: Sequence[OneOf] = (),
        limit: int = 100,
    ) -> list[Candidate]:
        if self.waiting:
            self._fill()
            self.server().indices.refresh(index=[self.index(name) for name in Audience.values])
        return super().candidates(index, clues, one_of=one_of, key=key, keep=keep, limit=limit)

    def _fill(self) -> None:
        bulk(
            self.server(),
            (
                {"_index": self.index(index), "_id": str(document.item), "_source": row(document)}
                for index, document in self.waiting
            ),
        )
        self.waiting.clear()
