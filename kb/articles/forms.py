"""The form of an article: for drafts, and for what a champion publishes at once."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from cms.organisation.models import Department
from cms.organisation.queries import home_department, person
from cms.publications import queries as log
from cms.publications.models import Item

from . import queries, rules
from .composer import Fields, fields_of, quote
from .models import Article
from .vocabulary import NOTICE_LENGTH, SERVICE

REASON_HELP = gettext_lazy(
    "For the person who looks at it afterwards. For example: “The council changed the price this morning; "
    "callers are told the old one.”"
)


class ArticleForm(WagtailAdminModelForm):
    """Begins the item when a draft is first saved, under the department of its service, or under the
    one that a champion picks (`DraftForm` knows only the author's own)."""

    for_user: AbstractUser
    instance: Article

    service_item = forms.ModelChoiceField(
        queryset=Item.objects.filter(kind=SERVICE),
        required=False,
        label=gettext_lazy("Service"),
        help_text=gettext_lazy(
            "The published service that this belongs to. Its department answers for the article."
        ),
    )
    quoted = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Facts that the answer quotes"),
        help_text=gettext_lazy(
            "Agents see them with the answer as they stand on the day, so leave their numbers out of your "
            "text. Choose the service first. For example: “Fee: Adult permit”."
        ),
    )
    department = forms.ModelChoiceField(
        queryset=Department.objects.all(),
        required=False,
        label=gettext_lazy("Department"),
        help_text=gettext_lazy(
            "Only where there is no service: the department that answers for the article."
        ),
    )

    class Media:
        css = {"all": ["articles/form.css"]}
        js = ["articles/quoted.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service_item"].widget.attrs["data-facts-url"] = reverse("articles_facts")
        self._keys_before = list(fields_of(self.instance).quotes)
        service = self._chosen_service()
        self._offer_services(service)
        self._offer_facts(service)
        self._offer_departments()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        service = cleaned.get("service_item")
        if service is not None and self._is_new_to_the_log():
            refusal = rules.why_not_belong(person(self.for_user), service.department_id)
            if refusal and service.department_id != self._department_before():
                self.add_error("service_item", refusal.sentence)
        if self.instance.item_id is None and self._where() is None and "service_item" not in self.errors:
            self.add_error(None, self._why_nowhere())
        return cleaned

    def save(self, commit: bool = True) -> Article:
        quote(self.instance, self._quoted_keys())
        if commit and self.instance.item_id is None:
            self.instance.begin(self.for_user, self._where())
        elif commit and self.cleaned_data.get("department") and not self.cleaned_data.get("service_item"):
            self.instance.belong_to(self.cleaned_data["department"], by=self.for_user)
        return super().save(commit=commit)

    def typed(self) -> Fields:
        """What stands in the form, without saving any of it."""
        quote(self.instance, self._quoted_keys())
        return fields_of(super().save(commit=False))

    def _quoted_keys(self) -> list[str]:
        """What is ticked; what the service no longer has stays ticked until somebody unticks it, unless
        another service was chosen."""
        service = self.cleaned_data.get("service_item")
        if service is None:
            return []
        there = queries.keys_published(service.pk)
        kept = set(self._keys_before) if service.pk == self.initial.get("service_item") else set()
        return [key for key in self.cleaned_data.get("quoted", []) if key in there or key in kept]

    def _chosen_service(self) -> Item | None:
        value = self["service_item"].value()
        try:
            return self.fields["service_item"].clean(value) if value else None
        except ValidationError:
            return None

    def _offer_services(self, chosen: Item | None) -> None:
        rows = list(queries.services_for(self.for_user).values_list("department__name", "pk", "title"))
        groups: list[Any] = [
            (name, [(str(pk), title) for _name, pk, title in group])
            for name, group in groupby(rows, key=lambda row: row[0])
        ]
        if chosen is not None and chosen.pk not in {pk for _name, pk, _title in rows}:
            if chosen.pk != self.initial.get("service_item"):
                self.fields["service_item"].queryset = Item.objects.filter(pk__in=[row[1] for row in rows])
            else:
                groups.insert(0, (str(chosen.pk), queries.title_of(chosen.pk)))
        self.fields["service_item"].choices = [("", _("No service")), *groups]

    def _offer_facts(self, service: Item | None) -> None:
        offered = [(fact.key, f"{fact.name}: {fact.value}") for fact in queries.quotable_facts(service)]
        there = {key for key, _label in offered}
        if service is not None and service.pk == self.initial.get("service_item"):
            for key in self._keys_before:
                if key not in there:
                    name = queries.name_of_fact(service.pk, key) or _("A fact")
                    offered.append((key, _("%(fact)s – no longer there, untick it") % {"fact": name}))
        field = self.fields["quoted"]
        field.choices = offered
        field.valid_value = lambda value: True  # `_quoted_keys` leaves out what the service hasn't
        field.initial = self._keys_before

    def _offer_departments(self) -> None:
        if not person(self.for_user).is_champion or not self._is_new_to_the_log():
            del self.fields["department"]
        else:
            self.fields["department"].initial = self._department_before()

    def _is_new_to_the_log(self) -> bool:
        return self.instance.item_id is None or log.newest_seq(self.instance.item) is None

    def _department_before(self) -> int | None:
        return self.instance.item.department_id if self.instance.item_id else None

    def _where(self) -> Department | None:
        service = self.cleaned_data.get("service_item")
        if service is not None:
            return service.department
        return self.cleaned_data.get("department") or home_department(self.for_user)

    def _why_nowhere(self) -> str:
        if person(self.for_user).is_champion:
            return _("Choose the service that this belongs to, or else the department.")
        return _("You belong to no department as author or editor, so you can't begin a text.")


class UrgentArticleForm(ArticleForm):
    """Filled from the published document, never from a draft; never saved, but published."""

    reason = forms.CharField(
        label=gettext_lazy("Why it can't wait"), widget=AdminAutoHeightTextInput, help_text=REASON_HELP
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NoticeForm(forms.Form):
    """A champion's remark above an item."""

    text = forms.CharField(
        label=gettext_lazy("What agents should know"),
        max_length=NOTICE_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "Agents see it above the answer at once, with your name. For example: “The online form is down "
            "until noon. Take the caller's number and ring back.”"
        ),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Shown until"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("Leave it empty, and it stays until somebody removes it."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it can't wait"), widget=AdminAutoHeightTextInput, help_text=REASON_HELP
    )


class RemovalForm(forms.Form):
    """Why a notice goes."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is removed"),
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("Agents see this. For example: “The online form works again.”"),
    )
