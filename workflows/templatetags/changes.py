"""How a change reads at a review."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def unnamed(value: str, label: str) -> str:
    """`Permit: £25; Permit: £27, from 1 May` beneath the heading “Permit” → `£25; £27, from 1 May`."""
    prefix = f"{label}: "
    return "; ".join(version.removeprefix(prefix) for version in value.split("; ")) if label else value
