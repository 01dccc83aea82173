"""Where the workflow stands in Wagtail's own menus: the sidebar, the editors' action menus, listings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.action_menu import ActionMenuItem as PageActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem

from cms.organisation.queries import person
from cms.publications.models import Current
from cms.publications.vocabulary import Status
from workflows import access, queries
from workflows.drafts import DraftOfItem, open_submission

SEND = "action-send-for-approval"


class WaitingMenuItem(MenuItem):
    """“Waiting for you” in the sidebar, with how many there are."""

    def is_shown(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(person(user).posts)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        user: Any = request.user
        count = len(queries.waiting_for(user))
        attrs = {}
        if count:
            said = ngettext("Waiting for you: %(count)d text", "Waiting for you: %(count)d texts", count)
            attrs = {"aria-label": said % {"count": count}, "data-oa-count": str(min(count, 99))}
        return LinkMenuItem(
            self.name,
            str(self.label),
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=attrs,
        )


class SendForApproval:
    """Saves the draft, then opens the submit screen. For the action menus of pages and snippets."""

    name = SEND
    label = gettext_lazy("Send for approval")
    icon_name = "upload"
    order = 5

    def is_shown(self, context: dict[str, Any]) -> bool:
        draft = _draft_in(context)
        user = context["request"].user
        if draft is None or context.get("locked_for_user") or context["view"] == "revisions_revert":
            return False
        return access.may_send(draft, user)


class OpenSubmission:
    """Leads from a text that waits to its submission."""

    name = "open-submission"
    label = gettext_lazy("Open the submission")
    icon_name = "clipboard-list"
    order = 1

    def is_shown(self, context: dict[str, Any]) -> bool:
        draft = _draft_in(context)
        return draft is not None and open_submission(draft.item_id) is not None

    def get_url(self, context: dict[str, Any]) -> str | None:
        draft = _draft_in(context)
        submission = open_submission(draft.item_id) if draft else None
        return reverse("workflows_review", args=[submission.pk]) if submission else None


class SendPage(SendForApproval, PageActionMenuItem):
    pass


class SendSnippet(SendForApproval, SnippetActionMenuItem):
    pass


class OpenPageSubmission(OpenSubmission, PageActionMenuItem):
    pass


class OpenSnippetSubmission(OpenSubmission, SnippetActionMenuItem):
    pass


def on_to_submit(request: HttpRequest, draft: Any) -> HttpResponse | None:
    """After a draft was saved with “Send for approval”: on to the submit screen."""
    if SEND in request.POST and isinstance(draft, DraftOfItem):
        return redirect("workflows_submit", draft.item_id)
    return None


def history_button(draft: Any, user: AbstractUser, *, priority: int = 60) -> Iterator[Button]:
    """To what was published of a draft, for those who write or review it; the other deeds start there."""
    if not isinstance(draft, DraftOfItem) or draft.item_id is None:
        return
    if access.can_see(person(user), [draft.item.kind], draft.item.department_id):
        url = reverse("workflows_history", args=[draft.item_id])
        yield Button(_("Publication history"), url=url, icon_name="history", priority=priority)


def item_buttons(draft: Any, user: AbstractUser, *, priority: int = 70) -> Iterator[Button]:
    """History, withdrawal and move of what an item says, for the head of its editor."""
    buttons = list(history_button(draft, user, priority=priority))
    yield from buttons
    if not buttons or not Current.objects.filter(pk=draft.item_id, status=Status.PUBLISHED).exists():
        return
    url = reverse("workflows_withdraw", args=[draft.item_id])
    yield Button(_("Withdraw"), url=url, icon_name="download", priority=priority + 1)
    if person(user).is_webmaster:
        url = reverse("workflows_move", args=[draft.item_id])
        yield Button(_("Move or hand over"), url=url, icon_name="redirect", priority=priority + 2)


def _draft_in(context: dict[str, Any]) -> DraftOfItem | None:
    """The draft that an editor is about; in the form for a new one, an empty one of its kind."""
    draft = context.get("page") or context.get("instance")
    if draft is None and isinstance(context.get("model"), type):
        draft = context["model"]()
    return draft if isinstance(draft, DraftOfItem) else None
