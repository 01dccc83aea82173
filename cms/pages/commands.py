"""Beginning drafts: the home page of an empty site, and pages from standard services."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Collection, Locale, Page, Site

from cms.catalogue.models import StandardService
from cms.core import audit
from cms.core.errors import Refusal, Refused, refuse_if
from cms.organisation.queries import home_department

from . import queries
from .models import HomePage, ServicePage, StandardCode, TopicPage
from .permissions import was_sent, why_not_write
from .receivers import open_admin_to_writers
from .rules import Start, why_not_put_under, why_not_start

TITLE_LENGTH = 255
SUMMARY_LENGTH = 300


@transaction.atomic
def plant(by: AbstractUser, *, title: str = "") -> HomePage:
    """Make the draft of the home page in an empty tree, in place of Wagtail's welcome page.

    Once there is one, it is given back as it stands. Raises `Refused` for people without a department.
    """
    standing = HomePage.objects.first()
    if standing is not None:
        return standing
    root = _root()
    welcome = [page.pk for page in root.get_children() if page.specific_class is Page]
    Page.objects.filter(pk__in=welcome).update(slug="replaced-by-home")
    home = HomePage(title=title or _("Home"), slug="home", welcome=_("What can we do for you?"), owner=by)
    home.begin(by)
    root.add_child(instance=home)
    home.save_revision(user=by)
    named = {"root_page": home, "hostname": "localhost", "site_name": settings.WAGTAIL_SITE_NAME}
    Site.objects.update_or_create(is_default_site=True, defaults=named)
    for page in Page.objects.filter(pk__in=welcome):
        page.delete()
    open_admin_to_writers()
    audit.record("home planted", home.item, by=by)
    return home


@transaction.atomic
def start_page(
    standard: StandardService, *, by: AbstractUser, parent: TopicPage | HomePage | None = None
) -> ServicePage:
    """Begin a service page from a row of a service list; the imported words are `by`'s from now on.

    While the department has an unpublished draft with this code, that one is given back. Raises
    `Refused` for what is discontinued, and for people without a department.
    """
    row = StandardService.objects.select_for_update(of=("self",)).select_related("list").get(pk=standard.pk)
    department = home_department(by)
    above = parent or queries.likely_place(department)
    refuse_if(
        why_not_start(
            Start(offered=row.is_offered, has_department=department is not None, has_parent=above is not None)
        )
    )
    assert department is not None
    assert above is not None
    begun = queries.begun_from(row, department)
    if begun is not None:
        return begun
    page = _from_standard(row)
    page.owner = by
    page.begin(by, department)
    above.add_child(instance=page)
    page.save_revision(user=by)
    audit.record("page started", page.item, by=by, list=row.list.name, code=row.code)
    return page


@transaction.atomic
def put_under(page: ServicePage, topic: TopicPage, *, by: AbstractUser) -> ServicePage:
    """Put a draft that nobody has seen yet under another topic. What was published is moved by a
    webmaster, with a reason (`workflows.commands.move`)."""
    refuse_if(why_not_write(by, page))
    refuse_if(why_not_put_under(sent=was_sent(page)))
    if any(sibling.slug == page.slug for sibling in topic.get_children().exclude(pk=page.pk)):
        raise Refused(
            Refusal("address-taken", _("A page with this address stands there already. Change it first."))
        )
    if not page.is_child_of(topic):
        page.move(topic, pos="last-child")
        audit.record("draft put under", page.item, by=by, topic=str(topic.item_id))
    return ServicePage.objects.get(pk=page.pk)


def _from_standard(row: StandardService) -> ServicePage:
    description = " ".join(row.description.split())
    page = ServicePage(
        title=row.name[:TITLE_LENGTH],
        summary=_first_sentence(description),
        purpose=f"<p>{escape(description)}</p>" if description else "",
    )
    page.standard_codes = [
        StandardCode(list=row.list.name, code=row.code, name=row.name, uri=row.uri, sort_order=0)
    ]
    return page


def _first_sentence(text: str) -> str:
    """The first sentence, or as many whole words as there is room for."""
    first = text.split(". ")[0].rstrip(".")
    sentence = f"{first}." if first else ""
    if len(sentence) <= SUMMARY_LENGTH:
        return sentence
    return sentence[: SUMMARY_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _root() -> Page:
    """The node that Wagtail's migrations plant; made again where a database was emptied."""
    if not Locale.objects.exists():
        Locale.objects.create(language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    root = Page.get_first_root_node()
    return root or Page.add_root(instance=Page(title="Root", slug="root"))
