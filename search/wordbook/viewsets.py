"""“Search words” in the admin's menu: synonyms, best and worst bets, stop phrases."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core import clock

from . import forms, importing, listings, views
from .models import Bet, StopPhrase, Synonyms

# Other packages put their screens about search into the same menu by this hook.
SEARCH_MENU = "register_search_menu_item"


class WordbookViewSet(ModelViewSet):
    """Each screen saves through a command."""

    form_class: type[forms.TaughtForm]
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.TaughtForm]:
        return self.form_class

    def get_common_view_kwargs(self, **kwargs: object) -> dict:
        without = {f"{screen}_url_name": None for screen in ("history", "usage")}
        return {**super().get_common_view_kwargs(**kwargs), **without}

    def get_urlpatterns(self) -> list[URLPattern]:
        wanted = {"index", "index_results", "add", "edit", "delete"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in wanted]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()


class SynonymsViewSet(WordbookViewSet):
    model = Synonyms
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "resubmit"
    menu_label = _("Synonyms")
    form_class = forms.SynonymsForm
    index_view_class = listings.SynonymsIndexView
    add_view_class = views.AddSynonyms
    edit_view_class = views.ChangeSynonyms
    delete_view_class = views.RemoveSynonyms
    filterset_class = listings.SynonymsFilters
    list_display = [listings.language_column(), listings.review_column()]
    search_fields = ["words", "means", "note"]
    ordering = "review_on"

    def get_urlpatterns(self) -> list[URLPattern]:
        screen = self.construct_view(importing.ImportSynonyms)
        return [*super().get_urlpatterns(), path("import/", screen, name="import")]


class BetViewSet(WordbookViewSet):
    model = Bet
    name = "search_bets"
    url_prefix = "search/bets"
    icon = "thumbtack"
    menu_label = _("Best and worst bets")
    form_class = forms.BetForm
    index_view_class = listings.BetIndexView
    add_view_class = views.AddBet
    edit_view_class = views.ChangeBet
    delete_view_class = views.RemoveBet
    filterset_class = listings.BetFilters
    list_display = [
        Column(
            "kind",
            label=_("Kind"),
            sort_key="kind",
            accessor=lambda bet: bet.get_kind_display(),
            width="12%",
        ),
        listings.language_column(),
        listings.DayColumn(
            "last_day",
            label=_("Last day"),
            sort_key="last_day",
            width="20%",
            due=lambda day: gettext("over") if day < clock.today() else "",
        ),
    ]
    search_fields = ["query", "note", "item__current__title"]
    ordering = "last_day"


class StopPhraseViewSet(WordbookViewSet):
    model = StopPhrase
    name = "search_stop_phrases"
    url_prefix = "search/stop-phrases"
    icon = "no-view"
    menu_label = _("Stop phrases")
    form_class = forms.StopPhraseForm
    index_view_class = listings.StopPhraseIndexView
    add_view_class = views.AddStopPhrase
    edit_view_class = views.ChangeStopPhrase
    delete_view_class = views.RemoveStopPhrase
    filterset_class = listings.StopPhraseFilters
    list_display = [listings.language_column(), listings.review_column()]
    search_fields = ["phrase", "note"]
    ordering = "review_on"


class SearchGroup(ViewSetGroup):
    menu_label = _("Search words")
    menu_name = "search-words"
    menu_icon = "search"
    menu_order = 260
    items = (SynonymsViewSet, BetViewSet, StopPhraseViewSet)
    submenu_hook = SEARCH_MENU
