"""Appending to the log: the next number, the predecessor's hash, under the lock on the head."""

from __future__ import annotations

from typing import Any

from django.db import connection

from cms.core import clock
from cms.core.canonical import canonical_json, sha256

from .models import Entry, Head, Permit
from .vocabulary import Audience


def lock_head() -> Head:
    """The head, locked until the transaction ends. Take every other lock before this one."""
    if not connection.in_atomic_block:
        raise RuntimeError("The head is locked inside a transaction only.")
    Head.objects.get_or_create(pk=1)
    return Head.objects.select_for_update().get(pk=1)


def head() -> Head:
    """Where the log ends now."""
    return Head.objects.filter(pk=1).first() or Head()


def append(head: Head, permit: Permit, *, audience: str, document_sha: str | None, files: list[str]) -> Entry:
    """Write the entry that `permit` allows, as the next of the log. `head` is locked by the caller."""
    at = max(clock.now(), head.at) if head.at else clock.now()
    entry = Entry(
        seq=head.seq + 1,
        public_seq=head.public_seq + 1 if audience == Audience.PUBLIC else None,
        epoch=head.epoch,
        kind=permit.kind,
        item_id=permit.item_id,
        audience=audience,
        document_id=document_sha,
        permit=permit,
        lane=permit.lane,
        files=files,
        people=permit.people,
        payload=permit.payload,
        at=at,
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry, permit)
    entry.save(force_insert=True)
    head.seq, head.hash, head.at = entry.seq, entry.hash, at
    head.public_seq = entry.public_seq or head.public_seq
    head.save()
    return entry


def entry_hash(entry: Entry, permit: Permit) -> str:
    """What the entry's hash must be: over the one before and over all that it says."""
    said: dict[str, Any] = {
        "previous": entry.previous_hash,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "public_seq": entry.public_seq,
        "kind": entry.kind,
        "item": str(entry.item_id),
        "audience": entry.audience,
        "document": entry.document_id,
        "files": entry.files,
        "permit": str(permit.pk),
        "lane": entry.lane,
        "grounds": permit.grounds,
        "people": entry.people,
        "payload": entry.payload,
        "at": clock.iso(entry.at),
    }
    return sha256(canonical_json(said))
