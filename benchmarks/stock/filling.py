"""Fills the stock site with the benchmark's page, or with texts to search. Prints JSON: where the page is.

python -m benchmarks.stock.filling page
python -m benchmarks.stock.filling texts FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from benchmarks import texts

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def page() -> dict[str, Any]:
    from wagtail.models import Page, Site

    from benchmarks.stock.models import Fee, PlacePage, ServicePage

    home = Site.objects.get().root_page
    topic = home.add_child(instance=Page(title=texts.TOPIC, slug="streets", show_in_menus=True))
    street, postcode, town = texts.PLACE_ADDRESS
    hours = [
        ("day", {"name": WEEKDAYS[day - 1], "opens": opens, "closes": closes})
        for day, opens, closes in texts.PLACE_HOURS
    ]
    place = home.add_child(
        instance=PlacePage(title=texts.PLACE, street=street, postcode=postcode, town=town, hours=hours)
    )
    others = [topic.add_child(instance=Page(title=title)) for title in texts.RELATED]
    service = ServicePage(
        title=texts.TITLE,
        slug="permit",
        summary=texts.SUMMARY,
        purpose=texts.PURPOSE,
        who_for=texts.WHO_FOR,
        what_to_bring=texts.TO_BRING,
        steps=[("step", {"title": title, "text": text}) for title, text in texts.STEPS],
        channels=[("channel", {"kind": k, "label": label, "address": a}) for k, label, a in texts.CHANNELS],
        related=[("page", other) for other in others],
        processing_time=f"{texts.PROCESSING[1]} working days",
        deadline=texts.DEADLINE[1],
        place=place,
    )
    service.fees = [Fee(label=label, amount=amount, condition=c) for label, amount, c in texts.FEES]
    topic.add_child(instance=service)
    service.save_revision().publish()
    return {"html": service.get_url(), "json": f"/api/v2/pages/{service.pk}/"}


def many(file: Path) -> dict[str, Any]:
    from benchmarks.stock.models import Text

    rows = json.loads(file.read_text())
    Text.objects.bulk_create((Text(title=title[:255], body=body) for title, body in rows), batch_size=500)
    call_command("update_index", verbosity=0, stdout=sys.stderr)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what autovacuum does by itself within a minute or two
            cursor.execute("VACUUM ANALYZE")
    return {"documents": Text.objects.count()}


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(page() if sys.argv[1] == "page" else many(Path(sys.argv[2]))))
