"""Whether the log is whole: walked from its first entry, and held against all that is derived from it.

Each finding is a sentence. An intact log of any length yields none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256 as new_sha256
from typing import Any

from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from cms.core.canonical import sha256
from cms.core.errors import Refusal

from . import chain, current, registry, triggers
from .commands import pinned_path
from .heads import Anchor
from .models import Address, Current, CurrentFact, Document, Entry, Head, PinnedFile, Reference, Restoration
from .recomposition import Progress, log_in_order, replay
from .vocabulary import Audience, EntryKind

# Grounds that held on their day alone: what was published then need not be published now.
OF_THEIR_DAY = frozenset({"document", "expiry"})
# What is derived: the model, the field that names its item, the fields that are compared.
DERIVED: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Current, "item_id", tuple(f.attname for f in Current._meta.concrete_fields if f.attname != "item_id")),
    (Address, "item_id", ("path",)),
    (Reference, "source_id", ("target_id", "key", "role")),
    (CurrentFact, "item_id", ("key", "position", "kind", "value", "valid_from", "valid_to")),
)


@dataclass
class _Walk:
    """What the walk knows from the entries before."""

    hash: str = "0" * 64
    seq: int = 0
    public_seq: int = 0
    epoch: int = 1
    at: datetime | None = None
    files: set[str] = field(default_factory=set)
    redacted: set[str] = field(default_factory=set)


def findings(anchors: Sequence[Anchor] = (), progress: Progress | None = None) -> Iterator[str]:
    """Everything that is wrong, one sentence each. Changes nothing; while the log is replayed to be
    compared with what readers see, publishing waits."""
    for name in triggers.missing(connection):
        yield _("The trigger “%(name)s” is missing or switched off. Run `manage.py migrate`.") % {
            "name": name
        }
    head = chain.head()
    walk = _Walk()
    kept = {anchor.seq: [a for a in anchors if a.seq == anchor.seq] for anchor in anchors}
    for entry in log_in_order(head.seq):
        yield from _wrong_with_entry(entry, walk)
        for anchor in kept.get(entry.seq, []):
            yield from _wrong_with_anchor(anchor, entry.hash, head)
        _step(walk, entry)
        if progress:
            progress(entry.seq, head.seq)
    yield from _wrong_at_the_end(head, walk)
    for seq in sorted(kept):
        if seq > head.seq or seq == 0:
            for anchor in kept[seq]:
                yield from _wrong_with_anchor(anchor, walk.hash if seq == walk.seq else "", head)
    yield from _wrong_documents(walk)
    yield from _wrong_files(walk)
    yield from _wrong_projection()


def _wrong_with_entry(entry: Entry, walk: _Walk) -> Iterator[str]:
    permit = entry.permit
    public = entry.audience == Audience.PUBLIC
    wanted_public = walk.public_seq + 1 if public else None
    same = ("kind", "lane", "item_id", "document_id", "people", "payload")
    wrong = {
        _("its number should be %(seq)s") % {"seq": walk.seq + 1}: entry.seq != walk.seq + 1,
        _("its public number should be %(seq)s") % {"seq": wanted_public}: entry.public_seq != wanted_public,
        _("it does not follow the entry before it"): entry.previous_hash != walk.hash,
        _("its hash does not fit what it says"): entry.hash != chain.entry_hash(entry, permit),
        _("its time lies before that of its predecessor"): bool(walk.at and entry.at < walk.at),
        _("its epoch is older than that of its predecessor"): entry.epoch < walk.epoch,
        _("its audience is not that of its item"): entry.audience != entry.item.audience,
        _("its permit allows something else"): any(
            getattr(entry, name) != getattr(permit, name) for name in same
        ),
        _("its permit was revoked"): permit.revoked_at is not None,
    }
    reasons = [reason for reason, holds in wrong.items() if holds]
    refusal = _ungrounded(entry)
    if refusal is not None:
        reasons.append(_("its grounds don't hold (%(why)s)") % {"why": refusal.sentence})
    for reason in reasons:
        yield _("Entry %(cursor)s: %(reason)s.") % {"cursor": entry.cursor, "reason": reason}


def _ungrounded(entry: Entry) -> Refusal | None:
    ground = entry.permit.grounds.get("type", "")
    if ground in OF_THEIR_DAY:
        return None
    verify = registry.verifier(ground)
    if verify is None:
        return Refusal("grounds", _("nobody vouches for grounds of the kind “%(kind)s”") % {"kind": ground})
    return verify(entry.permit)


def _step(walk: _Walk, entry: Entry) -> None:
    walk.seq, walk.hash, walk.at, walk.epoch = entry.seq, entry.hash, entry.at, entry.epoch
    walk.public_seq = entry.public_seq or walk.public_seq
    walk.files.update(entry.files)
    if entry.kind == EntryKind.REDACTED and entry.document_id:
        walk.redacted.add(entry.document_id)


def _wrong_at_the_end(head: Head, walk: _Walk) -> Iterator[str]:
    if (head.seq, head.hash, head.public_seq) != (walk.seq, walk.hash, walk.public_seq):
        yield _("The head says that the log ends at %(head)s, but its last entry is number %(seq)s.") % {
            "head": f"{head.epoch}-{head.seq}",
            "seq": walk.seq,
        }
    newest = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    if newest > chain.head().seq:
        yield _("Entry %(seq)s lies beyond the head.") % {"seq": newest}
    if head.epoch != 1 + Restoration.objects.count() or walk.epoch > head.epoch:
        yield _("The epoch is %(epoch)s, but the log was restored %(count)s times.") % {
            "epoch": head.epoch,
            "count": Restoration.objects.count(),
        }


def _wrong_with_anchor(anchor: Anchor, found: str, head: Head) -> Iterator[str]:
    if anchor.hash == found and anchor.epoch <= head.epoch:
        return
    values = {"line": anchor.line, "anchor": f"{anchor.epoch}-{anchor.seq}", "end": head.seq}
    lost = Restoration.objects.filter(epoch__gt=anchor.epoch, after_seq__lt=anchor.seq).first()
    if lost is not None:
        yield _(
            "Line %(line)s: the log ended at %(anchor)s once, but a backup that ends at %(after)s was restored "
            "on %(when)s. What came between is lost."
        ) % {**values, "after": lost.after_seq, "when": f"{lost.at:%Y-%m-%d}"}
    elif anchor.seq > head.seq:
        yield (
            _("Line %(line)s: the log ended at %(anchor)s once, and now ends at %(end)s. It was cut.")
            % values
        )
    else:
        yield _("Line %(line)s: the log said something else at %(anchor)s once. It was rewritten.") % values


def _wrong_documents(walk: _Walk) -> Iterator[str]:
    for sha, body in Document.objects.values_list("sha256", "body").iterator(chunk_size=200):
        if not body and sha not in walk.redacted:
            yield _("The document %(sha)s is empty, and no entry says that it was redacted.") % {"sha": sha}
        elif body and sha256(body) != sha:
            yield _("The document %(sha)s was changed: its text no longer gives its name.") % {"sha": sha}


def _wrong_files(walk: _Walk) -> Iterator[str]:
    missing = set(walk.files)
    for file in PinnedFile.objects.iterator(chunk_size=200):
        missing.discard(file.sha256)
        if file.redacted_at is None:
            found = _stored_hash(file.sha256)
            if found is None:
                yield _("The pinned file %(sha)s is missing.") % {"sha": file.sha256}
            elif found != file.sha256:
                yield _("The pinned file %(sha)s was changed.") % {"sha": file.sha256}
    for sha in sorted(missing):
        yield _("The log names the file %(sha)s, which nobody knows.") % {"sha": sha}


def _stored_hash(sha: str) -> str | None:
    store = storages["pinned"]
    if not store.exists(pinned_path(sha)):
        return None
    digest = new_sha256()
    with store.open(pinned_path(sha)) as stored:
        for chunk in stored.chunks():
            digest.update(chunk)
    return digest.hexdigest()


def _wrong_projection() -> Iterator[str]:
    """Replays the log beside what readers look up, compares, and takes everything back."""
    redacted: set[Any] = set()
    broken = ""
    with transaction.atomic():
        chain.lock_head()
        now = _derived()
        current.clear()
        try:
            redacted = replay([current.project])[1]
            again = _derived()
        except Exception as error:
            broken = f"{type(error).__name__}: {error}"
        transaction.set_rollback(True)
    if broken:
        yield _("The log can't be replayed (%(error)s).") % {"error": broken}
        return
    for item_id in sorted({*now, *again} - redacted, key=str):
        if now.get(item_id) != again.get(item_id):
            yield _(
                "What readers see of the item %(item)s is not what the log says. Run `manage.py recompose`."
            ) % {"item": item_id}


def _derived() -> dict[Any, Counter[tuple[Any, ...]]]:
    rows: dict[Any, Counter[tuple[Any, ...]]] = {}
    for model, owner, fields in DERIVED:
        for item_id, *values in model._default_manager.values_list(owner, *fields).iterator(chunk_size=500):
            rows.setdefault(item_id, Counter())[model.__name__, *map(repr, values)] += 1
    return rows
