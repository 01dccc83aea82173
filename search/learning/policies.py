"""Who sees what people ask. The commands ask again when something is done."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from cms.organisation.queries import people_who_can, person
from cms.organisation.vocabulary import Role

from .rules import why_not_read

READERS = (Role.CHAMPION, Role.WEBMASTER, Role.SUPERVISOR)


class ReadersPolicy(BasePermissionPolicy):
    """Champions, webmasters and supervisors may look; being a superuser adds nothing."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action == "view" and why_not_read(person(user)) is None

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        people = people_who_can(READERS[0])
        for role in READERS[1:]:
            people = people | people_who_can(role)
        return people.distinct() if "view" in actions else people.none()
