"""Every write of champions and authors to articles and staff notices: one function, one deed."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.errors import Refusal, Refused, refuse_if
from cms.organisation.models import Department
from cms.organisation.queries import person
from cms.publications import queries as log
from cms.publications.models import Entry, Item
from workflows import rules as workflow_rules
from workflows.commands import publish_urgent, withdraw_urgent
from workflows.drafts import open_submission
from workflows.queries import item_state

from . import notices, rules
from .composer import Fields, document_of, draft, fill
from .models import Article
from .vocabulary import ARTICLE, STAFF_NOTICE


@transaction.atomic
def begin_article(fields: Fields, *, by: AbstractUser, department: Department | None = None) -> Article:
    """Begin a draft under the department of its service, else under the one that a champion gives,
    else under the author's own. Raises `Refused`."""
    where = department_for(fields, by=by, given=department)
    article = Article(live=False)
    article.begin(by, where)
    fill(article, fields)
    article.save()
    article.save_revision(user=by, clean=False)
    return article


@transaction.atomic
def rewrite(item: Item, fields: Fields, *, by: AbstractUser) -> Article:
    """Save a new draft of an article. Raises `Refused` for people who don't write it, and while it
    waits for approval."""
    refuse_if(workflow_rules.why_not_write(person(by), item_state(item)))
    if open_submission(item.pk) is not None:
        raise Refused(
            Refusal("waits-already", _("This waits for approval already. Take it back to change it."))
        )
    article = draft(item)
    fill(article, fields)
    if not article.live:
        article.save()
    article.save_revision(user=by, clean=False)
    return article


def department_for(fields: Fields, *, by: AbstractUser, given: Department | None = None) -> Department | None:
    """The department of the service, else the one that a champion gives. Raises `Refused` for people
    who would choose one that they don't write for; `None`: their own."""
    if fields.service:
        given = Item.objects.select_related("department").get(pk=fields.service).department
    if given is not None:
        refuse_if(rules.why_not_belong(person(by), given.pk))
    return given


@transaction.atomic
def correct_urgently(
    item: Item, *, fields: Fields, by: AbstractUser, reason: str, based_on: int | None
) -> Entry:
    """Publish `fields` at once. They stood in a form that was filled from what was published at
    `based_on`, never from the draft, which stays as it is. Leaves a debt. Raises `Refused`."""
    refuse_if(workflow_rules.why_not_publish_urgent(person(by), item.kind, reason=reason))
    said = log.published_document(item)
    refuse_if(rules.why_not_correct(person(by), published=said is not None))
    if item.kind != ARTICLE:
        raise Refused(notice_is_replaced())
    document = document_of(item, fields)
    if document == said and log.newest_seq(item) == based_on:
        raise Refused(nothing_changed())
    return publish_urgent(item, document, by=by, reason=reason, based_on=based_on)


@transaction.atomic
def publish_new_urgently(
    *, fields: Fields, department: Department | None, by: AbstractUser, reason: str
) -> Entry:
    """Publish an article that didn't exist, at once. Its draft follows. Leaves a debt. Raises `Refused`."""
    refuse_if(workflow_rules.why_not_publish_urgent(person(by), ARTICLE, reason=reason))
    where = department_for(fields, by=by, given=department)
    if where is None:
        raise Refused(
            Refusal("department-missing", _("Choose the service or the department that it belongs to."), 422)
        )
    item = Item.objects.create(kind=ARTICLE, audience="staff", department=where)
    audit.record("item begun", item, by=by, kind=ARTICLE)
    return publish_urgent(item, document_of(item, fields), by=by, reason=reason, based_on=None)


@transaction.atomic
def put_staff_notice(
    target: Item, *, text: str, by: AbstractUser, reason: str, until: datetime | None = None
) -> Entry:
    """Put a champion's remark above an item, for agents alone. It is an item of its own, and makes no
    entry of its target. Leaves a debt. Raises `Refused`."""
    someone = person(by)
    published = log.published_document(target) is not None
    refuse_if(rules.why_not_put_notice(someone, published=published, kind=target.kind))
    item = Item.objects.create(kind=STAFF_NOTICE, audience="staff", department=target.department)
    audit.record("staff notice put", item, by=by, target=str(target.pk))
    document = notices.document_of(item, target, text=text, signed=someone.name, until=until)
    return publish_urgent(item, document, by=by, reason=reason, based_on=None)


@transaction.atomic
def remove_staff_notice(item: Item, *, by: AbstractUser, reason: str) -> Entry:
    """Take a staff notice down, with the reason that agents will see. Leaves a debt as well."""
    if item.kind != STAFF_NOTICE:
        raise Refused(Refusal("not-a-notice", _("This is not a staff notice."), 422))
    return withdraw_urgent(item, by=by, reason=reason)


def notice_is_replaced() -> Refusal:
    return Refusal(
        "notice-is-replaced",
        _("A staff notice isn't corrected. Remove it, and put another in its place."),
        422,
    )


def nothing_changed() -> Refusal:
    return Refusal("unchanged", _("Nothing has changed since it was published."))
