"""Clues in Elasticsearch's language. Pure: nothing is asked here.

Terms come analysed; nothing that was typed is read as an expression.
"""

from __future__ import annotations

from collections.abc import Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.documents import WEIGHTS
from search.engines.protocol import SHORT, Clue, OneOf, Way

_FIELDS = [f"{name}^{weight:g}" for name, weight in WEIGHTS.items()]
_HEADING = [f"{name}^{WEIGHTS[name]:g}" for name in ("title", "names")]
_TITLE = ["title"]
FIRST = 1e9  # more than all words together are worth


def candidates(clues: Sequence[Clue], one_of: Sequence[Clue], key: str, keep: Sequence[OneOf]) -> Query:
    """What has all the clues, or one of `one_of`; and what `key` names, before all else."""
    ways: list[Query] = []
    if clues:
        every = [_clue(clue) for clue in clues]
        some = [_clue(clue) for clue in one_of]
        ways.append(Q("bool", must=[any_of(some)], should=every) if some else Q("bool", must=every))
    if key:
        ways.append(Q("constant_score", filter=Q("term", keys=key), boost=FIRST))
    return Q("bool", must=[any_of(ways)], filter=_kept(keep))


def all_of(clues: Sequence[Clue], keep: Sequence[OneOf]) -> Query:
    """What has all the clues, in no order."""
    return Q("bool", filter=[*(_clue(clue) for clue in clues), *_kept(keep)])


def titles(clues: Sequence[Clue], start: str, *, beginning: bool) -> Query:
    """Titles that have all the clues: those that begin with `start`, or the others."""
    begins = Q("prefix", place=start)
    words = [_clue(clue, _TITLE) for clue in clues]
    return Q("bool", filter=[*words, begins]) if beginning else Q("bool", filter=words, must_not=[begins])


def any_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Q("bool", should=list(queries), minimum_should_match=1)


def _clue(clue: Clue, fields: Sequence[str] = _FIELDS) -> Query:
    """The best of the ways counts."""
    ways = [_way(way, fields) for way in dict.fromkeys(clue.ways)]
    return ways[0] if len(ways) == 1 else Q("dis_max", queries=ways)


def _way(way: Way, fields: Sequence[str]) -> Query:
    if way.begins:
        return _beginning(way, fields)
    if len(way.terms) > 1:
        return Q(
            "multi_match", query=" ".join(way.terms), type="phrase", fields=list(fields), boost=way.worth
        )
    # One field of all four, in which a word weighs what it weighs where it stands.
    return Q("combined_fields", query=way.terms[0], fields=list(fields), boost=way.worth)


def _beginning(way: Way, fields: Sequence[str]) -> Query:
    if len(way.terms[0]) < SHORT and fields is _FIELDS:
        fields = _HEADING
    weighed = [field.partition("^") for field in fields]
    return Q(
        "dis_max",
        queries=[
            Q("prefix", **{name: {"value": way.terms[0], "boost": float(weight or 1) * way.worth}})
            for name, _sign, weight in weighed
        ],
    )


def _kept(keep: Sequence[OneOf]) -> list[Query]:
    return [any_of([Q("term", tokens=token) for token in tokens]) for tokens in keep]
