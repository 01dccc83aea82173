"""Elasticsearch as one more reader of the log: it gets everything, once, in any order, whatever happens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from cms.publications.chain import head
from cms.publications.commands import restored
from cms.publications.models import Current, Cursor, Item
from cms.publications.vocabulary import EntryKind
from search import elastic
from search.elastic import building, client, generations, verification
from search.elastic.engine import ElasticEngine
from search.elastic.writing import version, write
from tests.search.publishing import article, enter, publish, service

from .server import Node

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]


def held(index: str = "public") -> set[str]:
    """The titles that questions can find, on the generation that answers."""
    rows = ElasticEngine().rows(index, sorted(ElasticEngine().items(index)))
    return {row["place"] for row in rows.values()}


def withdraw(item: Item) -> None:
    enter(item, EntryKind.WITHDRAWN, reason="over", instead=None)


def stored(item: UUID, index: str = "public") -> Any:
    return client.for_writing().get(index=generations.answers(index), id=str(item))


def test_what_was_published_before_there_was_an_elasticsearch_is_built(site: Node) -> None:
    service("Parking permit")
    article("May I park here?")
    elastic.read_on()
    assert held("public") == {"parking permit"}
    assert held("staff") == {"parking permit", "may i park here"}
    assert verification.differences() == []


def test_what_is_published_withdrawn_and_published_again_is_read(site: Node) -> None:
    elastic.read_on()
    permit, note = service("Parking permit"), article("May I park here?")
    assert elastic.read_on() == 2
    publish("service", "Parking licence", item=permit)
    withdraw(note)
    assert elastic.read_on() == 2
    assert held("public") == held("staff") == {"parking licence"}
    assert elastic.read_on() == 0
    assert Cursor.objects.get().seq == head().seq


def test_a_late_older_write_changes_nothing(site: Node) -> None:
    elastic.read_on()
    permit, fine = service("Parking permit"), service("Parking fine")
    answering = generations.answering(client.for_writing())
    assert answering is not None
    late = list(Current.objects.order_by("pk"))
    publish("service", "Parking licence", item=permit)
    withdraw(fine)
    elastic.read_on()
    for old in late:
        client.for_writing().options(ignore_status=409).index(
            index=answering.writes("public"),
            id=str(old.pk),
            document={"item": str(old.pk), "place": "old"},
            version=version(1, old.entry_id),
            version_type="external",
            refresh=True,
        )
    write(client.for_writing(), answering, [permit.pk, fine.pk], epoch=1, refresh=True)
    assert held() == {"parking licence"}
    assert stored(fine.pk)["_source"] == {}


def test_the_public_index_knows_nothing_of_staff(site: Node) -> None:
    service("Parking permit")
    article("Parking of hearses")
    elastic.read_on()
    for item in Item.objects.filter(audience="staff"):
        withdraw(item)
    elastic.read_on()
    es = client.for_writing()
    assert es.count(index=generations.answers("public"))["count"] == 1
    assert es.count(index=generations.answers("staff"))["count"] == 2
    about = es.termvectors(
        index=generations.answers("public"), doc={"title": "hears park"}, term_statistics=True
    )["term_vectors"]["title"]
    assert about["field_statistics"]["doc_count"] == 1
    assert "doc_freq" not in about["terms"]["hears"]
    assert about["terms"]["park"]["doc_freq"] == 1


def test_nothing_is_lost_that_is_published_during_a_rebuild(
    site: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A publisher at work between any two steps, and at the last moment before the switch."""
    monkeypatch.setattr(building, "AT_ONCE", 2)
    items = [service(f"Permit {number}") for number in range(6)]
    elastic.read_on()
    before = generations.answering(client.for_writing())
    real = generations.switch

    def at_the_last_moment(*args: Any) -> None:
        service("At the last moment")
        elastic.read_on()  # another worker, still on the old generation
        real(*args)

    monkeypatch.setattr(generations, "switch", at_the_last_moment)
    for number, _step in enumerate(building.build(client.for_writing())):
        if number < 4:
            service(f"New {number}")
            publish("service", f"Changed {number}", item=items[number])
            withdraw(items[-1]) if number == 1 else None
        elastic.read_on()
        assert len(held()) >= 5  # whoever asks meanwhile finds the old generation, read on
    after = generations.answering(client.for_writing())
    assert after != before
    elastic.read_on()
    assert {"at the last moment", "new 0", "new 3", "changed 0", "changed 3", "permit 4"} <= held()
    assert "permit 5" not in held()
    assert verification.differences() == []


