"""The admin's screens for places, contact points and notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from .editing import DraftEditing, NoLocking, NoUnlocking
from .models import ContactPoint, Notice, Place
from .permissions import DraftPermissionPolicy

for model in (Place, ContactPoint, Notice):
    register_permission_policy(model, DraftPermissionPolicy(model))


class DraftViewSet(SnippetViewSet):
    """Written like pages, sent for approval like pages."""

    add_to_admin_menu = True
    edit_view_class = DraftEditing
    lock_view_class = NoLocking
    unlock_view_class = NoUnlocking
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        "__str__",
        Column("department", label=_("Department"), accessor="item.department.name"),
        LiveStatusTagColumn(),
        UpdatedAtColumn(),
    ]
    search_fields = ["title"]
    list_per_page = 50


class PlaceViewSet(DraftViewSet):
    model = Place
    icon = "home"
    menu_label = _("Places")
    menu_order = 210


class ContactPointViewSet(DraftViewSet):
    model = ContactPoint
    icon = "mail"
    menu_label = _("Contact points")
    menu_order = 220


class NoticeViewSet(DraftViewSet):
    model = Notice
    icon = "warning"
    menu_label = _("Notices")
    menu_order = 230


VIEWSETS = (PlaceViewSet, ContactPointViewSet, NoticeViewSet)
