"""The admin's screens for places, contact points and notices."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from workflows.states import state_column, with_state

from .editing import DraftEditing, NoLocking, NoUnlocking
from .listing import EMPTY_TELLS, DraftListing
from .models import ContactPoint, Notice, Place
from .permissions import DraftPermissionPolicy

for model in (Place, ContactPoint, Notice):
    register_permission_policy(model, DraftPermissionPolicy(model))


class PlaceListing(DraftListing):
    nothing_yet = _(
        "Town halls, libraries, depots would be here, with their address and hours. Make the first with “Add "
        "place”; service pages then refer to it."
    )


class ContactPointListing(DraftListing):
    nothing_yet = _(
        "Phone lines and mailboxes would be here, with their hours. Make the first with “Add contact point”; "
        "service pages then refer to it."
    )


class NoticeListing(DraftListing):
    nothing_yet = _(
        "What everybody should know today would be here, until it is over. Make one with “Add notice”; it "
        "stands above the home page once it is approved."
    )


class DraftViewSet(SnippetViewSet):
    """Written like pages, sent for approval like pages."""

    add_to_admin_menu = True
    edit_view_class = DraftEditing
    lock_view_class = NoLocking
    unlock_view_class = NoUnlocking
    copy_view_enabled = False
    inspect_view_enabled = False
    index_results_template_name = EMPTY_TELLS
    list_display = [
        "__str__",
        Column("department", label=_("Department"), accessor="item.department.name"),
        state_column(),
        UpdatedAtColumn(),
    ]
    search_fields = ["title"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_state(self.model._default_manager.select_related("item__department"))


class PlaceViewSet(DraftViewSet):
    model = Place
    index_view_class = PlaceListing
    icon = "home"
    menu_label = _("Places")
    menu_order = 210


class ContactPointViewSet(DraftViewSet):
    model = ContactPoint
    index_view_class = ContactPointListing
    icon = "mail"
    menu_label = _("Contact points")
    menu_order = 220


class NoticeViewSet(DraftViewSet):
    model = Notice
    index_view_class = NoticeListing
    icon = "warning"
    menu_label = _("Notices")
    menu_order = 230


VIEWSETS = (PlaceViewSet, ContactPointViewSet, NoticeViewSet)
