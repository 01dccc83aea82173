"""The groups that come with us, and the permissions that they carry."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

from .vocabulary import MEMBERSHIP_ADMINISTRATORS, SUPERVISORS, WRITERS

# Group → (app label, code name) of what it may do.
PERMISSIONS = {
    WRITERS: (("wagtailadmin", "access_admin"),),
    SUPERVISORS: (("wagtailadmin", "access_admin"),),
    MEMBERSHIP_ADMINISTRATORS: (
        ("wagtailadmin", "access_admin"),
        ("organisation", "change_membership"),
    ),
}


def put_in_place(sender: AppConfig, using: str, apps: Apps, verbosity: int = 1, **kwargs: Any) -> None:
    """After migrations: make the groups, and give them what they lack. Takes nothing away.

    Permissions are themselves made after migrations, in no order to rely on, so ours are made here first.
    """
    try:
        Group = apps.get_model("auth", "Group")
        Permission = apps.get_model("auth", "Permission")
        apps.get_model("organisation", "Membership")
    except LookupError:  # migrated back to a time before them
        return
    create_permissions(sender, verbosity=0, interactive=False, using=using, apps=apps)
    for name, wanted in PERMISSIONS.items():
        group, _made = Group.objects.using(using).get_or_create(name=name)
        for app_label, codename in wanted:
            group.permissions.add(
                *Permission.objects.using(using).filter(content_type__app_label=app_label, codename=codename)
            )
