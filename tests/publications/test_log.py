"""The log: what the database refuses, what readers find, what the clock does."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from cms.core import clock
from cms.core.errors import Refused
from cms.organisation.models import Department
from cms.publications import chain, commands, documents, queries, registry, triggers
from cms.publications.models import Current, Document, Entry, Item, Permit
from tests.kinds import DRAFTS, begin, fee

pytestmark = pytest.mark.django_db


@pytest.fixture
def parks() -> Department:
    return Department.objects.create(code="parks", name="Parks")


@pytest.fixture(autouse=True)
def _anything_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grounds of their own for these tests; the workflow's are tried in tests/workflows."""
    monkeypatch.setitem(registry._verifiers, "test", lambda permit: None)


def permit_for(item: Item, *, kind: str = "published", **more: Any) -> Permit:
    sha = None
    if kind == "published":
        own = registry.kind(item.kind)
        sha = documents.store(own.compose(own.draft(item))).sha256
    return commands.issue(
        item,
        sha,
        kind=kind,
        lane="reviewed",
        grounds={"type": "test"},
        people=[],
        **{"based_on": queries.newest_seq(item), **more},
    )


def publish(item: Item) -> Entry:
    return commands.spend([permit_for(item)], by=None)[0]


def code_of(deed: Any) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.refusal.code


def test_entries_are_numbered_without_gaps_and_chained(parks: Department) -> None:
    entries = [publish(begin(parks, None, kind=kind)) for kind in ("leaflet", "paper", "leaflet", "paper")]
    assert [e.seq for e in entries] == [1, 2, 3, 4]
    assert [e.public_seq for e in entries] == [1, None, 2, None]
    for before, after in pairwise(entries):
        assert after.previous_hash == before.hash
    for entry in entries:
        stored = Entry.objects.get(pk=entry.pk)
        assert chain.entry_hash(stored, stored.permit) == stored.hash


def test_a_permit_is_spent_once(parks: Department) -> None:
    permit = permit_for(begin(parks, None))
    commands.spend([permit], by=None)
    assert code_of(lambda: commands.spend([permit], by=None)) == "permit-spent"


def test_without_grounds_there_is_no_permit(parks: Department) -> None:
    item = begin(parks, None)
    code = code_of(
        lambda: commands.issue(
            item,
            None,
            kind="withdrawn",
            lane="reviewed",
            grounds={"type": "hearsay"},
            people=[],
            based_on=None,
        )
    )
    assert code == "grounds"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE publications_entry SET kind = 'withdrawn'",
        "DELETE FROM publications_entry",
        "DELETE FROM publications_permit",
        "UPDATE publications_permit SET lane = 'urgent'",
        "UPDATE publications_permit SET based_on = 7",
        "UPDATE publications_permit SET not_before = '2031-01-01 00:00:00'",
        "UPDATE publications_document SET body = 'forged'",
        "DELETE FROM publications_document",
    ],
)
def test_the_database_refuses_to_change_what_was_said(parks: Department, sql: str) -> None:
    publish(begin(parks, None))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.get().kind == "published"


def test_replacing_and_skipping_are_refused(parks: Department) -> None:
    entry = publish(begin(parks, None))
    forged = Entry.objects.get(pk=entry.pk)
    other = permit_for(begin(parks, None))
    for seq in (1, 3):
        forged.seq, forged.permit, forged.hash = seq, other, "f" * 64
        with pytest.raises(DatabaseError), transaction.atomic():
            forged.save(force_insert=True)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO publications_entry SELECT * FROM publications_entry")


@pytest.mark.postgres
def test_truncating_is_refused(parks: Department) -> None:
    publish(begin(parks, None))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE publications_entry CASCADE")


def test_every_trigger_is_there() -> None:
    assert triggers.missing(connection) == []


def test_a_moved_item_is_found_at_both_addresses_with_all_beneath_it(parks: Department) -> None:
    parent = begin(parks, None, slug="streets")
    child = begin(parks, None, slug="trolleys", parent=str(parent.pk))
    publish(parent)
    publish(child)
    move = permit_for(parent, kind="moved", payload={"slug": "roads", "parent": None})
    commands.spend([move], by=None)
    for path in ("/leaflets/streets/trolleys/", "/leaflets/roads/trolleys/"):
        reading = queries.read_path(path)
        assert reading is not None and reading.path == "/leaflets/roads/trolleys/"
    document = queries.published_document(parent)
    assert document is not None and document["slug"] == "roads"


def test_withdrawn_says_why_and_frees_the_address(parks: Department) -> None:
    item = begin(parks, None, slug="old")
    publish(item)
    commands.spend([permit_for(item, kind="withdrawn", payload={"reason": "Ended."})], by=None)
    reading = queries.read_path("/leaflets/old/")
    assert reading is not None and (reading.status, reading.reason) == ("withdrawn", "Ended.")
    successor = begin(parks, None, slug="old", title="Successor")
    publish(successor)
    found = queries.read_path("/leaflets/old/")
    assert found is not None and found.title == "Successor"


