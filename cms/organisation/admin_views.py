"""Wagtail's generic views, saving through our commands; a refusal becomes the form's error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BaseColumn, TitleColumn
from wagtail.admin.views import generic

from cms.core.errors import Refused

from . import commands
from .forms import display_name
from .models import Department, Membership, StandIn
from .queries import may_change_memberships


class SavedByCommand:
    """For create and edit views: `save_instance` calls a command, which may refuse."""

    get_error_message: Callable[[], str | None]
    form_invalid: Callable[[ModelForm], HttpResponse]

    def form_valid(self, form: ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as error:
            form.add_error(None, error.refusal.sentence)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_buttons(self) -> list:
        return []


class EndView(generic.DeleteView):
    """`delete_action` calls a command, which may refuse. What is ended stays in the audit trail."""

    template_name = "organisation/confirm_end.html"
    page_title = _("End")
    success_message = _("Ended: %(object)s.")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as error:
            messages.error(self.request, error.refusal.sentence)
            return redirect(self.get_success_url())


class TellingIndexView(generic.IndexView):
    """A listing that says while it is empty what would be here, and how to make the first."""

    results_template_name = "organisation/list_results.html"
    nothing_yet: Any

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("Nothing here fits. Try fewer words, or take a filter away.")
        return str(self.nothing_yet)


class DepartmentIndexView(TellingIndexView):
    nothing_yet = _(
        "The parts of the municipality that answer for texts would be here. Make the first with “Add "
        "department”; then give people their roles in it."
    )


class EndingIndexView(TellingIndexView):
    """A listing of what people have, in front of each row the person by their full name; rows are ended
    rather than deleted, one by one."""

    person_label = _("Person")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        named = self._get_title_column_class(TitleColumn)
        return [
            named(
                "person",
                label=self.person_label,
                accessor=lambda row: display_name(row.person),
                sort_key="person__username",
            ),
            *super().columns,
        ]

    def get_list_more_buttons(self, instance: Model) -> list[MenuItem]:
        url = self.get_delete_url(instance)
        return [MenuItem(_("End"), url=url, icon_name="bin")] if url else []


class MembershipIndexView(EndingIndexView):
    add_item_label = _("Give a role")
    nothing_yet = _("Who may do what, and where, would be here. Give the first role with “Give a role”.")

    def get_base_queryset(self) -> QuerySet[Membership]:
        return Membership.objects.select_related("person", "department")


class CreateDepartment(SavedByCommand, generic.CreateView):
    def save_instance(self) -> Department:
        return commands.create_department(**self.form.cleaned_data, by=self.request.user)


class EditDepartment(SavedByCommand, generic.EditView):
    def save_instance(self) -> Department:
        department = Department.objects.get(pk=self.object.pk)
        told = {name: self.form.cleaned_data[name] for name in ("name", "deputy", "email")}
        commands.change_department(department, **told, by=self.request.user)
        return department


class GrantMembership(SavedByCommand, generic.CreateView):
    page_title = _("Give a role")
    submit_button_label = _("Give this role")
    submit_button_active_label = _("Giving …")
    success_message = _("From now on: %(object)s.")

    def save_instance(self) -> Membership:
        return commands.grant_membership(**self.form.cleaned_data, by=self.request.user)


class EndMembership(EndView):
    confirmation_message = _("From now on the person can't act in this role. What they did stays.")

    def delete_action(self) -> None:
        commands.end_membership(self.object, by=self.request.user)


def visible_stand_ins(view: Any) -> QuerySet[StandIn]:
    """Everybody's for those with the right, else those that the person is part of."""
    stand_ins = StandIn.objects.select_related("person", "stands_in_for")
    user = view.request.user
    if may_change_memberships(user):
        return stand_ins
    return stand_ins.filter(Q(person=user) | Q(stands_in_for=user))


class StandInIndexView(EndingIndexView):
    person_label = _("Stand-in")
    add_item_label = _("Appoint a stand-in")
    nothing_yet = _(
        "Nobody stands in. Before you are away, appoint a colleague who decides in your place, with “Appoint "
        "a stand-in”."
    )

    def get_base_queryset(self) -> QuerySet[StandIn]:
        return visible_stand_ins(self)


class AppointStandIn(SavedByCommand, generic.CreateView):
    page_title = _("Appoint a stand-in")
    submit_button_label = _("Appoint")
    submit_button_active_label = _("Appointing …")
    success_message = _("Appointed: %(object)s.")

    def save_instance(self) -> StandIn:
        told = {"stands_in_for": self.request.user, **self.form.cleaned_data}
        return commands.appoint_stand_in(**told, by=self.request.user)


class EndStandIn(EndView):
    confirmation_message = _("From now on the person acts for themselves alone. What they did stays.")

    def get_queryset(self) -> QuerySet[StandIn]:
        return visible_stand_ins(self)

    def delete_action(self) -> None:
        commands.end_stand_in(self.object, by=self.request.user)
