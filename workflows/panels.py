"""What a form says at its top about the way from the draft to its readers."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from .access import may_send
from .drafts import open_submission


class ApprovalPanel(Panel):
    """Says whether anybody reads this, and leads to the screen from which it is sent. A link, so that no
    Enter in a field can press it; the form saves by itself what was typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "workflows/parts/approval_notice.html"

        def is_shown(self) -> bool:
            if self.request is None or open_submission(self.instance.item_id) is not None:
                return False
            return may_send(self.instance, self.request.user)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "draft": self.instance}
