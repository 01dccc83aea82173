"""Wagtail's own API for its admin, without the deeds: it lists pages for choosers, and does nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from wagtail.admin.api.views import PagesAdminAPIViewSet


class ReadingPagesAPIViewSet(PagesAdminAPIViewSet):
    """Publishing, reverting, copying, moving and deleting go through no side door."""

    actions: ClassVar[dict[str, Any]] = {}

    def action_view(self, request: HttpRequest, pk: int, action_name: str) -> JsonResponse:
        return JsonResponse(
            {
                "message": _(
                    "Pages are not changed through this API. Write in the form, and send the text for approval."
                )
            },
            status=403,
        )
