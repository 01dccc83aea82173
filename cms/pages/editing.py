"""Saving drafts: one save after the other, and none over a newer one.

The form saves by itself while somebody writes. When they press a button, such a save may still be under
way. When it comes late, it would put the older text over the newer one: Wagtail only asks whether both belong
to one sitting. When it comes first, it makes rows (facts, steps) that the form doesn't know yet and sends as
new ones once more.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_datetime
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Comment, Page, Revision
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import EditView as SnippetEditView
from wagtail.snippets.views.snippets import LockView, UnlockView


class OneSaveAtATime:
    """For Wagtail's edit views. What a save is based on is read when the saves before it are done."""

    def rows(self, **kwargs: Any) -> models.QuerySet:
        """The row that is edited, by the address."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            list(self.rows(**kwargs).select_for_update(of=("self",), no_key=True).values_list("pk"))
            return super().dispatch(request, *args, **kwargs)

    @property
    def is_out_of_date(self) -> bool:
        """Whether there is a newer draft than the one that the form last heard of."""
        known = self.request.POST.get("loaded_revision_created_at")  # type: ignore[attr-defined]
        if known and known != self.latest_revision_created_at:  # type: ignore[attr-defined]
            return True
        return super().is_out_of_date

    def form_valid(self, form: Any) -> HttpResponse:
        """Where only the person's own saves came before this one, what they see now is the whole of it. What
        somebody else has added stays."""
        if self._savers_meanwhile() == {self.request.user.pk}:  # type: ignore[attr-defined]
            forget_unsent(form)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def _savers_meanwhile(self) -> set[int | None]:
        """Whose drafts are newer than the one that the form last heard of."""
        newest = self.latest_revision  # type: ignore[attr-defined]
        known = self.request.POST.get("loaded_revision_created_at", "")  # type: ignore[attr-defined]
        if not newest or known == newest.created_at.isoformat():
            return set()
        try:
            since = parse_datetime(known)
        except ValueError:
            since = None
        if since is None:
            return set()
        drafts = Revision.objects.filter(
            base_content_type=newest.base_content_type, object_id=newest.object_id, created_at__gt=since
        )
        return set(drafts.values_list("user_id", flat=True))


def forget_unsent(form: Any) -> None:
    """Take away the rows of a draft that the form didn't send, those of its rows included. Not comments: the
    form sends only those that are open."""
    for rows in getattr(form, "formsets", {}).values():
        if issubclass(rows.model, Comment):
            continue
        sent = {row.instance.pk for row in rows.initial_forms}
        kept = getattr(rows.instance, rows.rel_name)
        kept.remove(*[row for row in kept.all() if row.pk not in sent])
        for row in rows.initial_forms:
            forget_unsent(row)


class PageEditing(OneSaveAtATime, EditView):
    def rows(self, **kwargs: Any) -> models.QuerySet:
        return Page.objects.filter(pk=kwargs["page_id"])


class DraftEditing(OneSaveAtATime, SnippetEditView):
    """Wagtail asks for the right to change some draft of this kind, and lets superusers unlock; here it is
    asked for this one, and being a superuser unlocks nothing."""

    def rows(self, **kwargs: Any) -> models.QuerySet:
        return self.model._default_manager.filter(pk=kwargs["pk"])

    def user_has_permission(self, permission: str) -> bool:
        policy = policy_registry.get_by_type(self.model)
        allowed: bool = policy.user_has_permission_for_instance(self.request.user, permission, self.object)
        return allowed


class NoLocking(LockView):
    """A draft is locked while it waits for approval, and never by hand."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied


class NoUnlocking(UnlockView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied
