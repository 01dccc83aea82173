"""“People” in the admin's menu: departments, memberships, stand-ins, and the way to one's access tokens."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from . import admin_views, forms
from .models import Department, Membership, StandIn

PEOPLE_MENU = "register_people_menu_item"


class DayColumn(Column):
    """A day as a person says it; Wagtail's own column would tell how long ago its midnight was."""

    def get_value(self, instance: Model) -> str:
        day = super().get_value(instance)
        return date_format(day, "l j F Y") if day else ""


class OrganisationViewSet(ModelViewSet):
    """Only the screens named in `screens` exist; each saves through a command."""

    screens: frozenset[str] = frozenset()
    form_class: type[forms.OrganisationForm]
    add_to_reference_index = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.OrganisationForm]:
        return self.form_class

    def get_common_view_kwargs(self, **kwargs: object) -> dict:
        without = {f"{screen}_url_name": None for screen in ("history", "usage")}
        return {**super().get_common_view_kwargs(**kwargs), **without}

    def get_urlpatterns(self) -> list[URLPattern]:
        wanted = {"index", "index_results"} | self.screens
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in wanted]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """What can be given to a group: the one right that the policies ask for, listed once."""
        return Permission.objects.none()


class DepartmentViewSet(OrganisationViewSet):
    model = Department
    name = "departments"
    icon = "home"
    screens = frozenset({"add", "edit"})
    form_class = forms.DepartmentForm
    index_view_class = admin_views.DepartmentIndexView
    add_view_class = admin_views.CreateDepartment
    edit_view_class = admin_views.EditDepartment
    list_display = ["name", "code", Column("deputy", label=_("Deputy department")), "email"]
    search_fields = ["name", "code"]
    ordering = "name"


class MembershipViewSet(OrganisationViewSet):
    model = Membership
    name = "memberships"
    icon = "user"
    screens = frozenset({"add", "delete"})
    form_class = forms.MembershipForm
    index_view_class = admin_views.MembershipIndexView
    add_view_class = admin_views.GrantMembership
    delete_view_class = admin_views.EndMembership
    list_display = [
        Column("role", label=_("Role"), accessor="get_role_display", sort_key="role"),
        Column(
            "department",
            label=_("Department"),
            accessor=lambda membership: membership.department or gettext("the whole municipality"),
            sort_key="department__name",
        ),
        BooleanColumn("active", label=_("Active account"), accessor="person.is_active"),
    ]
    list_filter = ["role", "department"]
    search_fields = ["person__username", "person__first_name", "person__last_name"]
    ordering = "person__username"

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.filter(content_type__app_label="organisation", codename="change_membership")


class StandInViewSet(OrganisationViewSet):
    model = StandIn
    name = "stand_ins"
    url_prefix = "stand-ins"
    icon = "group"
    screens = frozenset({"add", "delete"})
    form_class = forms.StandInForm
    index_view_class = admin_views.StandInIndexView
    add_view_class = admin_views.AppointStandIn
    delete_view_class = admin_views.EndStandIn
    list_display = [
        Column(
            "stands_in_for",
            label=_("Stands in for"),
            accessor=lambda stand_in: forms.display_name(stand_in.stands_in_for),
            sort_key="stands_in_for__username",
        ),
        DayColumn("first_day", label=_("First day"), sort_key="first_day"),
        DayColumn("last_day", label=_("Last day"), sort_key="last_day"),
    ]
    ordering = "-last_day"


class PeopleGroup(ViewSetGroup):
    menu_label = _("People")
    menu_icon = "group"
    menu_order = 600
    items = (DepartmentViewSet, MembershipViewSet, StandInViewSet)
    submenu_hook = PEOPLE_MENU
