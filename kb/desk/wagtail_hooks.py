"""The way from the admin to the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.organisation.queries import person


class DeskMenuItem(MenuItem):
    """Shown to everybody whom the desk lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return person(request.user).is_staff_reader


@hooks.register("register_admin_menu_item")
def desk() -> MenuItem:
    return DeskMenuItem(_("Desk"), reverse_lazy("desk:home"), name="desk", icon_name="help", order=2)
