"""Who may do what with the organisation in the admin. The commands ask again when it is done."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from .queries import may_change_memberships


class MembershipRightPolicy(BasePermissionPolicy):
    """For people with the right to change memberships; being a superuser adds nothing (rule 6).

    `actions` are those that the model's screens have at all.
    """

    def __init__(self, model: type[Model] | str, actions: Iterable[str]) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action in self.actions and may_change_memberships(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        people = get_user_model().objects.filter(is_active=True)
        if not self.actions.intersection(actions):
            return people.none()
        right = {"content_type__app_label": "organisation", "codename": "change_membership"}
        by_group = {f"groups__permissions__{key}": value for key, value in right.items()}
        by_person = {f"user_permissions__{key}": value for key, value in right.items()}
        return people.filter(Q(**by_group) | Q(**by_person)).distinct()


class StandInPolicy(BasePermissionPolicy):
    """Whoever may enter the admin appoints their own stand-in, and ends what concerns them."""

    actions = frozenset({"add", "delete", "view"})

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action in self.actions and user.has_perm("wagtailadmin.access_admin")

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        people = get_user_model().objects
        if not self.actions.intersection(actions):
            return people.none()
        return people.with_perm("wagtailadmin.access_admin")


class NobodyPolicy(BasePermissionPolicy):
    """No screen of the admin shows or changes these."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return get_user_model().objects.none()
