"""Every kind of entry becomes one update that says what was and what is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cms.core import clock
from cms.publications import commands
from cms.publications.vocabulary import EntryKind
from kb.updates import projector
from kb.updates.commands import acknowledge
from kb.updates.models import Receipt, Update
from kb.updates.sentences import sentence

from .publishing import (
    article,
    department,
    enter,
    fee,
    key,
    new_item,
    publish,
    publish_service,
    service,
    someone,
)

pytestmark = pytest.mark.usefixtures("the_log")


def told(seq: int) -> tuple[Update, str]:
    update = Update.objects.select_related("item").get(pk=seq)
    return update, sentence(update, update.item.kind)


def test_a_first_publication_is_new_and_shows_its_facts() -> None:
    item = new_item()
    entry = publish(item, service(item, facts=[fee(key(), "25.00")]))

    update, line = told(entry.seq)
    assert (update.cursor, update.title) == (entry.cursor, "Resident parking permit")
    assert line == "New: service page"
    assert update.changes["facts"][0]["old"] is None
    assert update.changes["facts"][0]["new"] == "Adult permit: £25"


def test_a_raised_fee_is_told_old_and_new_with_who_quotes_it() -> None:
    item, quoting, other, permit = new_item(), new_item("article"), new_item("article"), key()
    publish(item, service(item, facts=[fee(permit, "25.00")]))
    publish(quoting, article(quoting, about=item, quotes=[{"item": str(item.pk), "key": permit}]))
    publish(other, article(other, about=item, title="Where may I park?"))

    entry = publish(item, service(item, facts=[fee(permit, "27.50")]))

    update, line = told(entry.seq)
    assert line == "Fee, Adult permit: £25 → £27.50"
    assert [(q["title"], q["keys"]) for q in update.quoted_by] == [
        ("What does a parking permit cost?", [permit]),
        ("Where may I park?", []),
    ]


def test_what_only_sorts_an_item_does_not_quote_it() -> None:
    topic, item = new_item("topic"), new_item()
    envelope = {"title": "Travel", "slug": "travel", "body": {"intro": ""}}
    publish(topic, service(topic, **envelope))
    publish(item, service(item, topics=[{"item": str(topic.pk)}]))

    entry = publish(topic, service(topic, **{**envelope, "title": "Parking and travel"}))

    update, line = told(entry.seq)
    assert update.quoted_by == []
    assert line == "Title: Travel → Parking and travel"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({}, {"facts": [fee("3f0e0000-0000-4000-8000-000000000001", "5.00")]}, "Fee, Adult permit, new: £5"),
        ({"facts": [fee("3f0e0000-0000-4000-8000-000000000001", "5.00")]}, {}, "Fee, Adult permit, no longer: £5"),
        ({"summary": "For two weeks."}, {"summary": "For ten days."}, "Summary: two weeks → ten days"),
        ({"summary": ""}, {"summary": "For a year."}, "Summary: nothing → For a year."),
        (
            {"summary": "One thing here, another there."},
            {"summary": "A thing here, something there."},
            "Summary reworded",
        ),
        ({"summary": "a", "handling_class": "A"}, {"summary": "b", "handling_class": "C"},
         "Summary: a → b (and 1 more change)"),
        ({}, {"position": 4}, "Published again; no word that readers see has changed."),
    ],
)  # fmt: skip
def test_changes_in_one_line(before: dict, after: dict, line: str) -> None:
    item = new_item()
    publish(item, service(item, **before))
    entry = publish(item, service(item, **after))
    assert told(entry.seq)[1] == line


def test_the_day_a_dated_fee_takes_effect_it_is_told_again() -> None:
    item, permit = new_item(), key()
    today = clock.today()
    tomorrow, last = today + timedelta(days=1), today
    dated = [fee(permit, "25.00", until=str(last)), fee(permit, "27.50", since=str(tomorrow))]
    publish(item, service(item, facts=dated))

    entry = enter_effect(item, tomorrow.isoformat(), [permit])

    update, line = told(entry.seq)
    assert line == "From today: Fee, Adult permit: £25 → £27.50"
    assert update.changes["facts"][0]["old"] == "Adult permit: £25"


def enter_effect(item, date: str, keys: list[str]):  # type: ignore[no-untyped-def]
    return enter(item, EntryKind.TOOK_EFFECT, date=date, keys=keys)


def test_a_withdrawal_says_why_and_where_to_go() -> None:
    gone, other = publish_service("Beach hut"), publish_service("Harbour hut")
    entry = enter(gone, EntryKind.WITHDRAWN, reason="The huts were washed away", instead=str(other.pk))
    update, line = told(entry.seq)
    assert line == "Withdrawn: The huts were washed away. Instead: Harbour hut"
    assert (update.title, update.reason) == ("Beach hut", "The huts were washed away")
    assert update.instead == {"id": str(other.pk), "title": "Harbour hut"}


def test_a_move_and_a_transfer_are_said_in_words() -> None:
    item, topic = new_item(), new_item("topic")
    publish(topic, service(topic, title="Travel", slug="travel"))
    publish(item, service(item, slug="permit"))
    department("planning", "Planning and Travel")

    moved = enter(item, EntryKind.MOVED, slug="parking", parent=str(topic.pk), reason="Found sooner there")
    handed = enter(item, EntryKind.TRANSFERRED, department="planning", reason="New council order")

    assert told(moved.seq)[1] == "Moved: /permit/ → /travel/parking/"
    assert told(handed.seq)[1] == ("Handed to another department: Parks and Streets → Planning and Travel")


def test_a_redacted_text_is_told_of_and_stands_in_no_difference() -> None:
    item = new_item()
    first = publish(item, service(item, title="Ask for Jo Miller of 4 Quay Street"))
    publish(item, service(item, title="Ask at the quay"))

    entry = enter_redaction(item, first.document_id)

    assert told(entry.seq)[1] == "A text was emptied for a legal reason."
    for update in Update.objects.all():
        assert "Miller" not in f"{update.title}{update.changes}"


def enter_redaction(item, sha: str):  # type: ignore[no-untyped-def]
    permit = commands.issue(
        item,
        sha,
        kind=EntryKind.REDACTED,
        lane="legal",
        grounds={"type": "test"},
        people=[],
        based_on=item.entries.last().seq,
        payload={"reason": "Court order"},
    )
    return commands.spend([permit], by=None)[0]


def test_updates_are_rebuilt_and_receipts_stay() -> None:
    agent = someone("agent1")
    entry = publish_service().entries.get()
    acknowledge(entry, by=agent)

    projector.clear()

    assert not Update.objects.exists()
    assert Receipt.objects.get().entry == entry
