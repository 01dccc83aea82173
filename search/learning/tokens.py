"""A question that this search really answered, signed, so that nobody reports what never was.

It holds the question as it may be kept, whether anything was found, and which items. No number of its own
and no time: the same question gets the same token, so that public answers stay the same bytes, and nothing
in it tells two people apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from search import analysis, languages

from .cleaning import cleaned

MOST_HITS = 40
_SIGNS = 8  # of an item's id; what they could be mistaken for would have to be found by the same question
_signer = Signer(salt="search.learning")


@dataclass(frozen=True)
class Told:
    """A question and what came of it."""

    audience: str
    text: str
    key: str
    empty: bool
    hits: str

    def found(self, item: UUID) -> bool:
        return item.hex[:_SIGNS] in (self.hits[n : n + _SIGNS] for n in range(0, len(self.hits), _SIGNS))


def tell(text: str, *, audience: str, total: int, hits: Iterable[str | UUID], key: str = "") -> Told | None:
    """What may be told of a search; `None` when nothing of it may be kept. `key`: of the text as it was
    asked, where it is known already."""
    kept = cleaned(text)
    if kept != text or not key:
        key = analysis.key(kept, languages.primary(settings.LANGUAGE_CODE))
    if not key:
        return None
    shown = [str(hit).replace("-", "")[:_SIGNS] for hit in hits]
    return Told(audience, kept, key, not total, "".join(shown[:MOST_HITS]))


def sign(told: Told | None) -> str:
    """As it goes out with the answer; empty where nothing is to be reported."""
    if told is None:
        return ""
    return _signer.sign_object([told.audience, told.text, told.key, told.empty, told.hits], compress=True)


def read(token: str) -> Told | None:
    """What was signed; `None` for what wasn't, or not by us."""
    try:
        audience, text, key, empty, hits = _signer.unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return Told(audience, text, key, empty, hits)
