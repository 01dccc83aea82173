"""The submit screen: what will be sent, what is missing, who decides next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.errors import refuse_if
from cms.publications import registry
from cms.publications.gaps import place_in_form
from workflows import commands, rules
from workflows.access import item_for
from workflows.drafts import open_submission
from workflows.forms import SubmitForm
from workflows.rehearsal import Part, rehearse

from .screen import Screen


class SubmitScreen(Screen):
    template_name = "workflows/screens/submit.html"
    page_title = gettext_lazy("Send for approval")
    header_icon = "upload"

    def find(self) -> None:
        user: Any = self.request.user
        self.item = item_for(user, self.kwargs["item_id"])
        self.rehearsal = rehearse(self.item, user)

    def get_page_subtitle(self) -> str:
        return self.rehearsal.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waits = open_submission(self.item.pk)
        refusal = self.rehearsal.refusal
        missing = [gap for part in self.rehearsal.parts for gap in _gaps(part)]
        return super().get_context_data(
            item=self.item,
            rehearsal=self.rehearsal,
            missing=missing or [(detail, "") for detail in (refusal.details if refusal else ())],
            first=self.rehearsal.parts[0],
            form=SubmitForm(initial={"note": self.request.POST.get("note", "")}),
            edit_url=registry.kind(self.item.kind).edit_url(self.item),
            waits=waits,
            **kwargs,
        )

    def do(self) -> HttpResponse:
        user: Any = self.request.user
        refuse_if(rules.why_not_send_unseen(seen=self.request.POST.get("seen", ""), now=self.rehearsal.sha))
        items = [self.item, *self.rehearsal.together]
        note = self.request.POST.get("note", "")
        submission = commands.submit(items, by=user, note=note)
        messages.success(
            self.request,
            _("Sent for approval: “%(title)s” waits for the department.") % {"title": self.rehearsal.title},
        )
        return redirect("workflows_review", submission.pk)


def _gaps(part: Part) -> list[tuple[str, str]]:
    """What is missing, and where in the form to add it."""
    form = registry.kind(part.item.kind).edit_url(part.item)
    return [(sentence, form + place_in_form(sentence)) for sentence in part.missing]
