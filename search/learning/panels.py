"""The champion's panel of the admin's first screen: questions that became tasks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms.publications.vocabulary import Audience

from .models import Gap
from .views.report import ASKED_BY

SHOWN = 8


class GapsPanel(Component):
    name = "questions-to-answer"
    template_name = "search_learning/gaps_panel.html"
    order = 15  # after what waits for a verdict

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        open_ones = Gap.objects.open().select_related("opened_by")
        rows = [
            {
                "gap": gap,
                "url": reverse("search_gaps:task", args=[gap.pk]),
                "asked_by": ASKED_BY[Audience(gap.audience)],
            }
            for gap in open_ones[:SHOWN]
        ]
        return {"rows": rows, "more": max(0, open_ones.count() - SHOWN)}
