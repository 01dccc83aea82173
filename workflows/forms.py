"""What people type on the screens of the workflow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.organisation.models import Department
from cms.publications import registry
from cms.publications.models import Current, Item
from cms.publications.queries import AUDIENCES
from cms.publications.vocabulary import Status

from .vocabulary import Outcome

MANY_WORDS = 5000


class SubmitForm(forms.Form):
    note = forms.CharField(
        label=_("Note to the reviewers"),
        help_text=_("What changed, and why. For example: “The council raised the fee on 12 November.”"),
        required=False,
        max_length=MANY_WORDS,
        widget=AdminAutoHeightTextInput,
    )


class SendBackForm(forms.Form):
    """The rule asks for the reason, so that its sentence is the same at every door."""

    reason = forms.CharField(
        label=_("What has to change"),
        help_text=_("The author reads this. For example: “The fee is £27.50 from January, see the by-law.”"),
        required=False,
        max_length=MANY_WORDS,
        widget=AdminAutoHeightTextInput,
    )


class DebtForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What did you find?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What you checked. On a withdrawal readers see it as the reason."),
        required=False,
        max_length=MANY_WORDS,
        widget=AdminAutoHeightTextInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [
            (Outcome.APPROVED, _("It is right. It stays as it is.")),
            (Outcome.CORRECTED, _("It was wrong, and a correction is published already.")),
            (Outcome.WITHDRAWN, _("It is wrong. Withdraw it now.")),
        ]


class PublishedChoice(forms.ModelChoiceField):
    """Items by the title that readers know."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.current.title} ({obj.current.path or registry.kind(obj.kind).label})"


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("Readers see this sentence. For example: “The grant ended on 31 October 2026.”"),
        required=False,
        max_length=MANY_WORDS,
        widget=AdminAutoHeightTextInput,
    )
    instead = PublishedChoice(
        label=_("Where to go instead"),
        help_text=_("Readers who come to the old address are shown this."),
        queryset=Item.objects.none(),
        required=False,
        empty_label=_("Nowhere: there is nothing like it"),
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = Item.objects.filter(
            current__status=Status.PUBLISHED, current__audience__in=AUDIENCES[item.audience]
        )
        instead: Any = self.fields["instead"]
        instead.queryset = published.exclude(pk=item.pk).select_related("current").order_by("current__title")


class MoveForm(forms.Form):
    slug = forms.CharField(
        label=_("Last part of the address"),
        help_text=_("Small letters, digits and hyphens. For example: bulky-waste"),
        max_length=255,
        required=False,
    )
    parent = PublishedChoice(
        label=_("Page above"), queryset=Item.objects.none(), required=False, empty_label=None
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It is kept in the history."),
        required=False,
        max_length=MANY_WORDS,
        widget=AdminAutoHeightTextInput,
    )

    def __init__(self, *args: Any, row: Current, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.parent_id is None:
            del self.fields["parent"]
            return
        above = Current.objects.get(pk=row.parent_id)
        beside = Item.objects.filter(current__status=Status.PUBLISHED, current__kind=above.kind)
        parent: Any = self.fields["parent"]
        parent.queryset = beside.exclude(pk=row.pk).select_related("current").order_by("current__title")
        parent.initial = row.parent_id


class TransferForm(forms.Form):
    department = forms.ModelChoiceField(
        label=_("New department"), queryset=Department.objects.none(), required=True
    )
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("It is kept in the history."),
        required=False,
        max_length=MANY_WORDS,
        widget=AdminAutoHeightTextInput,
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = Department.objects.exclude(pk=item.department_id)
