"""The screen to withdraw what is published: an author asks for it, a champion does it at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.errors import Refusal
from cms.organisation.queries import person
from cms.publications import registry
from cms.publications.models import Address, Current
from workflows import cautions, commands, queries, rules
from workflows.access import item_for
from workflows.forms import WithdrawForm
from workflows.vocabulary import URGENT_KINDS

from .screen import Screen


class WithdrawScreen(Screen):
    template_name = "workflows/screens/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    header_icon = "download"

    def find(self) -> None:
        user: Any = self.request.user
        self.item = item_for(user, self.kwargs["item_id"])
        self.row = Current.objects.filter(pk=self.item.pk).first()
        if self.row is None:
            raise Http404
        self.at_once = self.item.kind in URGENT_KINDS and person(user).is_champion
        self.form = WithdrawForm(self.request.POST or None, item=self.item)

    def get_page_subtitle(self) -> str:
        assert self.row is not None
        return self.row.title

    def why_not(self) -> Refusal | None:
        """Why this person can't, whatever they type."""
        user: Any = self.request.user
        ask = rules.why_not_withdraw_urgent if self.at_once else rules.why_not_withdraw
        return ask(person(user), queries.item_state(self.item), reason="-")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.row is not None
        return super().get_context_data(
            item=self.item,
            row=self.row,
            at_once=self.at_once,
            form=self.form,
            why_not=self.why_not(),
            checks=cautions.of_withdrawing(self.item),
            addresses=Address.objects.filter(item=self.item).order_by("path"),
            kind_label=registry.kind(self.item.kind).label,
            **kwargs,
        )

    def do(self) -> HttpResponse:
        user: Any = self.request.user
        if not self.form.is_valid():
            return self.refused(Refusal("invalid", _("Something is not right below. Nothing was done."), 422))
        reason, instead = self.form.cleaned_data["reason"], self.form.cleaned_data["instead"]
        title = {"title": self.get_page_subtitle()}
        if self.at_once:
            entry = commands.withdraw_urgent(self.item, by=user, reason=reason, instead=instead)
            messages.success(
                self.request, _("Withdrawn: “%(title)s”. Somebody else looks at it now.") % title
            )
            return redirect("workflows_debt", entry.debt.pk)
        submission = commands.ask_withdrawal(self.item, by=user, reason=reason, instead=instead)
        messages.success(
            self.request,
            _("Sent for approval: the withdrawal of “%(title)s” waits for the department.") % title,
        )
        return redirect("workflows_review", submission.pk)
