"""The screen on which a webmaster moves an item, or hands it to another department."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.errors import Refusal
from cms.organisation.queries import person
from cms.publications.models import Address, Current
from cms.publications.vocabulary import Status
from workflows import commands, queries, rules
from workflows.access import item_for
from workflows.drafts import open_submission
from workflows.forms import MoveForm, TransferForm

from .screen import Screen


class MoveScreen(Screen):
    template_name = "workflows/screens/move.html"
    page_title = gettext_lazy("Move or hand over")
    header_icon = "redirect"

    def find(self) -> None:
        user: Any = self.request.user
        self.item = item_for(user, self.kwargs["item_id"])
        row = Current.objects.select_related("department").filter(pk=self.item.pk).first()
        if row is None:
            raise Http404
        self.row = row
        deed = self.request.POST.get("deed")
        self.move_form = MoveForm(
            self.request.POST if deed == "move" else None, row=row, initial={"slug": row.slug}
        )
        self.transfer_form = TransferForm(self.request.POST if deed == "transfer" else None, item=self.item)

    def get_page_subtitle(self) -> str:
        return self.row.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            item=self.item,
            row=self.row,
            move_form=self.move_form,
            transfer_form=self.transfer_form,
            why_not=rules.why_not_place(person(user), queries.item_state(self.item), reason="-"),
            addresses=Address.objects.filter(item=self.item).exclude(path=self.row.path or ""),
            beneath=Current.objects.filter(
                path__startswith=self.row.path or "\0", status=Status.PUBLISHED
            ).exclude(pk=self.row.pk),
            waits=open_submission(self.item.pk),
            **kwargs,
        )

    def do(self) -> HttpResponse:
        user: Any = self.request.user
        deed = self.request.POST.get("deed")
        form = self.transfer_form if deed == "transfer" else self.move_form
        if not form.is_valid():
            return self.refused(Refusal("invalid", _("Something is not right below. Nothing was done."), 422))
        data = form.cleaned_data
        if deed == "transfer":
            commands.transfer(self.item, by=user, reason=data["why"], department=data["department"])
            told = _("Handed over: “%(title)s” belongs to %(where)s now.")
            where = data["department"].name
        else:
            commands.move(
                self.item, by=user, reason=data["reason"], slug=data["slug"], parent=data.get("parent")
            )
            told = _("Moved: “%(title)s” stands at %(where)s now, and its old address leads there.")
            where = Current.objects.get(pk=self.item.pk).path
        messages.success(self.request, told % {"title": self.row.title, "where": where})
        return redirect("workflows_history", self.item.pk)
