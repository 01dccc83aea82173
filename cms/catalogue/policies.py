"""What people may do with the catalogue in the admin: read it. Only files change it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy


class ReadOnlyPolicy(BasePermissionPolicy):
    """Whoever may enter the admin may look; nobody adds, changes or deletes, superusers included."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action == "view" and user.has_perm("wagtailadmin.access_admin")

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        people = get_user_model().objects
        return people.with_perm("wagtailadmin.access_admin") if "view" in actions else people.none()
