"""Links: to other items by what is published now, and to elsewhere only where that is safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms.publications.readings import Target

_ITEM_LINK = re.compile(
    r'<a\b((?:[^>"]|"[^"]*")*?)\bhref="item:([0-9a-fA-F-]{36})"((?:[^>"]|"[^"]*")*)>(.*?)</a>',
    re.IGNORECASE | re.DOTALL,
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def resolved(html: str, targets: Mapping[str, Target]) -> SafeString:
    """Sanitised HTML of a document, with `item:` links led to where their items stand now.

    A link to something that is not published, or has no address, becomes plain text.
    """

    def link(match: re.Match[str]) -> str:
        before, item, after, text = match.groups()
        target = targets.get(item.lower())
        if target is None or not target.path:
            return text
        return f'<a{before}href="{escape(target.path)}"{after}>{text}</a>'

    return mark_safe(_ITEM_LINK.sub(link, html))


def safe_url(address: str) -> str:
    """The address when a reader may be sent there, else nothing: no scripts, no data."""
    address = address.strip()
    if any(ord(letter) <= 32 for letter in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() in _SCHEMES:
        return address
    own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if own and not parts.scheme else ""


def phone_url(number: str) -> str:
    """`01632 960 100` → `tel:01632960100`; nothing when there is no number in it."""
    digits = re.sub(r"[^\d+]", "", number)
    return f"tel:{digits}" if digits else ""


def email_url(address: str) -> str:
    """A `mailto:` for what looks like one address; nothing else."""
    address = address.strip()
    return f"mailto:{quote(address, safe='@+')}" if re.fullmatch(r"[^@\s,;?&]+@[^@\s,;?&]+", address) else ""


def file_url(sha256: str, name: str) -> str:
    return f"/files/{sha256}/{quote(name, safe='')}"
