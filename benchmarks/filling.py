"""Fills OneAnswer with the benchmark's page, through the publication log, as anything that readers get. Prints
JSON: where the page is.

    python -m benchmarks.filling
"""

from __future__ import annotations

import json
import uuid
from typing import Any

import django
from django.core.management import call_command

django.setup()

from django.db import transaction  # noqa: E402

from benchmarks import texts  # noqa: E402
from cms.organisation.models import Department  # noqa: E402
from cms.publications import commands, documents, registry  # noqa: E402
from cms.publications.models import Current, Item  # noqa: E402

Doc = dict[str, Any]


def page() -> dict[str, Any]:
    home, topic, place = (new_item(kind) for kind in ("home", "topic", "place"))
    others = [new_item("service") for _title in texts.RELATED]
    service = new_item("service")
    parent = str(topic.pk)
    publish(
        [
            (
                home,
                described(
                    home, title="Marhaven", body={"welcome": "What would you like to do?", "top_tasks": []}
                ),
            ),
            (
                topic,
                described(topic, title=texts.TOPIC, slug="streets", parent=str(home.pk), body={"intro": ""}),
            ),
            (
                place,
                described(place, title=texts.PLACE, slug="town-hall", body=PLACE_BODY, facts=place_facts()),
            ),
        ]
    )
    publish(
        [
            (other, described(other, title=title, slug=f"other-{n}", parent=parent, body=service_body()))
            for n, (other, title) in enumerate(zip(others, texts.RELATED, strict=True))
        ]
    )
    body = service_body(
        purpose=texts.PURPOSE,
        who_for=texts.WHO_FOR,
        what_to_bring=texts.TO_BRING,
        steps=[{"type": "step", "title": title, "text": text} for title, text in texts.STEPS],
        channels=[channel(*row) for row in texts.CHANNELS] + [channel("desk", "Come to us", "", place)],
        related=[{"item": str(other.pk)} for other in others],
    )
    fields = {"title": texts.TITLE, "summary": texts.SUMMARY, "slug": "permit", "parent": parent}
    publish(
        [(service, described(service, body=body, facts=service_facts(), topics=[{"item": parent}], **fields))]
    )
    where = Current.objects.get(pk=service.pk).path
    return {"html": where, "json": f"/api/v1/public/items/{service.pk}"}


def new_item(kind: str) -> Any:
    department, _made = Department.objects.get_or_create(code="parks", defaults={"name": "Parks and Streets"})
    return Item.objects.create(kind=kind, audience="public", department=department)


def described(item: Any, **fields: Any) -> Doc:
    return documents.envelope(item, **fields)


def publish(pairs: list[tuple[Any, Doc]]) -> None:
    with transaction.atomic():
        permits = [
            commands.issue(
                item,
                documents.store(document).sha256,
                kind="published",
                lane="reviewed",
                grounds={"type": "benchmark"},
                people=[],
                based_on=None,
            )
            for item, document in pairs
        ]
        commands.spend(permits, by=None)


def fact(kind: str, label: str, **more: Any) -> Doc:
    key = str(uuid.uuid4())
    return {"key": key, "kind": kind, "label": label, "valid_from": None, "valid_to": None, **more}


def service_facts() -> list[Doc]:
    label, amount, unit = texts.PROCESSING
    return [
        *(fact("fee", name, amount=a, currency="GBP", condition=c) for name, a, c in texts.FEES),
        fact("processing_time", label, amount=amount, unit=unit, condition=""),
        fact("deadline", texts.DEADLINE[0], when=texts.DEADLINE[1], condition=""),
    ]


def place_facts() -> list[Doc]:
    street, postcode, town = texts.PLACE_ADDRESS
    days = [{"weekday": day, "opens": opens, "closes": closes} for day, opens, closes in texts.PLACE_HOURS]
    return [
        fact("address", "Address", street=street, postcode=postcode, town=town),
        fact("hours", "Opening hours", days=days, note=""),
    ]


def channel(kind: str, label: str, address: str, place: Any = None) -> Doc:
    where = {"item": str(place.pk)} if place else None
    return {
        "kind": kind,
        "can_do": "transaction",
        "label": label,
        "address": address,
        "place": where,
        "contact_point": None,
    }


def service_body(**fields: Any) -> Doc:
    lists = ("steps", "channels", "tasks", "related", "downloads", "standard_codes", "target_groups")
    return {
        **dict.fromkeys(("purpose", "who_for", "what_to_bring"), ""),
        **{name: [] for name in lists},
        **fields,
    }


PLACE_BODY = {"getting_there": "<p>Tram 4.</p>", "accessibility": "<p>No steps.</p>", "photo": None}

if __name__ == "__main__":
    # Nobody approves a benchmark's texts; its own database alone takes this for an answer.
    registry.register_verifier("benchmark", lambda _permit: None)
    # Editing tables are no part of what readers get.
    registry._projectors["mirror"] = lambda _change: None
    call_command("migrate", verbosity=0)
    print(json.dumps(page()))
