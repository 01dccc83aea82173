"""The demo's texts as drafts, typed by their authors: one function for each kind."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.timezone import make_aware

from cms.catalogue.models import StandardService
from cms.core.sanitise import markdown_html
from cms.pages.models import (
    Channel,
    ContactPoint,
    ContactPointHours,
    Deadline,
    DepartmentPage,
    DocumentNeeded,
    Eligibility,
    Fee,
    HomePage,
    LegalBasis,
    LifeEventPage,
    Notice,
    Place,
    PlaceClosure,
    PlaceHours,
    ProcessingTime,
    RelatedService,
    ServicePage,
    StandardCode,
    TaskLink,
    TopicPage,
    TopTask,
)
from kb.articles.commands import begin_article
from kb.articles.composer import Fields
from kb.articles.models import Article

Row = dict[str, Any]
FACTS = {
    "fees": Fee,
    "deadlines": Deadline,
    "processing_times": ProcessingTime,
    "documents": DocumentNeeded,
    "eligibility": Eligibility,
    "legal_basis": LegalBasis,
}
RELATIONS = {"documents": "documents_needed", "eligibility": "eligibilities", "legal_basis": "legal_bases"}


class Desk:
    """What has been typed so far, by slug: texts refer to each other."""

    def __init__(self) -> None:
        self.home: HomePage
        self.topics: dict[str, TopicPage] = {}
        self.life_events: dict[str, LifeEventPage] = {}
        self.departments: dict[str, DepartmentPage] = {}
        self.places: dict[str, Place] = {}
        self.contact_points: dict[str, ContactPoint] = {}
        self.services: dict[str, ServicePage] = {}
        self.notices: list[Notice] = []

    def type_topic(self, row: Row, position: int, by: AbstractUser) -> None:
        page = TopicPage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            intro=markdown_html(row["intro"]),
            position=position,
            live=False,
        )
        self.topics[row["slug"]] = self._beneath(self.home, page, by)

    def type_life_event(self, row: Row, position: int, by: AbstractUser) -> None:
        page = LifeEventPage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            intro=markdown_html(row["intro"]),
            first=markdown_html(row["what_first"]),
            position=position,
            live=False,
        )
        self.life_events[row["slug"]] = self._beneath(self.home, page, by)

    def type_department(self, row: Row, by: AbstractUser) -> None:
        page = DepartmentPage(
            title=row["title"],
            slug=row["code"],
            summary=row["summary"],
            intro=markdown_html(row["intro"]),
            live=False,
        )
        self.departments[row["code"]] = self._beneath(self.home, page, by)

    def type_place(self, row: Row, by: AbstractUser) -> None:
        place = Place(
            title=row["name"],
            slug=row["slug"],
            summary=row["summary"],
            street=row["street"],
            postcode=row["postcode"],
            town=row["town"],
            phone=row.get("phone", ""),
            email=row.get("email", ""),
            getting_there=markdown_html(row["getting_there"]),
            accessibility=markdown_html(row["accessibility"]),
            live=False,
        )
        place.hours = [PlaceHours(sort_order=n, **hours) for n, hours in enumerate(row["hours"])]
        place.closures = [
            PlaceClosure(sort_order=n, label=c["label"], valid_from=c["from"], valid_to=c["to"])
            for n, c in enumerate(row.get("closures", []))
        ]
        self.places[row["slug"]] = self._saved(place, by)

    def type_contact_point(self, row: Row, by: AbstractUser) -> None:
        point = ContactPoint(
            title=row["name"],
            summary=row["summary"],
            phone=row.get("phone", ""),
            email=row.get("email", ""),
            live=False,
        )
        point.hours = [ContactPointHours(sort_order=n, **h) for n, h in enumerate(row.get("hours", []))]
        self.contact_points[row["slug"]] = self._saved(point, by)

    def type_notice(self, row: Row, by: AbstractUser) -> None:
        notice = Notice(
            title=row["title"],
            text=markdown_html(row["text"]),
            level=row["level"],
            shown_until=make_aware(datetime.combine(row["expires_on"], time(23, 59))),
            live=False,
        )
        self.notices.append(self._saved(notice, by))

    def type_service(self, row: Row, by: AbstractUser) -> None:
        page = ServicePage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            purpose=markdown_html(row["purpose"]),
            who_for=markdown_html(row["who_for"]),
            what_to_bring=markdown_html(row.get("what_to_bring", "")),
            steps=_steps(row),
            handling_class=row["handling_class"],
            target_groups=row["target_groups"],
            review_on=row["review_on"],
            live=False,
        )
        for name, model in FACTS.items():
            facts = [model(sort_order=n, **fact) for n, fact in enumerate(row.get(name, []))]
            setattr(page, RELATIONS.get(name, name), facts)
        page.channels = [self._channel(n, channel) for n, channel in enumerate(row["channels"])]
        page.tasks = [TaskLink(sort_order=n, **task) for n, task in enumerate(row.get("tasks", []))]
        standard = StandardService.objects.get(list__name="lgsl", code=row["standard_code"])
        page.standard_codes = [
            StandardCode(list="lgsl", code=standard.code, name=standard.name, uri=standard.uri)
        ]
        page.begin(by)
        self.topics[row["topic"]].add_child(instance=page)
        page.tags.add(*row["tags"])
        page.life_events.set([self.life_events[slug] for slug in row["life_events"]])
        self.services[row["slug"]] = page

    def relate(self, row: Row, by: AbstractUser) -> None:
        """Name related services, once all are there; this saves the draft."""
        page = self.services[row["slug"]]
        page.related = [
            RelatedService(sort_order=n, service=self.services[slug])
            for n, slug in enumerate(row.get("related", []))
        ]
        page.save_revision(user=by)

    def name_top_tasks(self, slugs: list[str], by: AbstractUser) -> None:
        self.home.top_tasks = [
            TopTask(sort_order=n, service=self.services[slug]) for n, slug in enumerate(slugs)
        ]
        self.home.save_revision(user=by)

    def _channel(self, position: int, row: Row) -> Channel:
        return Channel(
            sort_order=position,
            kind=row["kind"],
            can_do=row["can_do"],
            label=row.get("label", ""),
            address=row.get("address", ""),
            place=self.places[row["place"]] if row.get("place") else None,
            contact_point=self.contact_points[row["contact_point"]] if row.get("contact_point") else None,
        )

    def _beneath(self, parent: Any, page: Any, by: AbstractUser) -> Any:
        page.begin(by)
        parent.add_child(instance=page)
        page.save_revision(user=by)
        return page

    def _saved(self, snippet: Any, by: AbstractUser) -> Any:
        snippet.begin(by)
        snippet.save()
        snippet.save_revision(user=by)
        return snippet


def type_article(row: Row, service: ServicePage, by: AbstractUser) -> Article:
    """An article about a published service, quoting its facts by name."""
    keys = {f"{fact.kind}:{fact.value['label']}": str(fact.key) for fact in service.item.facts_now.all()}
    return begin_article(
        Fields(
            question=row["question"],
            short_answer=row["short_answer"],
            answer=row["answer"],
            ask_caller=row["ask_caller"],
            internal_contacts=row["internal_contacts"],
            pass_on=row["pass_on"],
            service=str(service.item_id),
            quotes=tuple(keys[name] for name in row["quotes"]),
            tags=tuple(row["tags"]),
            handling_class=row["handling_class"],
        ),
        by=by,
    )


def _steps(row: Row) -> list[tuple[str, dict[str, str]]]:
    """Warnings come first, as people should read them before they begin."""
    warnings = [("warning", _warning(text)) for text in row.get("warnings", [])]
    steps = [("step", {"title": step["title"], "text": markdown_html(step["text"])}) for step in row["steps"]]
    return [*warnings, *steps]


def _warning(text: str) -> dict[str, str]:
    """A bold beginning is the warning's line, else its first sentence, when that is short enough."""
    text = text.strip()
    if text.startswith("**"):
        line, _mark, rest = text[2:].partition("**")
    else:
        line, _mark, rest = text.replace("**", "").partition(". ")
    if len(line) > 120:
        line, rest = "Before you begin", text
    return {"title": line.strip(), "text": markdown_html(rest.strip())}
