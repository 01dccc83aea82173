"""From one item of the desk to another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.publications.readings import Reading, Target
from cms.publications.vocabulary import Audience

from .addresses import Kept, item_address

_LINK = re.compile(r'<a\b[^>]*\bhref="item:([0-9a-f-]{36})"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Link:
    """Something else that the desk can show."""

    title: str
    address: str
    note: str = ""
    current: bool = False


def link_to(target: Target, kept: Kept) -> Link:
    note = _("staff") if target.audience == Audience.STAFF else ""
    return Link(target.title, item_address(target.id, kept), note)


def linked(html: str, reading: Reading, kept: Kept) -> SafeString:
    """Sanitised HTML whose links to other items lead to where the desk shows them; to what isn't
    published, they are words."""

    def lead(match: re.Match[str]) -> str:
        target = reading.targets.get(match[1])
        if target is None:
            return match[2]
        return f'<a href="{escape(item_address(target.id, kept))}" data-item>{match[2]}</a>'

    return mark_safe(_LINK.sub(lead, html))  # documents hold sanitised HTML alone
