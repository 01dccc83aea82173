"""Staff notices: what stands, putting one on a published item, taking it down."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.forms.search import SearchForm

from cms.core.errors import Refused
from cms.publications import registry
from cms.publications.models import Current
from kb.articles import commands, queries
from kb.articles.forms import NoticeForm, RemovalForm

from .champion import ChampionView, tell

FOUND_AT_MOST = 25


class NoticesView(ChampionView):
    """The staff notices that agents see now."""

    header_icon = "comment"

    def get_page_title(self) -> str:
        return _("Staff notices")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("articles/notices.html", notices=queries.standing_notices())


class PutNoticeView(ChampionView):
    """`?item=ID` opens the form; without it, an item is looked for first."""

    header_icon = "comment"

    def home(self) -> str:
        return "articles_notices"

    def get_page_title(self) -> str:
        return _("Put a staff notice")

    @cached_property
    def target(self) -> Current | None:
        wanted = self.request.GET.get("item")
        if not wanted:
            return None
        try:
            row = queries.notable_items().filter(pk=UUID(wanted)).first()
        except ValueError:
            row = None
        if row is None:
            raise Http404
        return row

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.target is None:
            return self._show_search()
        return self._show_form(NoticeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.target is None:
            return self._show_search()
        form = NoticeForm(request.POST)
        if form.is_valid():
            try:
                commands.put_staff_notice(self.target.item, by=self.champion, **form.cleaned_data)
            except Refused as refused:
                tell(request, refused.refusal)
            else:
                messages.success(
                    request,
                    _("Agents see the notice on “%(title)s” now. Somebody else will look at it afterwards.")
                    % {"title": self.target.title},
                )
                return redirect("articles_notices")
        return self._show_form(form)

    def _show_form(self, form: NoticeForm) -> HttpResponse:
        assert self.target is not None
        standing = [n for n in queries.standing_notices() if n.target_id == str(self.target.pk)]
        return self.page(
            "articles/put_notice.html",
            form=form,
            media=form.media,
            target=self.target,
            standing=standing,
            action_url=f"{self.request.path}?item={self.target.pk}",
        )

    def _show_search(self) -> HttpResponse:
        form = SearchForm(self.request.GET if "q" in self.request.GET else None)
        words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
        rows = queries.notable_items(words)
        found = rows[:FOUND_AT_MOST]
        kinds = {kind.name: kind.label for kind in registry.kinds()}
        return self.page(
            "articles/find_item.html",
            search=form,
            words=words,
            found=[(row, kinds.get(row.kind, row.kind), urlencode({"item": row.pk})) for row in found],
            more=rows.count() > FOUND_AT_MOST,
        )


class RemoveNoticeView(ChampionView):
    header_icon = "bin"

    def home(self) -> str:
        return "articles_notices"

    def get_page_title(self) -> str:
        return _("Remove a staff notice")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = queries.standing_notices([kwargs["item_id"]])
        if not found:
            raise Http404
        self.notice = found[0]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(RemovalForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RemovalForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        commands.remove_staff_notice(
            self.notice.row.item, by=self.champion, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Agents don't see the notice any more."))
        return redirect(reverse("articles_notices"))

    def _show(self, form: RemovalForm) -> HttpResponse:
        return self.page(
            "articles/remove_notice.html",
            form=form,
            media=form.media,
            notice=self.notice,
            action_url=self.request.path,
        )
