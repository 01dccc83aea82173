"""Teaching the search: one function, one deed, atomic, audited with the old and the new values.

`by` is a webmaster or a champion; `None` for the command line. Each raises `Refused` and writes nothing
when a rule says no.
"""

from __future__ import annotations

from .bets import change_bet, place_bet, remove_bet
from .importing import Report, import_synonyms
from .stop_phrases import change_stop_phrase, remove_stop_phrase, teach_stop_phrase
from .synonyms import change_synonyms, remove_synonyms, teach_synonyms

__all__ = [
    "Report",
    "change_bet",
    "change_stop_phrase",
    "change_synonyms",
    "import_synonyms",
    "place_bet",
    "remove_bet",
    "remove_stop_phrase",
    "remove_synonyms",
    "teach_stop_phrase",
    "teach_synonyms",
]
