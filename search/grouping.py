"""Ten articles of one service must not hide the rest: the best few of them are shown, and how many more
there are. Pure; the whole list is folded before it is cut into pages, so that pages follow each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from .documents import Shelf
from .ranking import Ranked

FEW = 3  # hits of one service, its page among them


@dataclass(frozen=True)
class Hit:
    """One hit: an item, where it stands, and how it was ranked; `pinned`: a best bet, which may have none
    of the words. `more_of_service`: further hits of its service that are folded away behind it."""

    item: UUID
    shelf: str
    ranked: Ranked | None = None
    pinned: bool = False
    more_of_service: int = 0

    @property
    def service(self) -> str:
        """The service that it belongs to, or is."""
        shelf = Shelf.read(self.shelf)
        return shelf.of or (str(self.item) if shelf.type == "service" else "")

    def stands_on(self, keep: Iterable[Collection[str]]) -> bool:
        return Shelf.read(self.shelf).stands_on(keep)


def folded(hits: Iterable[Hit]) -> list[Hit]:
    """The hits without those that are one too many of their service; what is pinned always stays."""
    shown: list[Hit] = []
    seen: Counter[str] = Counter()
    last: dict[str, int] = {}
    for hit in hits:
        service = hit.service
        if service and not hit.pinned and seen[service] >= FEW:
            place = last[service]
            shown[place] = replace(shown[place], more_of_service=shown[place].more_of_service + 1)
            continue
        if service:
            seen[service] += 1
            last[service] = len(shown)
        shown.append(hit)
    return shown
