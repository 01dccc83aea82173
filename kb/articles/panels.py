"""The form in the order in which people think: what is asked, what is answered, then the rest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from workflows.panels import ApprovalPanel

from .forms import ArticleForm, UrgentArticleForm

_short = AdminAutoHeightTextInput(attrs={"rows": 2})


def _panels() -> list[Panel]:
    return [
        FieldPanel("question"),
        FieldPanel("short_answer", widget=_short),
        MultiFieldPanel(
            [FieldPanel("service_item"), FieldPanel("department"), FieldPanel("quoted")],
            heading=_("Service and its facts"),
            icon="list-ul",
        ),
        FieldPanel("answer"),
        FieldPanel("ask_caller"),
        FieldPanel("pass_on"),
        FieldPanel("handling_class"),
        FieldPanel("internal_contacts"),
        MultiFieldPanel(
            [FieldPanel("tags"), FieldPanel("review_on")],
            heading=_("Words to find it by, and review date"),
            icon="tag",
            classname="collapsed",
        ),
    ]


def draft_panels() -> ObjectList:
    """For drafts."""
    return ObjectList([ApprovalPanel(), *_panels()], base_form_class=ArticleForm)


def urgent_panels() -> ObjectList:
    """For what is published at once: the same form, and the reason."""
    return ObjectList(
        [*_panels(), FieldPanel("reason", icon="warning")],
        base_form_class=UrgentArticleForm,
    )
