"""What can be done about a question without an answer. Packages above search add theirs by the hook."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.organisation.queries import person
from search.wordbook.rules import why_not_teach

from .models import Gap

# `deed(question, user) -> Button | None`, a screen that begins with the words of the question.
QUESTION_DEEDS = "register_question_deed"
Deed = Callable[[str, AbstractUser], Button | None]


def deeds_for(gap: Gap, user: AbstractUser) -> list[Button]:
    """The buttons that this person can use, those that write first."""
    found = [deed(gap.text, user) for deed in (*hooks.get_hooks(QUESTION_DEEDS), teach_synonym, place_bet)]
    return [button for button in found if button is not None]


def teach_synonym(question: str, user: AbstractUser) -> Button | None:
    return _teach(_("Teach a synonym"), "search_synonyms:add", {"words": question}, "resubmit", user)


def place_bet(question: str, user: AbstractUser) -> Button | None:
    return _teach(_("Place a bet"), "search_bets:add", {"query": question}, "thumbtack", user)


def _teach(label: str, screen: str, begun: dict[str, str], icon: str, user: AbstractUser) -> Button | None:
    if why_not_teach(person(user)):
        return None
    return Button(
        label, f"{reverse(screen)}?{urlencode(begun)}", icon_name=icon, classname="button button-secondary"
    )
