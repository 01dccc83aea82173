"""What of the teaching wants a person again, on the first screen of those who teach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from cms.core import clock
from cms.organisation.queries import person

from .models import Bet, StopPhrase, Synonyms
from .rules import why_not_teach

ENDS_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """How many of one sort, in words, and the list of them."""

    sentence: str
    url: str


def due(today: date) -> Iterator[Due]:
    """Each sort of which there is any."""
    synonyms = Synonyms.objects.due_for_review(today).count()
    if synonyms:
        said = ngettext(
            "%(count)d rule of synonyms is due for review",
            "%(count)d rules of synonyms are due for review",
            synonyms,
        )
        yield Due(said % {"count": synonyms}, f"{reverse('search_synonyms:index')}?review=due")
    ending = Bet.objects.ending(today, today + ENDS_SOON).count()
    if ending:
        said = ngettext("%(count)d bet ends within a week", "%(count)d bets end within a week", ending)
        yield Due(said % {"count": ending}, f"{reverse('search_bets:index')}?state=ending")
    over = Bet.objects.over(today).count()
    if over:
        said = ngettext(
            "%(count)d bet is over: renew or remove it", "%(count)d bets are over: renew or remove them", over
        )
        yield Due(said % {"count": over}, f"{reverse('search_bets:index')}?state=over")
    phrases = StopPhrase.objects.due_for_review(today).count()
    if phrases:
        said = ngettext(
            "%(count)d stop phrase is due for review", "%(count)d stop phrases are due for review", phrases
        )
        yield Due(said % {"count": phrases}, f"{reverse('search_stop_phrases:index')}?review=due")


class DuePanel(Component):
    """Not there for others, nor while nothing is due."""

    name = "search-due"
    template_name = "search_wordbook/due_panel.html"
    order = 40

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        teaches = why_not_teach(person(parent_context["request"].user)) is None
        return {"due": list(due(clock.today())) if teaches else []}
