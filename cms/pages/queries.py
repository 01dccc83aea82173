"""Finding drafts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.catalogue.models import StandardService
from cms.core.errors import Refusal, Refused
from cms.organisation.models import Department
from cms.publications.models import Current, Item

from .models import (
    ContactPoint,
    DepartmentPage,
    DraftPage,
    HomePage,
    LifeEventPage,
    Notice,
    Place,
    ServicePage,
    TopicPage,
)

MODELS: dict[str, Any] = {
    model.item_kind: model
    for model in (
        HomePage,
        TopicPage,
        LifeEventPage,
        DepartmentPage,
        ServicePage,
        Place,
        ContactPoint,
        Notice,
    )
}


def draft_row(item: Item) -> Any:
    """The row in which an item is written, as Wagtail shows it to editors; `None` when it was deleted."""
    return MODELS[item.kind].objects.filter(item_id=item.pk).first()


def newest_draft(item: Item) -> Any:
    """What its writers last saved. Raises `Refused` when the draft was deleted."""
    row = draft_row(item)
    if row is None:
        raise Refused(Refusal("no-draft", _("The draft of this was deleted, so there is nothing to send.")))
    return row.get_latest_revision_as_object()


def edit_url(item: Item) -> str:
    """Where an item is written; the admin's first screen when there is no draft any more."""
    row = draft_row(item)
    if isinstance(row, DraftPage):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    try:
        return (AdminURLFinder().get_edit_url(row) if row else None) or reverse("wagtailadmin_home")
    except NoReverseMatch:
        return reverse("wagtailadmin_home")


def likely_place(department: Department | None) -> TopicPage | HomePage | None:
    """Where a service page is begun when nobody says where: in the topic that holds most services of the
    department, else in the first topic, else on the home page."""
    usual = (
        Current.objects.filter(kind="service", department=department, parent__isnull=False)
        .values("parent")
        .annotate(count=Count("pk"))
        .order_by("-count", "parent")
        .values_list("parent", flat=True)
        .first()
    )
    topics = TopicPage.objects.order_by("position", "title")
    return topics.filter(item=usual).first() or topics.first() or HomePage.objects.first()


def begun_from(standard: StandardService, department: Department) -> ServicePage | None:
    """The department's draft of a standard service, as long as it was never published."""
    return (
        ServicePage.objects.filter(
            item__department=department,
            item__current__isnull=True,
            standard_codes__list=standard.list.name,
            standard_codes__code=standard.code,
        )
        .order_by("pk")
        .first()
    )
