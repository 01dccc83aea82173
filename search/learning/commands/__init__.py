"""Every write of what search learns.

Counting asks nobody for a right and is not audited: it keeps no person, so there is none to name. Tasks are
deeds: one function each, atomic, audited, refused with a sentence.
"""

from __future__ import annotations

from .counting import count_search, count_use
from .gaps import answer_gap, decline_gap, open_gap
from .tidying import tidy
from .windows import go_on, use_at_desk

__all__ = [
    "answer_gap",
    "count_search",
    "count_use",
    "decline_gap",
    "go_on",
    "open_gap",
    "tidy",
    "use_at_desk",
]
