"""Wagtail's generic views, saving through our commands; a refusal stands beside its field. “Show what
changes” answers with the same form and, above it, the questions of last week whose answer changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.views import generic

from cms.core.errors import Refused
from cms.publications import registry
from cms.publications.models import Current

from . import commands, queries
from .forms import TaughtForm
from .models import Bet, StopPhrase, Synonyms, Taught
from .preview import preview, preview_of_suggestions
from .vocabulary import languages

FOUND_AT_MOST = 25


class Showing:
    """What the template tells of what a deed would change."""

    look = staticmethod(preview)
    of_suggestions = False

    def changes(self, deed: Callable[[], object], language: str) -> dict[str, Any]:
        found = self.look(deed, language=language)
        return {
            "preview": found,
            "answers_in": languages().get(found.answers_in, ""),
            "of_suggestions": self.of_suggestions,
        }


class ShowingSuggestions(Showing):
    """Stop phrases change no answer, only what is suggested."""

    look = staticmethod(preview_of_suggestions)
    of_suggestions = True


class Teaching(Showing):
    """For create and edit views. `teach` calls the command, which may refuse."""

    template_name = "search_wordbook/form.html"
    request: Any
    form: Any
    produced_error_message: str | None
    get_error_message: Callable[[], str | None]
    form_invalid: Callable[[TaughtForm], HttpResponse]
    render_to_response: Callable[[dict[str, Any]], HttpResponse]
    get_context_data: Callable[..., dict[str, Any]]

    def teach(self) -> Taught:
        raise NotImplementedError

    def save_instance(self) -> Taught:
        return self.teach()

    def form_valid(self, form: TaughtForm) -> HttpResponse:
        self.form = form
        try:
            if "preview" in self.request.POST:
                return self.render_to_response(self.get_context_data(form=form, **self.would_change()))
            return super().form_valid(form)
        except Refused as error:
            form.show(error.refusal)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def would_change(self) -> dict[str, Any]:
        return self.changes(self.teach, self.typed["language"])

    def get_success_buttons(self) -> list:
        return []

    @property
    def typed(self) -> dict[str, Any]:
        return {name: self.form.cleaned_data[name] for name in self.form.Meta.fields}


class Adding(Teaching, generic.CreateView):
    """Other screens may begin it: `?words=…` fills a field."""

    submit_button_label = gettext_lazy("Teach this")
    submit_button_active_label = gettext_lazy("Teaching …")
    success_message = gettext_lazy("From now on: %(object)s.")
    error_message = gettext_lazy("Nothing was taught yet. Mend what is marked below.")

    def get_initial(self) -> dict[str, Any]:
        fields = self.get_form_class().Meta.fields
        return {name: value for name, value in self.request.GET.items() if name in fields}


class Changing(Teaching, generic.EditView):
    success_message = gettext_lazy("From now on: %(object)s.")
    error_message = gettext_lazy("Nothing was changed yet. Mend what is marked below.")
    delete_item_label = gettext_lazy("Remove")

    def get_success_message(self) -> str:
        return str(self.success_message % {"object": self.object})


class Removing(Showing, generic.DeleteView):
    """What is removed stays in the audit trail."""

    template_name = "search_wordbook/confirm_removal.html"
    page_title = gettext_lazy("Remove")
    success_message = gettext_lazy("Removed: %(object)s.")
    confirmation_message = gettext_lazy(
        "The search forgets it at once. What it was stays in the list of changes."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what last week's questions would be told without it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        try:
            return {**context, **self.changes(self.delete_action, self.object.language)}
        except Refused:  # removed meanwhile: the click says so
            return context

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as error:
            messages.error(self.request, error.refusal.sentence)
            return redirect(self.get_success_url())


class AddSynonyms(Adding):
    page_title = gettext_lazy("Teach synonyms")

    def teach(self) -> Synonyms:
        return commands.teach_synonyms(**sides(self.typed), by=self.request.user)


class ChangeSynonyms(Changing):
    def teach(self) -> Synonyms:
        return commands.change_synonyms(self.object, **sides(self.typed), by=self.request.user)


class RemoveSynonyms(Removing):
    def delete_action(self) -> None:
        commands.remove_synonyms(self.object, by=self.request.user)


def sides(typed: dict[str, Any]) -> dict[str, Any]:
    """With the words of each side as the commands take them."""
    return {**typed, "words": [typed["words"]], "means": [typed["means"]]}


class AddBet(Adding):
    """`?item=ID` opens the form; without it, an item is looked for first."""

    submit_button_label = gettext_lazy("Place this bet")
    submit_button_active_label = gettext_lazy("Placing …")
    page_title = gettext_lazy("Place a bet")

    @cached_property
    def item(self) -> Current | None:
        wanted = self.request.GET.get("item")
        if not wanted:
            return None
        try:
            found = queries.publishable().filter(pk=UUID(wanted)).first()
        except ValueError:
            found = None
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.item else self.find_item()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.item else self.find_item()

    def teach(self) -> Bet:
        assert self.item is not None
        return commands.place_bet(**self.typed, item=self.item.pk, by=self.request.user)

    def get_add_url(self) -> str:
        """With the item that was chosen."""
        url = str(super().get_add_url())
        return f"{url}?{urlencode({'item': self.item.pk})}" if self.item else url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **about(self.item))

    def find_item(self) -> HttpResponse:
        """The first step: published items to choose from."""
        self.template_name = "search_wordbook/find_item.html"
        self.object = None
        search = SearchForm(self.request.GET if "q" in self.request.GET else None)
        words = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
        rows = queries.publishable(words)
        labels = {kind.name: kind.label for kind in registry.kinds()}
        carried = {name: self.request.GET[name] for name in ("query",) if name in self.request.GET}
        context = super().get_context_data(
            search=search,
            words=words,
            found=[
                (row, labels.get(row.kind, row.kind), urlencode({"item": row.pk, **carried}))
                for row in rows[:FOUND_AT_MOST]
            ],
            more=rows.count() > FOUND_AT_MOST,
            carried=carried,
        )
        return self.render_to_response(context)


class ChangeBet(Changing):
    def teach(self) -> Bet:
        return commands.change_bet(self.object, **self.typed, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = Current.objects.filter(pk=self.object.item_id).first()
        return super().get_context_data(**kwargs, **about(item))


class RemoveBet(Removing):
    def delete_action(self) -> None:
        commands.remove_bet(self.object, by=self.request.user)


def about(item: Current | None) -> dict[str, Any]:
    """What the form tells of the item that a bet is on."""
    if item is None:
        return {}
    labels = {kind.name: kind.label for kind in registry.kinds()}
    return {"item": item, "item_kind": labels.get(item.kind, item.kind)}


class AddStopPhrase(ShowingSuggestions, Adding):
    page_title = gettext_lazy("Stop a phrase")
    submit_button_label = gettext_lazy("Stop this phrase")
    submit_button_active_label = gettext_lazy("Stopping …")
    success_message = gettext_lazy("Never suggested from now on: %(object)s.")

    def teach(self) -> StopPhrase:
        return commands.teach_stop_phrase(**self.typed, by=self.request.user)


class ChangeStopPhrase(ShowingSuggestions, Changing):
    success_message = gettext_lazy("Never suggested from now on: %(object)s.")

    def teach(self) -> StopPhrase:
        return commands.change_stop_phrase(self.object, **self.typed, by=self.request.user)


class RemoveStopPhrase(ShowingSuggestions, Removing):
    def delete_action(self) -> None:
        commands.remove_stop_phrase(self.object, by=self.request.user)
