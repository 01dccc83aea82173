"""Who may teach the search in the admin. The commands ask again when it is done."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from cms.organisation.queries import people_who_can, person
from cms.organisation.vocabulary import Role

from .rules import why_not_teach


class TeachersPolicy(BasePermissionPolicy):
    """Webmasters and champions, in all; being a superuser adds nothing."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return why_not_teach(person(user)) is None

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return (people_who_can(Role.WEBMASTER) | people_who_can(Role.CHAMPION)).distinct()
