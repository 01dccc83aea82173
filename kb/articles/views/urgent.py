"""“Correct at once” and “New article at once”: a form, then the difference, then it is published."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.core.errors import Refused, refuse_if
from cms.organisation.queries import home_department, person
from cms.publications import current, differences
from cms.publications import queries as log
from cms.publications.commands import describe
from cms.publications.models import Entry, Item
from kb.articles import changes, commands, rules
from kb.articles.composer import Fields, document_of, fields_of_document, fill, missing
from kb.articles.forms import UrgentArticleForm
from kb.articles.models import Article
from kb.articles.panels import urgent_panels
from kb.articles.vocabulary import ARTICLE
from workflows import rules as workflow_rules

from .champion import ChampionView, tell

Doc = dict[str, Any]
STEP = "step"


class UrgentView(ChampionView):
    """Two steps: what is typed, and what it would change. The second sends what the first has typed."""

    header_icon = "warning"

    @abstractmethod
    def instance(self) -> Article:
        """An article in memory, filled from what is published; nothing saves it."""

    @abstractmethod
    def published(self) -> Doc | None: ...

    @abstractmethod
    def publish(self, form: UrgentArticleForm) -> Entry: ...

    def initial(self) -> Doc:
        return {}

    def stale(self, form: UrgentArticleForm) -> str:
        """What happened to the article since the form was filled; empty: nothing."""
        return ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show_form(self._form(None))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        step = request.POST.get(STEP, "difference")
        if not form.is_valid():
            # The field may stand far below what the screen shows.
            messages.validation_error(
                request, _("Nothing is published yet: something is missing or can't be read."), form
            )
            return self._show_form(form)
        if step == "edit":
            return self._show_form(form)
        if step == "publish":
            try:
                entry = self.publish(form)
            except Refused as refused:
                tell(request, refused.refusal)
                return self._show_form(form, stale=refused.refusal.code == "stale")
            return self._done(entry)
        return self._show_difference(form)

    def _done(self, entry: Entry) -> HttpResponse:
        article = Article.objects.get(item=entry.item)
        messages.success(self.request, _("Agents see it now. Somebody else will look at it afterwards."))
        if article.has_unpublished_changes:
            messages.warning(
                self.request,
                _("Somebody is at work on this draft, so it stayed as it was. Add your correction to it."),
            )
        return redirect("wagtailsnippets_articles_article:edit", article.pk)

    def _form(self, data: Any) -> UrgentArticleForm:
        self.panel = urgent_panels().bind_to_model(Article)
        form_class = self.panel.get_form_class()
        form: UrgentArticleForm = form_class(
            data, instance=self.instance(), for_user=self.champion, initial=self.initial()
        )
        return form

    def _show_form(self, form: UrgentArticleForm, *, stale: bool = False) -> HttpResponse:
        bound = self.panel.get_bound_panel(request=self.request, instance=form.instance, form=form)
        return self.page(
            "articles/urgent_form.html",
            form=form,
            panel=bound,
            media=form.media + bound.media,
            stale=stale,
            is_new=self.published() is None,
            action_url=self.request.path,
        )

    def _show_difference(self, form: UrgentArticleForm) -> HttpResponse:
        document = document_of(self._item(form), form.typed())
        said = self.published()
        refusal = workflow_rules.why_not_publish_urgent(
            person(self.champion),
            ARTICLE,
            reason=form.cleaned_data["reason"],
            missing=tuple(missing(document)),
            stale=self.stale(form),
        )
        if refusal is None and document == said:
            refusal = commands.nothing_changed()
        if refusal is not None:
            tell(self.request, refusal)
            return self._show_form(form, stale=refusal.code == "stale")
        return self.page(
            "articles/difference.html",
            difference=differences.difference(said, document),
            references=changes.referred(said, document),
            is_new=said is None,
            reason=form.cleaned_data["reason"],
            sent=_sent(self.request),
        )

    def _item(self, form: UrgentArticleForm) -> Item:
        article = form.instance
        article.suppose_item(self.champion)
        return article.item


class CorrectView(UrgentView):
    """A published article; its draft, if somebody is at work on one, stays as it is."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.item = get_object_or_404(
            Item.objects.select_related("department"), pk=kwargs["item_id"], kind=ARTICLE
        )
        self.said = log.published_document(self.item)

    def get_page_title(self) -> str:
        return _("Correct at once: %(title)s") % {"title": self.about}

    @property
    def about(self) -> str:
        """The question as it is published: it stands above the text, with room for all of it."""
        return self.said["title"] if self.said else ""

    def crumb(self) -> str:
        return _("Correct at once")

    def instance(self) -> Article:
        refuse_if(rules.why_not_correct(person(self.champion), published=self.said is not None))
        assert self.said is not None
        article = Article(item=self.item, live=True)
        fill(article, fields_of_document(self.said))
        return article

    def initial(self) -> Doc:
        return {"based_on": log.newest_seq(self.item)}

    def stale(self, form: UrgentArticleForm) -> str:
        newest = current.newest_change(self.item.pk)
        return describe(newest) if newest and newest.seq != form.cleaned_data["based_on"] else ""

    def published(self) -> Doc | None:
        return self.said

    def publish(self, form: UrgentArticleForm) -> Entry:
        return commands.correct_urgently(
            self.item,
            fields=form.typed(),
            by=self.champion,
            reason=form.cleaned_data["reason"],
            based_on=form.cleaned_data["based_on"],
        )


class NewView(UrgentView):
    """An article that doesn't exist yet."""

    def get_page_title(self) -> str:
        return _("New article at once")

    def instance(self) -> Article:
        article = Article(live=False)
        fill(article, Fields())
        return article

    def published(self) -> Doc | None:
        return None

    def publish(self, form: UrgentArticleForm) -> Entry:
        department = form.cleaned_data.get("department") or home_department(self.champion)
        return commands.publish_new_urgently(
            fields=form.typed(),
            department=department,
            by=self.champion,
            reason=form.cleaned_data["reason"],
        )


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, for the second step to send again."""
    left_out = {"csrfmiddlewaretoken", STEP}
    return [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]
