"""Rich text as writers typed it → the clean HTML that documents hold."""

from __future__ import annotations

import re

from wagtail.models import Page

from cms.core.sanitise import clean_html

# Wagtail writes internal links as <a linktype="page" id="7">; links never stand inside one another.
_LINK = re.compile(r"<a\b([^>]*\blinktype=[^>]*)>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"""\blinktype=["']page["']""")
_ID = re.compile(r"""\bid=["'](\d+)["']""")
_EMPTY = re.compile(r"<p[^>]*>(?:\s|&nbsp;|<br\s*/?>)*</p>")


def html_of(source: str) -> str:
    """Clean HTML; links to pages become links to their items, links to files and the like plain words."""
    linked = [_page_id(match[1]) for match in _LINK.finditer(source)]
    items = items_of_pages({pk for pk in linked if pk is not None})

    def link(match: re.Match[str]) -> str:
        item = items.get(_page_id(match[1]) or 0)
        return f'<a href="item:{item}">{match[2]}</a>' if item else match[2]

    return _EMPTY.sub("", clean_html(_LINK.sub(link, source or ""))).strip()


def items_of_pages(ids: set[int]) -> dict[int, str]:
    """From pages to the items that are written in them."""
    if not ids:
        return {}
    pages = Page.objects.filter(pk__in=ids).specific()
    return {page.pk: str(page.item_id) for page in pages if getattr(page, "item_id", None)}


def _page_id(attributes: str) -> int | None:
    number = _ID.search(attributes) if _PAGE.search(attributes) else None
    return int(number[1]) if number else None