def test_old_generations_go_and_those_that_somebody_builds_stay(site: Node, settings: Any) -> None:
    es = client.for_writing()
    service("Parking permit")
    elastic.read_on()
    mine, other = building.build(es), building.build(es)
    next(mine), next(other)
    list(mine)
    assert len(es.indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*")) == 4
    list(other)
    assert len(es.indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*")) == 2
    answering = generations.answering(es)
    assert answering is not None
    assert Cursor.objects.get().name == answering.cursor_name
    assert held() == {"parking permit"}


def test_another_site_keeps_its_indices_whatever_its_prefix(site: Node, settings: Any) -> None:
    es = client.for_writing()
    own = settings.ELASTICSEARCH_PREFIX
    settings.ELASTICSEARCH_PREFIX = f"{own}-public"
    elastic.read_on()
    theirs = set(es.indices.get(index=f"{own}-public-*"))
    Cursor.objects.all().delete()  # of another database
    settings.ELASTICSEARCH_PREFIX = own
    elastic.read_on()
    assert len(theirs) == 2
    assert theirs <= set(es.indices.get(index=f"{own}-*"))


def test_no_write_makes_an_index_anew_that_was_removed(site: Node, settings: Any) -> None:
    permit = service("Parking permit")
    elastic.read_on()
    es = client.for_writing()
    answering = generations.answering(es)
    assert answering is not None
    es.indices.delete(index=answering.index("public"))
    with pytest.raises(Exception, match="index_not_found"):
        write(es, answering, [permit.pk], epoch=1)
    assert list(es.indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-public*")) == []
    elastic.read_on()  # half a generation is none: it is built anew
    assert held() == held("staff") == {"parking permit"}


def test_after_a_restored_backup_everything_is_built_again(site: Node) -> None:
    permit, lost = service("Parking permit"), service("Published after the backup")
    elastic.read_on()
    Current.objects.filter(pk=lost.pk).delete()
    restored()
    elastic.read_on()
    assert held() == {"parking permit"}
    assert stored(permit.pk)["_version"] == version(2, 1)


def test_a_backup_that_is_restored_during_a_rebuild_ends_it(site: Node) -> None:
    service("Parking permit")
    with pytest.raises(elastic.Unreachable, match="new epoch"):
        elastic.rebuild(lambda done, total: restored() and None)
    assert not Cursor.objects.exists()
    elastic.read_on()
    assert held() == {"parking permit"}


def test_another_layout_is_built_while_the_old_one_stays(site: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    service("Parking permit")
    elastic.read_on()
    monkeypatch.setattr(generations, "LAYOUT", 2)
    elastic.read_on()
    answering = generations.answering(client.for_writing())
    assert answering is not None and answering.name.startswith("2.")
    assert held() == {"parking permit"}


def test_a_worker_leaves_a_build_to_another_until_that_is_abandoned(
    site: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    service("Parking permit")
    other = building.build(client.for_writing())
    next(other)
    elastic.read_on()
    assert generations.answering(client.for_writing()) is None
    Cursor.objects.update(moved_at="2020-01-01T00:00:00Z")
    elastic.read_on()
    assert held() == {"parking permit"}
    assert Cursor.objects.count() == 1


def test_what_differs_is_named_and_mended(site: Node) -> None:
    es = client.for_writing()
    missing, stale, surplus = service("Missing"), service("Stale"), article("Surplus")
    elastic.read_on()
    strange = str(UUID(int=7))
    public, staff = generations.answers("public"), generations.answers("staff")
    row = stored(stale.pk)["_source"]
    for at, deed, item, more in (
        (public, es.delete, missing, {}),
        (staff, es.index, stale, {"document": {**row, "title": "other words"}}),
    ):
        deed(
            index=at,
            id=str(item.pk),
            version=stored(item.pk)["_version"],
            version_type="external_gte",
            **more,
        )
    es.index(index=public, id=str(surplus.pk), document={**row, "item": str(surplus.pk)})
    es.index(index=staff, id=strange, document={**row, "item": strange})
    found = verification.differences()
    assert set(found) == {
        ("public", missing.pk, "missing"),
        ("staff", stale.pk, "stale"),
        ("public", surplus.pk, "surplus"),
        ("staff", UUID(int=7), "surplus"),
    }
    assert verification.repair(found) == []
    assert verification.differences() == []


def test_a_row_that_claims_to_be_newer_than_the_log_goes_with_its_generation(site: Node) -> None:
    permit = service("Parking permit")
    elastic.read_on()
    row = stored(permit.pk)["_source"]
    client.for_writing().index(
        index=generations.answers("public"), id=str(permit.pk), document={**row, "shelf": "other"}
    )
    found = verification.differences()
    assert verification.repair(found) == found == [("public", permit.pk, "stale")]
    elastic.rebuild(lambda done, total: None)
    assert verification.differences() == []


def test_of_two_that_are_complete_at_the_same_moment_the_one_that_answers_stays(
    site: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    service("Parking permit")
    es = client.for_writing()
    switch = generations.switch

    def overtaken(server: Any, generation: generations.Generation) -> None:
        switch(server, generation)
        monkeypatch.setattr(generations, "switch", switch)
        other = generations.create(server)
        list(building._fill(server, other))
        switch(server, other)

    monkeypatch.setattr(generations, "switch", overtaken)
    list(building.build(es))
    assert held() == {"parking permit"}
    assert verification.differences() == []
    assert Cursor.objects.count() == 1
