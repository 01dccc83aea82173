"""“Import a file”: a list of synonyms is looked at first, and taught with a second click.

The looked-at file travels in the page, so that just what was shown is imported; nothing is kept meanwhile.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from cms.core.errors import Refusal, Refused
from search.languages import family

from .commands import Report, import_synonyms
from .forms import LANGUAGE_HELP
from .models import Synonyms
from .policies import TeachersPolicy
from .preview import preview
from .vocabulary import languages

MOST_BYTES = 500_000
DETAILS_AT_MOST = 20
SHOWN_AT_MOST = 200


class FileForm(forms.Form):
    """`data` is the file's content, chosen just now."""

    source = forms.FileField(
        label=_("File"),
        help_text=_("A YAML list in UTF-8, one rule a line. For example: - search: bin => waste container"),
        error_messages={
            "required": _("Choose the file with the synonyms."),
            "empty": _("There is no rule in the file."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=LANGUAGE_HELP,
        choices=lambda: languages().items(),
        initial=lambda: family(settings.LANGUAGE_CODE),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"id_{name}-errors id_{name}-helptext"

    def clean_source(self) -> bytes:
        chosen = self.cleaned_data["source"]
        if chosen.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s; at most %(most)s are read at once. Divide it into several files."),
                params={"size": filesizeformat(chosen.size), "most": filesizeformat(MOST_BYTES)},
            )
        data: bytes = chosen.read()
        return data

    def show(self, refusal: Refusal) -> None:
        """A refusal beside the field that it is about, with the first of its lines."""
        field = "language" if refusal.code.startswith("language") else "source"
        self.add_error(field, [refusal.sentence, *refusal.details[:DETAILS_AT_MOST]])


class LookedAtForm(forms.Form):
    """The file again, as it was looked at."""

    source = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES * 4 // 3 + 4)
    language = forms.CharField(widget=forms.HiddenInput)

    def clean_source(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["source"], validate=True)
        except binascii.Error as error:
            raise forms.ValidationError(_("This is no file.")) from error

    @classmethod
    def of(cls, source: bytes, language: str) -> LookedAtForm:
        return cls(initial={"source": base64.b64encode(source).decode("ascii"), "language": language})


class ImportSynonyms(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Without `looked_at`, what the file would do is shown and nothing is written."""

    request: Any
    permission_policy = TeachersPolicy(Synonyms)
    any_permission_required = ["add"]
    form_class = FileForm
    template_name = "search_wordbook/import.html"
    page_title = gettext_lazy("Import a file of synonyms")
    header_icon = "upload"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        synonyms = {"url": reverse("search_synonyms:index"), "label": gettext("Synonyms")}
        return [*super().get_breadcrumbs_items(), synonyms, {"url": "", "label": self.page_title}]

    def get_form_class(self) -> type[forms.Form]:
        return LookedAtForm if "looked_at" in self.request.POST else FileForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        source, language = form.cleaned_data["source"], form.cleaned_data["language"]
        try:
            if isinstance(form, LookedAtForm):
                return self.done(import_synonyms(source, language=language, by=self.request.user))
            return self.render_to_response(self.get_context_data(**self.looked_at(source, language)))
        except Refused as error:
            if isinstance(form, FileForm):
                form.show(error.refusal)
                return self.form_invalid(form)
            return self.once_more(error.refusal.sentence)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        if isinstance(form, LookedAtForm):
            return self.once_more(gettext("The file was lost on the way. Choose it again."))
        return super().form_invalid(form)

    def once_more(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect("search_synonyms:import")

    def looked_at(self, source: bytes, language: str) -> dict[str, Any]:
        """What the file would do, and what last week's questions would then find."""
        user = self.request.user
        report = import_synonyms(source, language=language, dry_run=True, by=user)
        told: dict[str, Any] = {
            "form": LookedAtForm.of(source, language),
            "report": report,
            "language": languages().get(language, language),
            "shown": report.rules[:SHOWN_AT_MOST],
            "more": len(report.rules) - SHOWN_AT_MOST,
        }
        if report.made:
            found = preview(lambda: import_synonyms(source, language=language, by=user), language=language)
            told |= {"preview": found, "answers_in": languages().get(found.answers_in, "")}
        return told

    def done(self, report: Report) -> HttpResponse:
        if report.made:
            said = ngettext("%(made)d rule is taught.", "%(made)d rules are taught.", report.made)
            messages.success(self.request, said % {"made": report.made})
        else:
            messages.success(self.request, gettext("All that the file says is taught already."))
        return redirect("search_synonyms:index")
