"""Draft → document: complete, clean, and the same bytes each time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cms.core.canonical import canonical_json
from cms.pages import models
from cms.pages.queries import newest_draft
from cms.publications import registry
from cms.publications.gaps import Gap
from cms.publications.models import PinnedFile
from tests.people import person

from . import drafts

NASTY = (
    '<p onclick="x()">Fine <script>alert(1)</script><b>words</b>'
    '<img src=x onerror=alert(2)><a href="javascript:alert(3)">here</a></p>'
)


def composed(draft: Any) -> dict[str, Any]:
    return registry.kind(draft.item_kind).compose(newest_draft(draft.item))


def everything(topic: models.TopicPage) -> dict[str, Any]:
    by = person("author.parks")
    home = topic.get_parent().specific
    return {
        "home": home,
        "topic": topic,
        "service": drafts.full_service(topic, by),
        "life_event": drafts.page(
            models.LifeEventPage,
            home,
            by,
            title="Moving",
            slug="moving",
            summary="To us.",
            intro="<p>Hello.</p>",
            first="<ol><li>Tell us</li></ol>",
        ),
        "department": drafts.page(
            models.DepartmentPage,
            home,
            by,
            title="Parks",
            slug="parks-department",
            summary="Trees.",
            intro="<p>We plant.</p>",
        ),
        "place": drafts.place(by, photo=drafts.photo(), photo_alt="The entrance"),
        "contact_point": drafts.contact_point(by),
        "notice": drafts.notice(by),
    }


def test_each_kind_composes_to_the_same_bytes_each_time(topic: models.TopicPage) -> None:
    for kind, draft in everything(topic).items():
        first = composed(draft)
        assert first["kind"] == kind
        assert first["id"] == str(draft.item_id)
        assert canonical_json(composed(draft)) == canonical_json(first), kind
        newest_draft(draft.item).save_revision(user=person("author.parks"))
        assert canonical_json(composed(draft)) == canonical_json(first), kind


def test_a_service_holds_all_that_was_entered(topic: models.TopicPage) -> None:
    draft = drafts.full_service(topic, person("author.parks"))
    document = composed(draft)
    body = document["body"]
    assert document["parent"] == str(topic.item_id)
    assert document["slug"] == "barbecue-permit"
    assert document["tags"] == ["bbq", "grill"]
    assert document["handling_class"] == "A"
    assert document["review_on"] == draft.review_on.isoformat()
    kinds = ["fee", "processing_time", "deadline", "document", "eligibility", "legal_basis"]
    assert [fact["kind"] for fact in document["facts"]] == kinds
    assert document["facts"][0]["amount"] == "27.50"
    assert body["steps"][0] == {"type": "step", "title": "Choose a place", "text": body["steps"][0]["text"]}
    assert body["steps"][1]["type"] == "warning"
    assert [channel["kind"] for channel in body["channels"]] == ["desk", "phone"]
    assert body["channels"][0]["place"] == {"item": str(models.Place.objects.get().item_id)}
    assert body["channels"][1]["contact_point"] == {"item": str(models.ContactPoint.objects.get().item_id)}
    assert body["tasks"] == [
        {"kind": "apply", "label": "Apply", "url": "https://forms.example.org/", "state": "working"}
    ]
    assert body["related"] == [{"item": str(models.ServicePage.objects.get(slug="camping").item_id)}]
    assert body["downloads"][0]["title"] == "Map"
    assert body["standard_codes"] == [{"list": "lgsl", "code": "461", "name": "Parks", "uri": "urn:461"}]
    assert body["target_groups"] == ["residents", "families"]
    assert document["life_events"] == [{"item": str(models.LifeEventPage.objects.get().item_id)}]
    assert document["topics"] == [{"item": str(models.TopicPage.objects.get(slug="fire").item_id)}]
    assert PinnedFile.objects.filter(pk=document["files"][0]["sha256"]).exists()
    assert registry.kind("service").missing(document) == []


def test_a_place_has_its_facts_and_a_pinned_photo(home: models.HomePage) -> None:
    document = composed(drafts.place(person("author.parks"), photo=drafts.photo(), photo_alt="The entrance"))
    kinds = [fact["kind"] for fact in document["facts"]]
    assert kinds == ["address", "phone", "email", "hours", "closure"]
    assert document["body"]["photo"]["alt"] == "The entrance"
    assert document["files"][0]["sha256"] == document["body"]["photo"]["sha256"]
    assert registry.kind("place").missing(document) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("service", ["purpose", "who_for", "what_to_bring"]),
        ("topic", ["intro"]),
        ("life_event", ["intro", "first"]),
        ("department", ["intro"]),
        ("place", ["getting_there", "accessibility"]),
        ("notice", ["text"]),
    ],
)
def test_scripts_come_out_of_every_rich_field(topic: models.TopicPage, kind: str, fields: list[str]) -> None:
    draft = newest_draft(everything(topic)[kind].item)
    for field in fields:
        setattr(draft, field, NASTY)
    body = registry.kind(kind).compose(draft)["body"]
    for field in fields:
        html = body[field]
        assert "<b>words</b>" in html
        for bad in ("script", "alert", "onclick", "onerror", "<img"):
            assert bad not in html, (field, html)


def test_scripts_come_out_of_steps(service: models.ServicePage) -> None:
    service.steps = [("step", {"title": "Do", "text": NASTY}), ("warning", {"title": "Mind", "text": NASTY})]
    for step in registry.kind("service").compose(service)["body"]["steps"]:
        assert "alert" not in step["text"]
        assert "<b>words</b>" in step["text"]


def test_links_to_pages_become_links_to_items(service: models.ServicePage, topic: models.TopicPage) -> None:
    service.purpose = (
        f'<p><a linktype="page" id="{topic.pk}">this</a> <a id="{topic.pk}" linktype="page">that</a>'
        ' <a linktype="page" id="99999">gone</a> <a linktype="document" id="1">file</a>'
        ' <a href="https://example.org/">out</a></p>'
    )
    html = registry.kind("service").compose(service)["body"]["purpose"]
    assert html == (
        f'<p><a href="item:{topic.item_id}">this</a> <a href="item:{topic.item_id}">that</a>'
        ' gone file <a href="https://example.org/">out</a></p>'
    )


def test_keys_stay_through_revisions(service: models.ServicePage) -> None:
    key = composed(service)["facts"][0]["key"]
    for _round in range(2):
        draft = newest_draft(service.item)
        draft.summary += " Again."
        draft.save_revision(user=person("author.parks"))
    assert composed(service)["facts"][0]["key"] == key


def test_versions_of_one_fact_share_a_key_and_keep_it(service: models.ServicePage) -> None:
    draft = newest_draft(service.item)
    old = draft.fees.get_object_list()[0]
    old.valid_to = date(2026, 12, 31)
    new = models.Fee(label=" permit ", amount=Decimal(30), valid_from=date(2027, 1, 1), sort_order=1)
    draft.fees = [old, new]
    draft.save_revision(user=person("author.parks"))
    fees = [fact for fact in composed(service)["facts"] if fact["kind"] == "fee"]
    assert len({fee["key"] for fee in fees}) == 1
    # The old version goes; the new one is still the same fact.
    draft = newest_draft(service.item)
    draft.fees = [draft.fees.get_object_list()[1]]
    draft.save_revision(user=person("author.parks"))
    assert composed(service)["facts"][0]["key"] == fees[0]["key"]


def test_a_row_typed_again_is_the_same_fact(service: models.ServicePage) -> None:
    key = composed(service)["facts"][0]["key"]
    draft = newest_draft(service.item)
    draft.fees = [
        models.Fee(label="PERMIT", amount=30, sort_order=0),
        models.Fee(label="Other", amount=1, sort_order=1),
    ]
    draft.save_revision(user=person("author.parks"))
    fees = composed(service)["facts"]
    assert fees[0]["key"] == key != fees[1]["key"]


def test_two_facts_that_were_one_part_again(service: models.ServicePage) -> None:
    draft = newest_draft(service.item)
    draft.fees = [
        models.Fee(label="Permit", amount=1, sort_order=0),
        models.Fee(label="Permit", amount=2, sort_order=1),
    ]
    draft.save_revision(user=person("author.parks"))
    draft = newest_draft(service.item)
    draft.fees.get_object_list()[1].label = "Second permit"
    draft.save_revision(user=person("author.parks"))
    assert len({fact["key"] for fact in composed(service)["facts"] if fact["kind"] == "fee"}) == 2


def test_what_is_missing_is_listed(home: models.HomePage, topic: models.TopicPage) -> None:
    empty = drafts.page(models.ServicePage, topic, person("author.parks"), title="Empty", slug="empty")
    found = registry.kind("service").missing(composed(empty))
    assert len(found) == 9
    for words in ("one sentence", "what it is for", "channel", "fee", "step", "answers", "reads it again"):
        assert any(words in sentence for sentence in found), words
    place = drafts.snippet(models.Place(title="Nowhere", slug="nowhere"), person("author.parks"))
    assert len(registry.kind("place").missing(composed(place))) == 2
    line = drafts.snippet(models.ContactPoint(title="Line"), person("author.parks"))
    notice = drafts.snippet(models.Notice(title="Shut"), person("author.parks"))
    for draft in (empty, place, line, notice):
        gaps = registry.kind(draft.item_kind).missing(composed(draft))
        names = {field.name for field in type(draft)._meta.get_fields()}
        assert gaps
        assert {gap.field for gap in gaps if isinstance(gap, Gap)} <= names
        assert all(isinstance(gap, Gap) for gap in gaps)
