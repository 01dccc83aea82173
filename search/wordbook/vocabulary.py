"""The words of what editors teach the search."""

from __future__ import annotations

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from search.languages import family

LANGUAGES = {
    "en": _("English"),
    "nl": _("Dutch"),
    "de": _("German"),
    "nb": _("Norwegian"),
    "sv": _("Swedish"),
}


class Direction(TextChoices):
    ONE_WAY = "one_way", _("one way")
    BOTH_WAYS = "both_ways", _("both ways")


class BetKind(TextChoices):
    BEST = "best", _("best bet")
    WORST = "worst", _("worst bet")


class Deed(TextChoices):
    """What the audit trail calls what was done; `changes.py` shows them."""

    SYNONYMS_TAUGHT = "synonyms taught", _("synonyms taught")
    SYNONYMS_CHANGED = "synonyms changed", _("synonyms changed")
    SYNONYMS_REMOVED = "synonyms removed", _("synonyms removed")
    SYNONYMS_IMPORTED = "synonyms imported", _("synonyms imported")
    BET_PLACED = "bet placed", _("bet placed")
    BET_CHANGED = "bet changed", _("bet changed")
    BET_REMOVED = "bet removed", _("bet removed")
    STOP_PHRASE_TAUGHT = "stop phrase taught", _("stop phrase taught")
    STOP_PHRASE_CHANGED = "stop phrase changed", _("stop phrase changed")
    STOP_PHRASE_REMOVED = "stop phrase removed", _("stop phrase removed")


def languages() -> dict[str, str]:
    """What can be taught for: the languages that search knows, and the one that it answers in."""
    own = family(settings.LANGUAGE_CODE)
    return {own: str(LANGUAGES.get(own, own)), **{code: str(name) for code, name in LANGUAGES.items()}}