def test_an_item_can_be_read_as_it_stood(parks: Department) -> None:
    price = fee("Permit", "25.00")
    service = begin(parks, None, facts=[price], title="Before")
    before = clock.now()
    publish(service)
    quote = {"item": str(service.pk), "key": price["key"]}
    paper = begin(parks, None, kind="paper", quotes=[quote])
    first = publish(paper)
    DRAFTS[str(service.pk)] |= {"title": "After", "facts": [{**price, "amount": "30.00"}]}
    publish(service)
    assert queries.read_at(service.pk, before, "public") is None
    then = queries.read_at(paper.pk, first.at, "staff")
    now = queries.read(paper.pk, "staff")
    assert then is not None and now is not None
    assert then.quoted(quote)["amount"] == "25.00"  # type: ignore[index]
    assert now.quoted(quote)["amount"] == "30.00"  # type: ignore[index]
    assert then.targets[str(service.pk)].title == "Before"


def test_the_public_never_sees_staff_content(parks: Department) -> None:
    paper = begin(parks, None, kind="paper")
    publish(paper)
    assert queries.read(paper.pk, "public") is None
    assert queries.read_at(paper.pk, clock.now(), "public") is None
    assert list(queries.listing("public")) == []
    assert queries.read(paper.pk, "staff") is not None


def test_a_dated_fact_takes_effect_once(parks: Department) -> None:
    today = clock.today()
    tomorrow = today + timedelta(days=1)
    old = fee("Permit", "25.00", valid_to=today.isoformat())
    new = fee("Permit", "27.50", key=old["key"], valid_from=tomorrow.isoformat())
    item = begin(parks, None, facts=[old, new])
    publish(item)
    assert commands.run_due(clock.now())["took_effect"] == 0
    at_noon = clock.now() + timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock.timezone, "now", lambda: at_noon)
        assert commands.run_due()["took_effect"] == 1
        assert commands.run_due()["took_effect"] == 0
    entry = Entry.objects.get(kind="took_effect")
    assert entry.payload == {"date": tomorrow.isoformat(), "keys": [old["key"]]}
    assert Current.objects.get(pk=item.pk).next_effect_on is None


def test_an_effect_that_fails_holds_up_no_other_and_is_tried_once_a_round(parks: Department) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    broken, whole = (
        begin(parks, None, facts=[fee("Permit", "1.00", valid_from=tomorrow.isoformat())]) for _ in "ab"
    )
    for item in (broken, whole):
        publish(item)
    really, tried = commands._take_effect, []

    def take_effect(pk: Any, today: Any) -> None:
        tried.append(pk)
        if pk != broken.pk:
            really(pk, today)

    with pytest.MonkeyPatch.context() as patch:
        at_noon = clock.now() + timedelta(days=1)
        patch.setattr(clock.timezone, "now", lambda: at_noon)
        patch.setattr(commands, "_take_effect", take_effect)
        commands.run_due()
    assert sorted(tried) == sorted([broken.pk, whole.pk])
    assert Entry.objects.filter(kind="took_effect").values_list("item_id", flat=True).get() == whole.pk


def test_what_expires_is_withdrawn_by_the_clock(parks: Department) -> None:
    item = begin(parks, None, expires_at=clock.now() - timedelta(minutes=1))
    publish(item)
    assert commands.run_due()["expired"] == 1
    assert Entry.objects.get(kind="withdrawn").lane == "clock"
    assert commands.run_due()["expired"] == 0


def test_a_permit_waits_for_its_time(parks: Department) -> None:
    later = permit_for(begin(parks, None), not_before=clock.now() + timedelta(hours=1))
    assert code_of(lambda: commands.spend([later], by=None)) == "permit-not-due"
    assert commands.run_due()["spent"] == 0
    with pytest.MonkeyPatch.context() as patch:
        soon = clock.now() + timedelta(hours=2)
        patch.setattr(clock.timezone, "now", lambda: soon)
        assert commands.run_due()["spent"] == 1
    assert Entry.objects.count() == 1


def test_a_revoked_permit_is_never_spent(parks: Department) -> None:
    permit = permit_for(begin(parks, None))
    commands.revoke(permit, "The council decided otherwise.")
    for sql in ("revoked_at = NULL", "revoked_at = '2031-01-01 00:00:00'", "revoked_because = ''"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE publications_permit SET {sql}")
    assert code_of(lambda: commands.spend([permit], by=None)) == "permit-revoked"


def test_all_or_none(parks: Department) -> None:
    good, bad = permit_for(begin(parks, None)), permit_for(begin(parks, None))
    commands.revoke(bad, "No.")
    assert code_of(lambda: commands.spend([good, bad], by=None)) == "permit-revoked"
    assert not Entry.objects.exists() and chain.head().seq == 0


def test_a_restored_backup_starts_readers_again(parks: Department) -> None:
    publish(begin(parks, None))
    assert queries.entries_after(1, 1) == ([], False)
    assert commands.restored() == 2
    entries, restart = queries.entries_after(1, 1)
    assert restart and [e.seq for e in entries] == [1]
    assert publish(begin(parks, None)).cursor == "2-2"


def test_the_same_text_is_kept_once(parks: Department) -> None:
    item = begin(parks, None)
    permit_for(item)
    permit_for(item)
    assert Document.objects.count() == 1
