"""In one word where a draft stands, the same in every list of the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import StatusTagColumn

from .models import SubmissionDocument

STATES = {
    "draft": _("never published"),
    "published": _("published"),
    "changed": _("published, with a newer draft"),
    "waiting": _("waiting for approval"),
    "withdrawn": _("withdrawn"),
}


def with_state(drafts: QuerySet[Any]) -> QuerySet[Any]:
    """Drafts with `state`, one of `STATES`."""
    waits = SubmissionDocument.objects.filter(item=OuterRef("item"), open=True)
    return drafts.annotate(
        state=Case(
            When(Exists(waits), then=Value("waiting")),
            When(live=True, has_unpublished_changes=True, then=Value("changed")),
            When(live=True, then=Value("published")),
            When(first_published_at=None, then=Value("draft")),
            default=Value("withdrawn"),
            output_field=CharField(),
        )
    )


def state_apart_from_waiting(draft: Any) -> str:
    """The same for one draft, without asking whether it waits: its lock tells that."""
    if draft.live:
        return "changed" if draft.has_unpublished_changes else "published"
    return "withdrawn" if draft.first_published_at else "draft"


def state_column() -> StatusTagColumn:
    """The column of lists whose rows come from `with_state`."""
    return StatusTagColumn(
        "state",
        label=_("Status"),
        accessor=lambda draft: STATES[draft.state],
        primary=lambda draft: draft.live,
        width="14%",
    )
