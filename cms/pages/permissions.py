"""What Wagtail's doors ask. Being a superuser opens none of them (rule 6).

Publishing, withdrawing and moving are deeds of the workflow and of the log. Wagtail's own ways to do
them are shut for everybody; whoever finds one open changes nothing that readers see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from wagtail.models import PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy

from cms.core.errors import Refusal
from cms.organisation.queries import departments_written_for, home_department, person
from cms.organisation.vocabulary import WRITING_ROLES
from cms.publications.models import Entry
from workflows import queries, rules
from workflows.drafts import DraftOfItem
from workflows.models import SubmissionDocument


def is_writer(user: AbstractUser) -> bool:
    """Whether a person has a role that opens the admin."""
    return any(post.role in WRITING_ROLES for post in person(user).posts) and user.is_active


def why_not_write(user: AbstractUser, draft: DraftOfItem) -> Refusal | None:
    """Why this person can't change this draft, whatever it waits for."""
    return rules.why_not_write(person(user), queries.item_state(draft.item))


def was_sent(draft: DraftOfItem) -> bool:
    """Whether anybody but its writers has seen it: it was submitted or published once."""
    return (
        SubmissionDocument.objects.filter(item_id=draft.item_id).exists()
        or Entry.objects.filter(item_id=draft.item_id).exists()
    )


class DraftPagePermissionTester(PagePermissionTester):
    """Writers of the department write; drafts that nobody has seen can go; all else is the workflow's.

    | door | who |
    |---|---|
    | add beneath | whoever writes for a department |
    | edit | authors and editors of the department that the page belongs to |
    | delete | the same, while it was never submitted or published and nothing stands beneath it |
    | publish, unpublish, schedule, restrict, lock, move, copy, reorder | nobody here |
    """

    def can_add_subpage(self) -> bool:
        specific = self.page.specific_class
        if not self.user.is_active or specific is None or home_department(self.user) is None:
            return False
        return any(model.can_create_at(self.page) for model in specific.creatable_subpage_models())

    def can_edit(self) -> bool:
        return self.user.is_active and why_not_write(self.user, self.page.specific_deferred) is None

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.can_edit() and self.page.is_leaf() and not was_sent(self.page.specific_deferred)

    def page_locked(self) -> bool:
        """Asked of the draft itself: Wagtail's lists hold plain pages, which know no submission."""
        lock = self.page.specific_deferred.get_lock()
        return bool(lock and lock.for_user(self.user))

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return False

    def can_unlock(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Any) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        return False


class DraftPermissionPolicy(ModelPermissionPolicy):
    """The same for snippets: whoever may enter looks, writers of the department write, nobody publishes."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        if action == "view":
            return is_writer(user) or (user.is_active and user.is_superuser)
        if action == "add":
            return user.is_active and home_department(user) is not None
        if action == "change":
            return user.is_active and bool(departments_written_for(user))
        return False

    def user_has_any_permission(self, user: AbstractUser, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: AbstractUser, action: str, instance: Any) -> bool:
        if action == "change":
            return user.is_active and why_not_write(user, instance) is None
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: AbstractUser, actions: Iterable[str], instance: Any
    ) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(
        self, user: AbstractUser, actions: Iterable[str]
    ) -> QuerySet[Any]:
        rows = self.model._default_manager.all()
        if "view" in actions and self.user_has_permission(user, "view"):
            return rows
        if "change" in actions and user.is_active:
            return rows.filter(item__department__in=departments_written_for(user))
        return rows.none()
