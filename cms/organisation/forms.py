"""What people type to change the organisation. Whether they may is asked by the commands, in sentences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .commands import LONGEST_TOKEN_LIFE
from .models import Department, Membership, StandIn
from .queries import may_change_memberships


def display_name(person: AbstractUser) -> str:
    """The full name, with the user name where two people could be meant."""
    full_name = person.get_full_name()
    return f"{full_name} ({person.get_username()})" if full_name else person.get_username()


class PersonField(forms.ModelChoiceField):
    """One of the people with an active account."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=active_people(), **kwargs)

    def label_from_instance(self, obj: AbstractUser) -> str:
        return display_name(obj)


def active_people() -> QuerySet:
    return get_user_model().objects.filter(is_active=True).order_by("first_name", "last_name", "username")


class OrganisationForm(WagtailAdminModelForm):
    """The form sees to each field. How they go together is the command's to say, in words: without
    `asked_by_command`, Django would answer with the name of a constraint."""

    asked_by_command: frozenset[str] = frozenset()

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | self.asked_by_command


class DepartmentForm(OrganisationForm):
    asked_by_command = frozenset({"deputy"})

    class Meta:
        model = Department
        fields = ["name", "code", "deputy", "email"]
        help_texts = {
            "code": _("Short, for addresses and programs, for example: parks. It can't be changed later."),
            "email": _("Where the department's own mail goes, for example: parks@example.org."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].empty_label = _("None")
        if self.instance.pk:
            self.fields["code"].disabled = True


class MembershipForm(OrganisationForm):
    asked_by_command = frozenset({"person", "role", "department"})
    person = PersonField(label=_("Person"))

    class Meta:
        model = Membership
        fields = ["person", "role", "department"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].empty_label = _("The whole municipality")


class StandInForm(OrganisationForm):
    asked_by_command = frozenset({"person", "stands_in_for", "first_day", "last_day"})
    person = PersonField(
        label=_("Who stands in"), help_text=_("Acts with all roles of the other person on these days.")
    )
    stands_in_for = PersonField(label=_("For whom"))

    class Meta:
        model = StandIn
        fields = ["person", "stands_in_for", "first_day", "last_day"]
        help_texts = {"last_day": _("This day still counts.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stands_in_for"].initial = self.for_user
        if not may_change_memberships(self.for_user):
            del self.fields["stands_in_for"]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("For example: the phone system's side panel")
    )
    days = forms.IntegerField(
        label=_("Days until it ends"),
        initial=90,
        min_value=1,
        max_value=LONGEST_TOKEN_LIFE.days,
        help_text=_("From 1 to 366. Make a new one before this one ends."),
    )
