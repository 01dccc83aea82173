"""After a migration: the group of those who write may enter the admin."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

WRITERS = "Writers"
PAGE_PERMISSIONS = ("add_page", "change_page")
COLLECTION_PERMISSIONS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


def open_admin_to_writers(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Give the group Wagtail's own permissions, without which its screens don't show at all. What one
    may do on a screen is decided by memberships (see `permissions.py`)."""
    if using != DEFAULT_DB_ALIAS:
        return
    for label in ("wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    group, _made = Group.objects.get_or_create(name=WRITERS)
    group.permissions.add(*_named("access_admin", app="wagtailadmin"))
    top = _top_of_what_is_written()
    if top is not None:
        GroupPagePermission.objects.filter(group=group).exclude(page=top).delete()
        for permission in _named(*PAGE_PERMISSIONS, app="wagtailcore"):
            GroupPagePermission.objects.get_or_create(group=group, page=top, permission=permission)
    shelf = Collection.objects.filter(depth=1).first()
    if shelf is not None:
        for app in ("wagtailimages", "wagtaildocs"):
            for permission in _named(*COLLECTION_PERMISSIONS, app=app):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=shelf, permission=permission
                )


def _top_of_what_is_written() -> Page | None:
    """The home page, so that nobody looks at the node above it; that node, until there is one."""
    home = Page.objects.filter(depth=2, content_type__model="homepage").first()
    return home or Page.objects.filter(depth=1).first()


def _named(*codenames: str, app: str) -> list[Permission]:
    return list(Permission.objects.filter(codename__in=codenames, content_type__app_label=app))
