"""The screen of a review that is owed: what went live without it, and what the second person found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core import clock
from cms.core.errors import Refusal
from cms.organisation.queries import names, person
from cms.publications import differences, documents, registry
from workflows import commands, queries, rules
from workflows.access import debt_for
from workflows.forms import DebtForm
from workflows.sheets import published_before, reference_changes
from workflows.vocabulary import Outcome

from .screen import Screen


class DebtScreen(Screen):
    template_name = "workflows/screens/debt.html"
    page_title = gettext_lazy("Review owed")
    header_icon = "warning"

    def find(self) -> None:
        user: Any = self.request.user
        self.debt = debt_for(user, self.kwargs["pk"])
        self.state = queries.debt_state(self.debt)
        self.form = DebtForm(self.request.POST or None)

    def get_page_subtitle(self) -> str:
        return self.debt.item.current.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        debt, entry = self.debt, self.debt.entry
        before = published_before(debt.item_id, entry.seq - 1)
        after = documents.read(entry.document) if entry.document else None
        people = names([debt.by_id, debt.ended_by_id or 0])
        return super().get_context_data(
            debt=debt,
            by=people.get(debt.by_id, ""),
            ended_by=people.get(debt.ended_by_id or 0, ""),
            kind_label=registry.kind(debt.item.kind).label,
            withdrawn=after is None,
            new=before is None,
            difference=differences.difference(before, after),
            references=reference_changes(before, after),
            newer=self.state.corrected,
            late=debt.due_at <= clock.now(),
            form=self.form,
            why_not=rules.why_not_end_debt(self.state, person(user), outcome=""),
            edit_url=registry.kind(debt.item.kind).edit_url(debt.item),
            **kwargs,
        )

    def do(self) -> HttpResponse:
        user: Any = self.request.user
        if not self.form.is_valid():
            return self.refused(Refusal("invalid", _("Choose what you found. Nothing was done."), 422))
        outcome, note = self.form.cleaned_data["outcome"], self.form.cleaned_data["note"]
        commands.end_debt(self.debt, by=user, outcome=outcome, note=note)
        told = _("Noted: “%(title)s” – %(outcome)s.")
        messages.success(
            self.request, told % {"title": self.get_page_subtitle(), "outcome": Outcome(outcome).label}
        )
        return redirect("workflows_waiting")
