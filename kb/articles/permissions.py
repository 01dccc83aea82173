"""Who may do what with articles in the admin: the rules of the workflow, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.organisation.queries import departments_written_for, person
from cms.organisation.rules import Person
from cms.organisation.vocabulary import DEPARTMENT_ROLES, WRITING_ROLES
from cms.publications import queries as log
from workflows.models import SubmissionDocument
from workflows.rules import ItemState, why_not_write

from .models import Article

KNOWN = "_articles_person"


class ArticlePolicy(BasePermissionPolicy):
    """Writers of the department and champions write. Nobody publishes, locks or unlocks here, and only
    what was never sent for approval can be deleted. Being a superuser adds nothing."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        someone = _person(user)
        if action == "view":
            return someone.active and any(post.role in WRITING_ROLES for post in someone.posts)
        if action in ("add", "change", "delete"):
            return someone.is_champion or any(
                someone.has(post.role, post.department) and post.role in DEPARTMENT_ROLES
                for post in someone.posts
            )
        return False

    def user_has_any_permission(self, user: AbstractUser, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: AbstractUser, action: str, instance: Any) -> bool:
        if action == "view" or instance.item_id is None:
            return self.user_has_permission(user, action)
        if action not in ("change", "delete"):
            return False
        where = ItemState(kind=instance.item.kind, department=instance.item.department_id, published=False)
        if why_not_write(_person(user), where) is not None:
            return False
        return action == "change" or _was_never_submitted(instance)

    def instances_user_has_any_permission_for(
        self, user: AbstractUser, actions: Iterable[str]
    ) -> QuerySet[Article]:
        wanted = set(actions)
        if "view" in wanted and self.user_has_permission(user, "view"):
            return Article.objects.all()
        if not wanted & {"change", "delete"}:
            return Article.objects.none()
        if _person(user).is_champion:
            return Article.objects.all()
        return Article.objects.filter(item__department__in=departments_written_for(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Whom Wagtail may offer in lists; each deed asks again."""
        return (
            get_user_model().objects.filter(Q(is_active=True), memberships__role__in=WRITING_ROLES).distinct()
        )


def _person(user: AbstractUser) -> Person:
    """Who somebody is, asked once in a request: a list asks for each of its rows."""
    known: Person | None = getattr(user, KNOWN, None)
    if known is None:
        known = person(user)
        setattr(user, KNOWN, known)
    return known


def _was_never_submitted(article: Article) -> bool:
    item = article.item
    return log.newest_seq(item) is None and not SubmissionDocument.objects.filter(item=item).exists()
