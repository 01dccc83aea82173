"""What every draft of an item has in common: its item, its writers, and the lock while it waits."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

from cms.core import audit
from cms.core.errors import Refusal, Refused
from cms.organisation.models import Department
from cms.organisation.queries import home_department
from cms.publications.models import Item

from .models import Submission, SubmissionDocument, Writing
from .states import STATES, state_apart_from_waiting
from .vocabulary import Deed, State


class DraftOfItem(models.Model):
    """A page or snippet in which an item is written. Readers never read it.

    Set `item_kind` and `item_audience`. Put this class before Wagtail's mixins, so that `save_revision`
    and `get_lock` are ours.
    """

    item_kind: ClassVar[str]
    item_audience: ClassVar[str] = "public"
    # Whose form this came from: begins the item with the first save, and not with a preview before it.
    begun_by: AbstractUser | None = None

    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, editable=False, related_name="%(app_label)s_%(class)s"
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the row; the first time, begin its item."""
        if self.item_id is None and self.begun_by is not None:
            self.begin(self.begun_by)
        return super().save(*args, **kwargs)

    def begin(self, by: AbstractUser, department: Department | None = None) -> None:
        """Make the item that this will be the draft of. The department is the person's own (rule 7),
        unless the deed that begins the draft says otherwise. Raises `Refused` for people without one."""
        if self.item_id is None:
            where = department or home_department(by)
            if where is None:
                raise Refused(
                    Refusal(
                        "no-department",
                        _("You belong to no department as author or editor, so you can't begin a text."),
                        403,
                    )
                )
            self.item = Item.objects.create(
                kind=self.item_kind, audience=self.item_audience, department=where
            )
            audit.record("item begun", self.item, by=by, kind=self.item_kind)

    @transaction.atomic
    def save_revision(self, user: Any = None, **kwargs: Any) -> Any:
        """Save a draft, and note who wrote it."""
        revision = super().save_revision(user=user, **kwargs)
        Writing.objects.create(item_id=self.item_id, person=user, revision=str(revision.pk))
        older = kwargs.get("previous_revision")
        if older is not None:
            note_writers_of(self.item, str(older.pk), again=str(revision.pk))
        return revision

    @property
    def status_string(self) -> str:
        """In Wagtail's own lists and panels, in our words."""
        return str(STATES[state_apart_from_waiting(self)])

    def get_lock(self) -> BaseLock | None:
        """A text that waits for approval stands still."""
        submission = open_submission(self.item_id)
        if submission is not None:
            return SubmissionLock(self, submission)
        lock: BaseLock | None = super().get_lock()
        return lock


class SubmissionLock(BaseLock):
    """Nobody edits what reviewers are reading, superusers included."""

    def __init__(self, obj: Any, submission: Submission) -> None:
        super().__init__(obj)
        self.submission = submission

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> SafeString:
        return format_html(
            "{} {}",
            _("This text waits for approval (%(stage)s).") % {"stage": self.submission.get_stage_display()},
            _("An author of the department can take it back to change it."),
        )

    def get_icon(self, user: Any) -> str:
        return "clipboard-list"

    def get_locked_by(self, user: Any) -> str:
        return _("Waits for approval")

    def get_description(self, user: Any) -> str:
        return _("Nobody can change it until it is decided or taken back.")


class DraftForm:
    """For the form classes of drafts (before Wagtail's): begins the item when the draft is first saved."""

    for_user: AbstractUser
    instance: DraftOfItem

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.instance.item_id is None and self.for_user and home_department(self.for_user) is None:
            raise ValidationError(
                _("You belong to no department as author or editor, so you can't begin a text.")
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.begun_by = self.for_user
        return super().save(commit=commit)


def open_submission(item_id: Any) -> Submission | None:
    """The submission that an item waits in."""
    if item_id is None:
        return None
    return Submission.objects.filter(documents__item_id=item_id, state=State.OPEN).first()


def note_writer(item: Item, person: AbstractUser) -> None:
    """A text of `item` was written outside a draft: in the urgent lane's form."""
    Writing.objects.create(item=item, person=person)


def reviewed_up_to(item: Item, *, before: int | None = None) -> int:
    """The last writing of the item that has passed review, in the reviewed lane alone; a withdrawal
    looks at what is published, and at no draft. `before`: of those up to this one."""
    rows = SubmissionDocument.objects.filter(
        item=item, submission__state=State.PUBLISHED, submission__deed=Deed.PUBLISH
    )
    if before is not None:
        rows = rows.filter(last_writing__lte=before)
    return rows.aggregate(last=Max("last_writing"))["last"] or 0


def note_writers_of(item: Item, revision: str, *, again: str) -> None:
    """An older revision was brought back: whoever wrote of it what had not passed review then has written
    it again. Where nobody noted who wrote it, that is somebody unknown."""
    own = Writing.objects.filter(item=item, revision=revision).aggregate(last=Max("pk"))["last"]
    if own is None:
        Writing.objects.create(item=item, person=None, revision=again)
        return
    rows = Writing.objects.filter(item=item, pk__gt=reviewed_up_to(item, before=own), pk__lte=own)
    for writer in sorted(set(rows.order_by().values_list("person_id", flat=True)), key=lambda pk: pk or 0):
        Writing.objects.create(item=item, person_id=writer, revision=again)
