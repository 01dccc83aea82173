from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from .viewsets import PEOPLE_MENU, PeopleGroup


@hooks.register("register_admin_viewset")
def people() -> PeopleGroup:
    return PeopleGroup()


@hooks.register(PEOPLE_MENU)
def access_tokens() -> MenuItem:
    return MenuItem(
        gettext_lazy("Access tokens"),
        reverse_lazy("organisation_tokens"),
        name="access-tokens",
        icon_name="key",
        order=900,
    )


@hooks.register("before_delete_user")
def people_are_not_deleted(request: HttpRequest, user: AbstractUser) -> HttpResponse:
    """The log, the verdicts and the audit trail name people; an account that is over becomes inactive."""
    messages.error(
        request,
        _("Nobody is deleted, since what they wrote and approved names them. Untick “Active” instead."),
    )
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_bulk_action")
def people_are_not_deleted_together(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: object
) -> HttpResponse | None:
    if action_type != "delete" or getattr(action, "model", None) is not get_user_model():
        return None
    messages.error(
        request,
        _("Nobody is deleted, since what they wrote and approved names them. Make them inactive instead."),
    )
    return redirect("wagtailusers_users:index")
