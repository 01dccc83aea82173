"""`verify` finds what was done to a log behind its back, and nothing where nothing was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from cms.publications import chain, commands, heads, triggers
from cms.publications.models import Address, Current, Document, Entry, Head, Permit, Reference
from cms.publications.recomposition import recompose
from cms.publications.verification import findings
from cms.publications.vocabulary import EntryKind
from tests.publications import log_alone
from tests.publications.log_alone import a_few_entries, enter, publish, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _log_alone() -> Iterator[None]:
    with log_alone.log_alone():
        yield


def found(*anchors: str) -> str:
    return "\n".join(findings(heads.read_anchors("\n".join(anchors))[0]))


def behind_its_back(table: str, change: str, *values: Any) -> None:
    """What somebody with the database's own password could do."""
    with triggers.removed(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}", values)


def test_an_intact_log_has_no_findings() -> None:
    a_few_entries()
    assert found() == ""
    assert found(heads.anchor(chain.head())) == ""


def test_an_empty_log_has_no_findings() -> None:
    assert found() == ""


def test_a_changed_entry_is_found() -> None:
    entries = a_few_entries()
    behind_its_back("publications_entry", "lane = 'urgent' WHERE seq = %s", entries[1].seq)
    assert f"Entry {entries[1].cursor}: its hash does not fit what it says." in found()
    assert f"Entry {entries[1].cursor}: its permit allows something else." in found()


def test_changed_grounds_are_found() -> None:
    entries = a_few_entries()
    key = entries[0].permit_id
    grounds = '{"type": "test", "id": 2}'
    on = key.hex if connection.vendor == "sqlite" else key
    behind_its_back("publications_permit", "grounds = %s WHERE id = %s", grounds, on)
    assert f"Entry {entries[0].cursor}: its hash does not fit what it says." in found()


def test_an_entry_whose_grounds_are_gone_is_found() -> None:
    entry = publish(sheet(), "Waste", slug="waste", ground=7)
    log_alone.UNFOUNDED.add(7)
    assert found() == f"Entry {entry.cursor}: its grounds don't hold (nobody approved this)."


def test_a_revoked_permit_is_found() -> None:
    entry = a_few_entries()[0]
    Permit.objects.filter(pk=entry.permit_id).update(revoked_at=entry.at)
    assert found() == f"Entry {entry.cursor}: its permit was revoked."


def test_a_cut_tail_is_found_by_the_head_and_by_the_anchor() -> None:
    entries = a_few_entries()
    kept = heads.anchor(chain.head())
    last = entries[-1]
    Current.objects.filter(pk=last.item_id).update(entry=entries[2])
    with triggers.removed(connection):
        Entry.objects.filter(pk=last.pk)._raw_delete("default")
    assert f"The head says that the log ends at 1-{last.seq}" in found()
    Head.objects.update(seq=entries[-2].seq, hash=entries[-2].hash)
    assert "It was cut." in found(kept)
    assert "The head says" not in found(kept)


def test_a_rewritten_log_is_found_by_the_anchor() -> None:
    entries = a_few_entries()
    assert "It was rewritten." in found(f"1-{entries[1].seq}-{'a' * 64}")


def test_a_restored_backup_explains_what_an_anchor_misses_but_does_not_hide_it() -> None:
    entries = a_few_entries()
    commands.restored()
    assert found() == ""
    assert "was restored on" in found(f"1-{entries[-1].seq + 3}-{'a' * 64}")


def test_a_changed_document_is_found() -> None:
    entry = a_few_entries()[0]
    behind_its_back("publications_document", "body = '{}' WHERE sha256 = %s", entry.document_id)
    assert f"The document {entry.document_id} was changed" in found()


def test_an_emptied_document_is_found_unless_the_log_says_so() -> None:
    item = sheet()
    old = publish(item, "Old", slug="old")
    publish(item, "New", slug="new")
    assert old.document is not None
    commands.empty_document(old.document)
    assert found() == f"The document {old.document_id} is empty, and no entry says that it was redacted."
    permit = commands.issue(
        item,
        old.document_id,
        kind=EntryKind.REDACTED,
        lane="legal",
        grounds={"type": "test", "id": 1},
        people=[],
        based_on=2,
        payload={},
    )
    commands.spend([permit], by=None)
    assert found() == ""


def test_a_changed_and_a_missing_file_are_found() -> None:
    item = sheet()
    files = [commands.pin("a.txt", b"one"), commands.pin("b.txt", b"two")]
    publish(item, "With files", slug="files", files=files)
    assert found() == ""
    store = storages["pinned"]
    first, second = (commands.pinned_path(file["sha256"]) for file in files)
    try:
        Path(store.path(first)).write_bytes(b"three")
        store.delete(second)
        assert f"The pinned file {files[0]['sha256']} was changed." in found()
        assert f"The pinned file {files[1]['sha256']} is missing." in found()
    finally:
        store.delete(first)


def test_a_missing_trigger_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute(triggers._drop(connection, "the_log_is_never_cut", triggers.LOG))
    assert "The trigger “the_log_is_never_cut” is missing" in found()


def test_what_readers_see_is_held_against_the_log() -> None:
    entry = a_few_entries()[1]
    Current.objects.filter(pk=entry.item_id).update(title="Something nobody approved")
    assert found() == (
        f"What readers see of the item {entry.item_id} is not what the log says. Run `manage.py recompose`."
    )
    assert Current.objects.get(pk=entry.item_id).title == "Something nobody approved"
    recompose()
    assert found() == ""


def test_recompose_builds_the_same_again() -> None:
    a_few_entries()
    before = _everything()
    for model in (Reference, Address, Current):
        model.objects.all().delete()
    assert recompose() == 6
    assert _everything() == before
    paths = set(Address.objects.values_list("path", flat=True))
    assert paths >= {"/sheets/waste/bulky/", "/sheets/rubbish/bulky/", "/sheets/waste/", "/sheets/rubbish/"}


def test_recompose_passes_over_a_redacted_text_and_keeps_where_it_stood() -> None:
    item = sheet()
    old = publish(item, "Old", slug="old")
    publish(item, "New", slug="new")
    assert old.document is not None
    enter(item, EntryKind.REDACTED)
    commands.empty_document(old.document)
    before = _everything()
    recompose()
    assert _everything() == before


def test_the_command_says_so_and_exits_with_1(capsys: Any, tmp_path: Path) -> None:
    a_few_entries()
    anchors = tmp_path / "heads.txt"
    anchors.write_text(f"# kept by the archive\n\n{heads.anchor(chain.head())}\n")
    call_command("verify", anchor=anchors)
    assert "The log is whole: 6 entries" in capsys.readouterr().out
    anchors.write_text("nonsense\n")
    with pytest.raises(CommandError, match="1 finding"):
        call_command("verify", anchor=anchors)
    assert "Line 1 of the file holds no epoch-seq-hash." in capsys.readouterr().out


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        call_command("verify", anchor=tmp_path / "none")


def _everything() -> list[Any]:
    assert Document.objects.exists()
    return [
        sorted(map(repr, model.objects.values_list(*fields)))
        for model, fields in (
            (Current, [f.attname for f in Current._meta.concrete_fields]),
            (Address, ["path", "item_id"]),
            (Reference, ["source_id", "target_id", "key", "role"]),
        )
    ]
