"""The review screen: what readers will see, what changed, and the verdicts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.errors import Refusal, Refused
from cms.publications import registry
from workflows import commands, sheets, standing
from workflows.access import submission_for
from workflows.forms import SendBackForm
from workflows.models import Submission
from workflows.vocabulary import Deed

from .screen import Screen


class ReviewScreen(Screen):
    template_name = "workflows/screens/review.html"
    page_title = gettext_lazy("Review")

    def find(self) -> None:
        user: Any = self.request.user
        self.submission = submission_for(user, self.kwargs["pk"])
        self.sheet = sheets.sheet(self.submission, user)

    def get_page_subtitle(self) -> str:
        return self.sheet.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.request.POST.get("reason", "")
        first = self.sheet.leaves[0].one.row.item if self.sheet.leaves else None
        return super().get_context_data(
            sheet=self.sheet,
            submission=self.submission,
            shown_as=standing.heading(self.submission),
            form=SendBackForm(initial={"reason": typed}),
            typed=typed,
            edit_url=registry.kind(first.kind).edit_url(first) if first else "",
            decides=not (self.sheet.may["approve"] and self.sheet.may["send_back"]),
            why_not=self.sheet.may["approve"],
            again=Submission.objects.filter(previous=self.submission).first(),
            **kwargs,
        )

    def do(self) -> HttpResponse:
        deeds = {
            "approve": self._approve,
            "send_back": self._send_back,
            "take_back": self._take_back,
            "compose_again": self._compose_again,
        }
        deed = deeds.get(self.request.POST.get("deed", ""))
        if deed is None:
            raise Refused(Refusal("no-deed", _("Choose what to do with it."), 422))
        return deed()

    def _approve(self) -> HttpResponse:
        user: Any = self.request.user
        done = commands.approve(self.submission, by=user, seen=self.request.POST.get("seen", ""))
        if done.is_open:
            told = _("Approved: “%(title)s” waits for a webmaster now.")
        elif done.deed == Deed.WITHDRAW:
            told = _("Approved: “%(title)s” is withdrawn.")
        else:
            told = _("Approved: “%(title)s” is published.")
        return self._on("workflows_waiting", told)

    def _send_back(self) -> HttpResponse:
        user: Any = self.request.user
        commands.send_back(
            self.submission,
            by=user,
            seen=self.request.POST.get("seen", ""),
            reason=self.request.POST.get("reason", ""),
        )
        return self._on("workflows_waiting", _("Sent back: the author of “%(title)s” reads your reason."))

    def _take_back(self) -> HttpResponse:
        user: Any = self.request.user
        commands.take_back(self.submission, by=user)
        told = _("Taken back: “%(title)s” can be changed again.")
        return self._on("workflows_review", told, self.submission.pk)

    def _compose_again(self) -> HttpResponse:
        user: Any = self.request.user
        again = commands.compose_again(self.submission, by=user)
        return self._on(
            "workflows_review", _("Composed again: “%(title)s” waits for the department."), again.pk
        )

    def _on(self, name: str, told: str, *args: Any) -> HttpResponse:
        messages.success(self.request, told % {"title": self.sheet.title})
        return redirect(name, *args)
