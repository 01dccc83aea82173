"""The one place where HTML is cleaned: once, on its way into a document.

Bleach is no longer developed; it stays behind these functions (docs/decisions/0004-bleach.md).
"""

from __future__ import annotations

import re
from html import unescape

import bleach
import markdown
from django.utils.translation import gettext as _

from .errors import Refusal, refuse_if

TAGS = frozenset(
    "p br strong em b i a ul ol li h3 h4 h5 blockquote code pre hr table thead tbody tr th td".split()
)
ATTRIBUTES = {"a": ["href", "title"], "th": ["scope"], "td": ["colspan"], "ol": ["start"]}
# `item:ID` is how documents link to each other (see publications.documents).
PROTOCOLS = frozenset({"http", "https", "mailto", "tel", "item"})
_DROPPED_WITH_CONTENT = re.compile(
    r"<(script|style|iframe|object|embed|noscript|template|svg|math|textarea|title)\b[^>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)


# Nobody reads more on one page, and cleaning takes seconds from there on.
MOST_CHARACTERS = 60_000
# Markdown and its cleaning look for the end of each “[” and “<” in all that follows.
MOST_BRACKETS = 1_000


def clean_html(html: str) -> str:
    """HTML with nothing in it but text, lists, links and tables; scripts go with their content.

    Raises `Refused` for what is longer than anybody would read.
    """
    refuse_if(_why_not_clean(html))
    return _cleaned(html)


def _cleaned(html: str) -> str:
    previous = None
    while previous != html:
        previous, html = html, _DROPPED_WITH_CONTENT.sub("", html)
    return bleach.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True
    ).strip()


def markdown_html(text: str) -> str:
    """Markdown as clean HTML. Headings start at the third level, since the page has the first two.

    Raises `Refused` for what is longer than anybody would read.
    """
    refuse_if(_why_not_clean(text) or _why_not_parse(text))
    html = markdown.markdown(text, extensions=["tables", "sane_lists", "smarty"], output_format="html")
    html = re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(5, max(3, int(m[2])))}>", html)
    return _cleaned(html)


def plain_text(html: str) -> str:
    """The words of a piece of HTML, blocks parted by a line break; for search, differences, reading out."""
    html = re.sub(r"(?i)<br\s*/?>|</(p|li|h[1-6]|tr|blockquote|pre)>", "\n", html)
    text = unescape(bleach.clean(html, tags=set(), strip=True, strip_comments=True))
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"[ \t\xa0]+", " ", text)).strip()


def _why_not_clean(text: str) -> Refusal | None:
    if len(text) <= MOST_CHARACTERS:
        return None
    return Refusal(
        "too-long",
        _("A text has %(length)d characters, and %(most)d can be read. Part it into several.")
        % {"length": len(text), "most": MOST_CHARACTERS},
        422,
    )


def _why_not_parse(text: str) -> Refusal | None:
    if max(text.count("["), text.count("<")) <= MOST_BRACKETS:
        return None
    return Refusal(
        "too-many-brackets",
        _("A text has more than %(most)d opening brackets “[” or “<”. Leave out those that begin nothing.")
        % {"most": MOST_BRACKETS},
        422,
    )
