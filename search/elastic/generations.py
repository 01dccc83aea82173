"""Generations: pairs of indices, public and staff. Questions go to an alias, so that all of them meet the next
generation at the same moment, once it is complete.

`oneanswer-public` → `oneanswer-public-1.20261124t091500.3f2a`. What is written goes through an alias of the
generation's own and says that it must be one: Elasticsearch would otherwise make a new index of a name that
another process has just removed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.dsl import Date, Index, Integer, Keyword, Mapping, Text

from cms.publications.chain import head
from cms.publications.models import Cursor
from cms.publications.vocabulary import Audience
from search.documents import FIELDS

from . import NAME

# One more whenever what an index holds, or how, has changed: readers then build a new generation.
LAYOUT = 1
BUILDING = " building"
ABANDONED_AFTER = timedelta(minutes=2)
_NAMED = re.compile(r"\d+\.\d{8}t\d{6}\.[0-9a-f]{4}")


@dataclass(frozen=True)
class Generation:
    """A pair of indices by its name, and the cursor of whoever fills them."""

    name: str

    @classmethod
    def new(cls) -> Generation:
        return cls(f"{LAYOUT}.{timezone.now():%Y%m%dt%H%M%S}.{token_hex(2)}")

    @property
    def is_ours(self) -> bool:
        """Whether this version of the program made it, or could have."""
        return self.name.startswith(f"{LAYOUT}.")

    @property
    def cursor_name(self) -> str:
        return f"{NAME} {self.name}"

    @property
    def cursor(self) -> Cursor | None:
        return Cursor.objects.filter(pk__in=[self.cursor_name, self.cursor_name + BUILDING]).first()

    def index(self, audience: str) -> str:
        return f"{answers(audience)}-{self.name}"

    def writes(self, audience: str) -> str:
        return f"{self.index(audience)}-writes"


def answers(audience: str) -> str:
    """The alias that questions go to."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{audience}"


def answering(client: Elasticsearch) -> Generation | None:
    """The generation that questions are answered from; None when there is none, or only half of one."""
    try:
        found = client.indices.get_alias(name=",".join(map(answers, Audience.values)))
    except NotFoundError:
        return None
    held = {(alias, index) for index, about in found.items() for alias in about["aliases"]}
    for generation in {Generation(index.removeprefix(f"{alias}-")) for alias, index in held}:
        if held == {(answers(audience), generation.index(audience)) for audience in Audience.values}:
            return generation
    return None


def create(client: Elasticsearch) -> Generation:
    """Empty indices, which nobody asks yet, and a cursor at the end of the log as it is now: what is published
    from now on is read after what is published already."""
    generation = Generation.new()
    end = head()
    for audience in Audience.values:
        make_index(client, generation.index(audience), generation.writes(audience))
    Cursor.objects.create(pk=generation.cursor_name + BUILDING, epoch=end.epoch, seq=end.seq)
    return generation


def make_index(client: Elasticsearch, name: str, *aliases: str) -> None:
    index = Index(name, using=client)
    # Copies as there are nodes: one node is healthy without, two hold everything twice.
    index.settings(number_of_shards=settings.ELASTICSEARCH_SHARDS, auto_expand_replicas="0-1")
    index.aliases(**{alias: {} for alias in aliases})
    index.mapping(_mapping())
    index.create()


def switch(client: Elasticsearch, generation: Generation) -> None:
    """From now on this one answers, on both indexes at once."""
    moves: list[dict[str, dict[str, str | bool]]] = []
    for audience in Audience.values:
        alias = answers(audience)
        moves.append({"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}})
        moves.append({"add": {"index": generation.index(audience), "alias": alias}})
    client.indices.update_aliases(actions=moves)
    Cursor.objects.filter(pk=generation.cursor_name + BUILDING).update(name=generation.cursor_name)


def remove_others(client: Elasticsearch, kept: Generation) -> None:
    """Remove every generation but the one that answers and those that somebody is filling right now. What is
    called otherwise is somebody else's: a site with the prefix `oneanswer-public`, say."""
    busy = {cursor.pk.removesuffix(BUILDING) for cursor in being_built()}
    for audience in Audience.values:
        for index in client.indices.get(index=f"{answers(audience)}-*", filter_path="*.aliases"):
            other = Generation(index.removeprefix(f"{answers(audience)}-"))
            if _NAMED.fullmatch(other.name) and other != kept and other.cursor_name not in busy:
                client.indices.delete(index=index, ignore_unavailable=True)
    left = [kept.cursor_name, *(name + BUILDING for name in busy)]
    Cursor.objects.filter(pk__startswith=f"{NAME} ").exclude(pk__in=left).delete()


def being_built() -> list[Cursor]:
    """Cursors of the generations that somebody, perhaps another process, is filling."""
    lately = timezone.now() - ABANDONED_AFTER
    return list(Cursor.objects.filter(pk__endswith=BUILDING, moved_at__gte=lately))


def _mapping() -> Mapping:
    """Terms come analysed and end at spaces alone. A removed item is a row without any of these fields: it is
    found by nothing and weighs on nothing, but keeps its version."""
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    for name in FIELDS:
        mapping.field(name, Text(analyzer="whitespace"))
    for name in ("item", "shelf", "tokens", "keys", "place"):
        mapping.field(name, Keyword())
    mapping.field("length", Integer())
    mapping.field("changed", Date())
    return mapping
