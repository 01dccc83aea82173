"""What all drafts share: an item, shared keys, a preview of what readers would get, and closed doors."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import CommentPanel, FieldPanel, TitleFieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, Page, PreviewableMixin, RevisionMixin

from cms.core.errors import Refused
from cms.pages.forms import DraftPageForm, DraftSnippetForm
from cms.pages.keys import name_of, settle_keys
from cms.pages.permissions import DraftPagePermissionTester
from cms.publications import queries as log
from cms.publications import registry
from cms.publications.models import Current, CurrentFact
from cms.publications.vocabulary import Status
from workflows.drafts import DraftOfItem

from .facts import Fact

# The parts of Wagtail's page that are not ours: nobody schedules, hides or describes pages for machines.
ADDRESS_HELP = gettext_lazy(
    "The last part of the address, in small letters and hyphens. For example: parking-permit"
)


class Draft(DraftOfItem):
    """A draft of ours: its facts keep their keys, its preview is what readers would get."""

    fact_relations: ClassVar[tuple[str, ...]] = ()
    latest_revision: Any

    class Meta:
        abstract = True

    @property
    def current(self) -> Current | None:
        """What the item says now to readers."""
        rows = Current.objects.filter(pk=self.item_id, status=Status.PUBLISHED)
        return rows.first() if self.item_id else None

    def facts_of(self, relation: str) -> list[Fact]:
        """The rows of one kind of fact, as they stand in this draft, in order."""
        rows: list[Fact] = getattr(self, relation).get_object_list()
        return sorted(rows, key=lambda row: row.sort_order or 0)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the row; what is new is never live."""
        if self._state.adding:
            self.live = False
            self.has_unpublished_changes = True
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft, and settle which rows are versions of one fact."""
        for relation in self.fact_relations:
            settle_keys(self.facts_of(relation), known=self._keys_before(relation))
        return super().save_revision(*args, **kwargs)

    def _keys_before(self, relation: str) -> dict[str, uuid.UUID]:
        """By which key each fact was known so far: to readers, else in the newest draft."""
        kind = getattr(type(self), relation).rel.related_model.kind
        saved = self.latest_revision.content.get(relation, []) if self.latest_revision else []
        told = CurrentFact.objects.filter(item_id=self.item_id, kind=kind).values_list("value", flat=True)
        return {name_of(fact.get("label", "")): uuid.UUID(fact["key"]) for fact in [*saved, *told]}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as it is typed: composed, rendered as the public site renders it, and nothing kept."""
        with transaction.atomic():
            try:
                html = self._as_readers_would_see_it(request)
            except Refused as refused:
                html = format_html(
                    "<!doctype html><title>{}</title><p>{}</p>", _("Preview"), refused.refusal.sentence
                )
            transaction.set_rollback(True)
        return HttpResponse(html)

    def _as_readers_would_see_it(self, request: HttpRequest) -> str:
        if self.item_id is None:
            self.begin(self.begun_by or request.user)
        document = registry.kind(self.item_kind).compose(self)
        return registry.renderer(self.item_kind)(log.preview(document), request)


class DraftPage(Draft, Page):
    """A page in which an item is written."""

    base_form_class = DraftPageForm
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []
    private_page_options: ClassVar[list[str]] = []
    show_in_menus_default = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractUser) -> DraftPagePermissionTester:
        return DraftPagePermissionTester(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None]:
        """Where readers find it. Wagtail's own path is of no meaning to them; before it is published,
        there is a site, and no address."""
        row = self.current
        if row is None or row.path is None:
            return (0, None, None)
        return (0, settings.SITE_URL, row.path)

    def get_admin_display_title(self) -> str:
        return self.draft_title or self.title

    def clean_fields(self, exclude: Any = None) -> None:
        """The item begins with the first save; the database makes sure that there is one."""
        super().clean_fields(exclude={*(exclude or ()), "item"})


class DraftSnippet(
    Draft,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """An item without a place in the tree, written in a form of its own."""

    base_form_class = DraftSnippetForm

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", gettext_lazy("As readers would see it"))]


def name_panel(help_text: Any) -> TitleFieldPanel:
    return TitleFieldPanel("title", heading=gettext_lazy("Name"), help_text=help_text, placeholder=False)


def address_panel() -> FieldPanel:
    return FieldPanel("slug", heading=gettext_lazy("Address"), help_text=ADDRESS_HELP)


def comments() -> CommentPanel:
    return CommentPanel()
