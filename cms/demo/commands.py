"""Filling an empty database with Marhaven: each deed is done by the person who would do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.catalogue.models import StandardService
from cms.core import sanitise
from cms.core.errors import Refusal, Refused
from cms.pages.commands import plant, start_page
from cms.publications import queries as log
from cms.publications.models import Entry, Item
from kb.articles.commands import correct_urgently, put_staff_notice
from kb.articles.composer import fields_of_document
from kb.updates.commands import acknowledge
from workflows.commands import approve, end_debt, send_back, submit
from workflows.models import Debt, Submission

from . import people, questions, texts
from .catalogue import stock_catalogue
from .drafts import Desk, type_article

Say = Callable[[str], None]
UNREAD = 6
LEFT_CARS = "372"  # a page that author.parks has begun and not sent yet


class Town:
    """The demo municipality while it is built."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.desk = Desk()
        self.people: dict[str, AbstractUser] = {}
        self.articles: dict[str, Item] = {}

    def author(self, code: str) -> AbstractUser:
        return self.people[f"author.{code}"]

    def publish(self, items: Sequence[Any], code: str) -> None:
        """Through three people, as everything is."""
        submission = submit([thing.item for thing in items], by=self.author(code))
        approve(submission, by=self.people[f"editor.{code}"], seen=submission.sha)
        approve(submission, by=self.people["webmaster"], seen=submission.sha)


def is_empty() -> bool:
    return not Item.objects.exists()


@transaction.atomic
def seed(say: Say, lists: Path | None = None) -> None:
    """Build the demo municipality in one transaction. Raises `Refused` where it isn't allowed, or where
    something is there already."""
    if not settings.DEMO_ALLOWED:
        raise Refused(
            Refusal("no-demo", _("These settings refuse demo data: everybody would know the passwords."))
        )
    if not is_empty():
        raise Refused(
            Refusal("not-empty", _("There are items in this database already. Nothing was changed."))
        )
    town = Town(say)
    shared = texts.shared()
    say(_("People and departments"))
    town.people = people.settle(shared["department"])
    stock_catalogue(say, lists)
    with disable_reference_index_auto_update():  # it would be made anew at every step
        _type_all(town, shared)
        _publish_all(town, shared)
        _publish_articles(town)
        _leave_work(town, shared)
        _read_the_news(town)
        _search_for_a_week(town)
    call_command("rebuild_references_index", verbosity=0)


def _type_all(town: Town, shared: dict[str, Any]) -> None:
    desk, web = town.desk, town.author("communications")
    town.say(_("Drafts of pages, places and contact points"))
    desk.home = plant(web)
    desk.home.title = shared["home"]["title"]
    desk.home.welcome = shared["home"]["welcome"]
    for position, row in enumerate(shared["topic"]):
        desk.type_topic(row, position, town.author(row["department"]))
    for position, row in enumerate(shared["life_event"]):
        desk.type_life_event(row, position, web)
    for row in shared["department"]:
        desk.type_department(row, town.author(row["code"]))
    for row in shared["contact_point"]:
        desk.type_contact_point(row, town.author(row["department"]))
    for row in shared["place"]:
        desk.type_place(row, town.author(row["department"]))
    for row in shared["notice"]:
        desk.type_notice(row, web)
    services = [(code, row) for code in texts.DEPARTMENTS for row in texts.of_department(code)["service"]]
    for code, row in services:
        desk.type_service(row, town.author(code))
    for code, row in services:
        desk.relate(row, town.author(code))
    desk.name_top_tasks(shared["home"]["top_tasks"], web)


