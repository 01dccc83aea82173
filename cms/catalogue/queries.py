"""Reading the catalogue."""

from __future__ import annotations

from .models import StandardService, StandardServiceQuerySet


def offered(list_name: str | None = None) -> StandardServiceQuerySet:
    """The standard services that a page can be started from, of one list or of all."""
    services = StandardService.objects.offered().select_related("list")
    return services.in_list(list_name) if list_name else services


def search(words: str, list_name: str | None = None) -> StandardServiceQuerySet:
    """Offered standard services in which each word stands; a code finds its service."""
    return offered(list_name).matching(words)
