"""Ten articles of one service don't hide the rest."""

from __future__ import annotations

from uuid import UUID

from search.documents import Shelf
from search.grouping import FEW, Hit, folded

SERVICE = UUID(int=1)


def service() -> Hit:
    return Hit(SERVICE, str(Shelf("service", "parks")))


def article(number: int, of: UUID | None = SERVICE, *, pinned: bool = False) -> Hit:
    return Hit(UUID(int=number), str(Shelf("article", "parks", of=str(of or ""))), pinned=pinned)


def shown(*hits: Hit) -> list[tuple[int, int]]:
    return [(hit.item.int, hit.more_of_service) for hit in folded(hits)]


def test_a_few_of_a_service_are_shown_and_the_others_counted() -> None:
    hits = [service(), *(article(number) for number in range(10, 20)), article(99, None)]
    assert shown(*hits) == [(1, 0), (10, 0), (11, 11 - FEW), (99, 0)]


def test_the_rest_is_counted_behind_the_last_that_is_shown() -> None:
    other = UUID(int=2)
    hits = [article(10), article(20, other), article(11), article(12), article(13), article(21, other)]
    assert shown(*hits) == [(10, 0), (20, 0), (11, 0), (12, 1), (21, 0)]


def test_what_belongs_to_no_service_is_never_folded() -> None:
    assert len(folded(article(number, None) for number in range(10))) == 10


def test_what_is_pinned_stays() -> None:
    hits = [article(number, pinned=True) for number in range(10, 16)]
    assert len(folded(hits)) == 6
