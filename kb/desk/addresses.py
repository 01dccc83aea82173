"""Addresses of the desk that keep what was searched for."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

Kept = Mapping[str, str]


def item_address(item_id: str, kept: Kept, *, beside: str | None = None) -> str:
    """Where the desk shows an item; `beside` is the article whose other tab it is."""
    query = {**kept, **({"with": beside} if beside else {})}
    address = reverse("desk:item", args=[item_id])
    return f"{address}?{urlencode(query)}" if query else address


def home_address(kept: Kept) -> str:
    address = reverse("desk:home")
    return f"{address}?{urlencode(kept)}" if kept else address