def _publish_all(town: Town, shared: dict[str, Any]) -> None:
    desk = town.desk
    town.say(_("Home, topics, life events, places"))
    town.publish([desk.home], "communications")
    for row in shared["topic"]:
        town.publish([desk.topics[row["slug"]]], row["department"])
    for page in desk.life_events.values():
        town.publish([page], "communications")
    for code, department in desk.departments.items():
        town.publish([department], code)
    for row in shared["contact_point"]:
        town.publish([desk.contact_points[row["slug"]]], row["department"])
    for row in shared["place"]:
        town.publish([desk.places[row["slug"]]], row["department"])
    for notice in desk.notices:
        town.publish([notice], "communications")
    for code in texts.DEPARTMENTS:
        services = [desk.services[row["slug"]] for row in texts.of_department(code)["service"]]
        town.say(_("%(count)d services of %(code)s") % {"count": len(services), "code": code})
        for service in services:
            town.publish([service], code)


def _publish_articles(town: Town) -> None:
    for code in texts.DEPARTMENTS:
        rows = texts.of_department(code)["article"]
        town.say(_("%(count)d articles of %(code)s") % {"count": len(rows), "code": code})
        for row in rows:
            article = type_article(row, town.desk.services[row["service"]], town.author(code))
            town.publish([article], code)
            town.articles[row["slug"]] = article.item


def _leave_work(town: Town, shared: dict[str, Any]) -> None:
    """Something waits at each stage, one thing was sent back, and one review is owed."""
    town.say(_("Work that waits: drafts, approvals, notices, one review that is owed"))
    desk, by = town.desk, town.people
    _resubmit(
        town, "report-graffiti", "parks", _("We come within three working days, and faster when words hurt.")
    )
    waiting = _resubmit(town, "book-bulky-waste-collection", "waste", _("Fridges go first: see step two."))
    approve(waiting, by=by["editor.waste"], seen=waiting.sha)
    returned = _resubmit(town, "blue-badge", "planning", _("Renewing takes as long as a first badge."))
    send_back(
        returned,
        by=by["editor.planning"],
        seen=returned.sha,
        reason=_("The national rules change in March. Please say what stays as it is until then."),
    )
    start_page(StandardService.objects.get(list__name="lgsl", code=LEFT_CARS), by=by["author.parks"])
    for row in shared["staff_notice"]:
        put_staff_notice(
            desk.services[row["target"]].item, text=row["text"], by=by["champion"], reason=row["reason"]
        )
    for debt in Debt.objects.all():
        end_debt(debt, by=by["champion2"], outcome="approved", note=_("Checked with the department."))
    item = town.articles["bin-missed-today"]
    document = log.published_document(item)
    assert document is not None
    fields = fields_of_document(document)
    correct_urgently(
        item,
        fields=fields.but(
            internal_contacts=fields.internal_contacts
            + "\n\n"
            + _(
                "Until Friday the waste team's direct line is down. Use the depot's radio desk, extension 4188."
            )
        ),
        by=by["champion"],
        reason=_("The waste team's direct line has been dead since eight this morning."),
        based_on=log.newest_seq(item),
    )


def _read_the_news(town: Town) -> None:
    """Most agents have read what was new until this morning; one has just come back from a holiday."""
    town.say(_("Agents read the news"))
    older = list(Entry.objects.order_by("-seq")[UNREAD:])
    for name in ("agent1", "agent2", "agent3", "agent4", "supervisor", "champion", "champion2"):
        for entry in older:
            acknowledge(entry, by=town.people[name])


def _search_for_a_week(town: Town) -> None:
    """After all else, so that it is asked of what is published."""
    items = {slug: page.item_id for slug, page in town.desk.services.items()}
    items |= {slug: item.pk for slug, item in town.articles.items()}
    count = questions.ask(items, town.people)
    town.say(_("%(count)d searches of the last week") % {"count": count})


def _resubmit(town: Town, slug: str, code: str, sentence: str) -> Submission:
    page = town.desk.services[slug]
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    draft.purpose = f"{draft.purpose}{sanitise.markdown_html(sentence)}"
    draft.save_revision(user=town.author(code))
    return submit([page.item], by=town.author(code), note=_("A small addition."))
