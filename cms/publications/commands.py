"""Every write to the log: a permit is issued on grounds, and spent once."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.canonical import sha256
from cms.core.errors import Refusal, Refused, refuse_if

from . import chain, current, documents, facts, queries, registry
from .changes import said_after
from .models import Current, Document, Entry, Head, Item, Permit, PinnedFile, Restoration
from .registry import Change
from .rules import PermitState, why_not_spend
from .vocabulary import EntryKind, Lane, Status

log = logging.getLogger("oneanswer.publications")


def pin(name: str, data: bytes, content_type: str | None = None) -> dict[str, Any]:
    """Keep bytes under their hash; returns the reference that documents hold.

    The file is written before the row: a crash between leaves an unused file, never a hole.
    """
    digest = sha256(data)
    store = storages["pinned"]
    path = pinned_path(digest)
    if not store.exists(path):
        store.save(path, ContentFile(data))
    guessed = content_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    file, _made = PinnedFile.objects.get_or_create(
        sha256=digest, defaults={"content_type": guessed, "size": len(data)}
    )
    return {"sha256": digest, "name": name, "content_type": guessed, "size": file.size}


def pinned_path(digest: str) -> str:
    """Where the storage named `pinned` keeps the bytes with this hash."""
    return f"{digest[:2]}/{digest}"


@transaction.atomic
def issue(
    item: Item,
    sha: str | None,
    *,
    kind: str,
    lane: str,
    grounds: dict[str, Any],
    people: Sequence[int],
    based_on: int | None,
    payload: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> Permit:
    """Give the right to write one entry. Refuses grounds that their verifier can't derive again."""
    permit = Permit(
        item=item,
        kind=kind,
        lane=lane,
        document_id=sha,
        grounds=grounds,
        payload=payload or {},
        people=list(people),
        based_on=based_on,
        not_before=not_before,
    )
    refuse_if(_why_not_grounded(permit) or _why_not_its_own(permit))
    permit.save(force_insert=True)
    return permit


@transaction.atomic
def spend(permits: Sequence[Permit], *, by: AbstractUser | None) -> list[Entry]:
    """Write the entries of `permits`, in their order, all or none. Raises `Refused`.

    Locks: permits, items in the order of their ids, the head last. Items are locked without their keys:
    whoever holds the head may have to refer to them. Current rows are written by whoever holds the head,
    and locked by nobody before: a move changes those of all that stands beneath.
    """
    wanted = [permit.pk for permit in permits]
    locked = {p.pk: p for p in Permit.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    ids = {permit.item_id for permit in permits}
    items = {i.pk: i for i in Item.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
    projectors = registry.projectors()
    head = chain.lock_head()
    entries = []
    for key in wanted:
        permit = locked[key]
        item = items[permit.item_id]
        refuse_if(_why_not_grounded(permit))
        refuse_if(why_not_spend(_state(permit, item)))
        entry, change = _write(head, permit, item)
        for _name, project in projectors:
            project(change)
        audit.record(f"entry {entry.kind}", entry.cursor, by=by, item=str(item.pk))
        entries.append(entry)
    newest = entries[-1].seq
    transaction.on_commit(lambda: wake(newest), robust=True)
    return entries


@transaction.atomic
def revoke(permit: Permit, because: str) -> None:
    """Take back the right, unless it was spent. `because` is the sentence that later attempts get."""
    Permit.objects.filter(pk=permit.pk, entry__isnull=True, revoked_at=None).update(
        revoked_at=clock.now(), revoked_because=because[:300]
    )


def wake(seq: int) -> None:
    """Tell the watchers that the log has grown. They may fail; they read on by their cursors."""
    for watcher in registry.watchers():
        try:
            watcher(seq)
        except Exception:
            log.exception("A watcher of the log failed; it will catch up.")


def run_due(now: datetime | None = None) -> dict[str, int]:
    """Do what the date asks for: spend due permits, write what takes effect, withdraw the expired.

    Each in a transaction of its own, so that one refusal holds up no other. Safe to repeat and to run
    twice at once. Returns how many of each were done, and how many were refused.
    """
    moment = now or clock.now()
    done = {"spent": 0, "took_effect": 0, "expired": 0, "refused": 0}
    for permit in queries.due_permits(moment):
        done["spent" if _try(lambda p=permit: spend([p], by=None)) else "refused"] += 1
    today = clock.today(moment)
    tried: set[tuple[Any, date | None]] = set()
    while due := [pair for pair in queries.due_effects(today) if pair not in tried]:
        for pk, _day in due:
            done["took_effect" if _try(lambda pk=pk: _take_effect(pk, today)) else "refused"] += 1
        tried.update(due)
    for row in Current.objects.filter(expires_at__lte=moment, status=Status.PUBLISHED):
        done["expired" if _try(lambda row=row: _expire(row)) else "refused"] += 1
    for name, chase in registry.due().items():
        try:
            done[name] = chase(moment)
        except Exception:
            log.exception("What “%s” owes by date failed; it is tried again.", name)
    return done


@transaction.atomic
def restored(*, by: AbstractUser | None = None) -> int:
    """Begin a new epoch after a backup was restored. Returns its number. Readers start again."""
    head = chain.lock_head()
    head.epoch += 1
    head.save()
    Restoration.objects.create(epoch=head.epoch, after_seq=head.seq, by=by)
    audit.record("log restored", f"{head.epoch}-{head.seq}", by=by)
    return head.epoch


def verify_document_grounds(permit: Permit) -> Refusal | None:
    """Grounds of entries that the clock asks for: the published document holds the date."""
    row = Current.objects.select_related("document").filter(pk=permit.item_id).first()
    document = documents.read(row.document) if row else None
    if row is None or document is None:
        return Refusal("grounds", _("Nothing is published that holds this date."))
    if permit.grounds["type"] == "expiry":
        holds = permit.kind == EntryKind.WITHDRAWN and document["expires_at"] == permit.grounds["at"]
        holds = holds and datetime.fromisoformat(permit.grounds["at"]) <= clock.now()
    else:
        day = date.fromisoformat(permit.payload["date"])
        holds = permit.kind == EntryKind.TOOK_EFFECT and day <= clock.today()
        holds = holds and (day, permit.payload["keys"]) in facts.effect_dates(
            document["facts"], clock.today(row.text_entry.at)
        )
    return None if holds else Refusal("grounds", _("The published document doesn't hold this date."))


def _write(head: Head, permit: Permit, item: Item) -> tuple[Entry, Change]:
    before = queries.published_document(item)
    row = permit.document
    own = documents.read(row) if row else None
    after = said_after(permit.kind, permit.payload, own, before)
    files = sorted({file["sha256"] for file in own["files"]}) if own else []
    if permit.kind == EntryKind.REDACTED and row is not None:
        files = []
    entry = chain.append(head, permit, audience=item.audience, document_sha=permit.document_id, files=files)
    return entry, Change(entry=entry, item=item, before=before, after=after)


def _state(permit: Permit, item: Item) -> PermitState:
    newest = current.newest_change(item.pk)
    row = Current.objects.filter(pk=item.pk).first()
    document = documents.read(permit.document) if permit.document else None
    slug, parent, keys = "", None, None
    gone: list[str] = []
    if permit.kind == EntryKind.PUBLISHED and document is not None:
        slug, parent = document["slug"], document["parent"]
        keys = {fact["key"] for fact in document["facts"]}
        gone = current.quotes_gone(document)
    elif permit.kind == EntryKind.MOVED:
        slug, parent = permit.payload["slug"], permit.payload["parent"]
    standing = Current.objects.filter(status=Status.PUBLISHED, path__isnull=False)
    above = standing.filter(pk=parent).first() if parent else None
    taken = None
    if permit.kind in (EntryKind.PUBLISHED, EntryKind.MOVED):
        path = current.path_of(item.kind, slug, above.path if above else None)
        taken = Current.objects.filter(path=path).exclude(pk=item.pk).first() if path else None
    quoted: list[str] = []
    if permit.kind == EntryKind.WITHDRAWN or keys is not None:
        quoted = current.quoting(item, keys)
    return PermitState(
        kind=permit.kind,
        spent=Entry.objects.filter(permit=permit).exists(),
        revoked=permit.revoked_because if permit.revoked_at else "",
        due=permit.not_before is None or permit.not_before <= clock.now(),
        based_on=permit.based_on,
        newest=newest.seq if newest else None,
        newest_was=describe(newest) if newest else "",
        status=row.status if row else None,
        parent_missing=bool(parent) and above is None,
        path_taken_by=taken.title if taken else "",
        quoted_by=tuple(quoted),
        quotes_gone=tuple(gone),
        beneath_itself=permit.kind == EntryKind.MOVED and current.stands_beneath(parent, item.pk),
        children=Current.objects.filter(parent_id=item.pk, status=Status.PUBLISHED).count(),
        redacted=permit.document is not None and document is None and permit.kind == EntryKind.PUBLISHED,
    )


def describe(entry: Entry) -> str:
    """An entry in a few words, for refusals: `published (urgent) on Sunday 22 November 2026, 14:05`."""
    return _("%(kind)s (%(lane)s) on %(when)s") % {
        "kind": entry.get_kind_display(),
        "lane": entry.get_lane_display(),
        "when": date_format(localtime(entry.at), "l j F Y, H:i"),
    }


def _why_not_grounded(permit: Permit) -> Refusal | None:
    verify = registry.verifier(permit.grounds.get("type", ""))
    if verify is None:
        return Refusal("grounds", _("Nobody vouches for grounds of this kind."))
    return verify(permit)


def _why_not_its_own(permit: Permit) -> Refusal | None:
    document = documents.read(permit.document) if permit.document else None
    item = permit.item
    own = (str(item.pk), item.kind, item.audience, item.department.code)
    if document is None or permit.kind != EntryKind.PUBLISHED:
        return None
    if own == tuple(document[name] for name in ("id", "kind", "audience", "department")):
        return None
    return Refusal("other-item", _("This text was composed for another item, or another department."))


@transaction.atomic
def _take_effect(item_id: Any, today: date) -> None:
    Item.objects.select_for_update(no_key=True).get(pk=item_id)
    row = Current.objects.select_related("document", "item", "text_entry").get(pk=item_id)
    day = row.next_effect_on
    document = documents.read(row.document)
    if document is None or day is None or day > today:
        return
    keys = dict(facts.effect_dates(document["facts"], clock.today(row.text_entry.at)))[day]
    permit = issue(
        row.item,
        None,
        kind=EntryKind.TOOK_EFFECT,
        lane=Lane.CLOCK,
        grounds={"type": "document", "sha256": row.document_id},
        people=[],
        based_on=None,
        payload={"date": day.isoformat(), "keys": keys},
    )
    spend([permit], by=None)


@transaction.atomic
def _expire(row: Current) -> None:
    document = documents.read(row.document)
    assert document is not None
    permit = issue(
        row.item,
        None,
        kind=EntryKind.WITHDRAWN,
        lane=Lane.CLOCK,
        grounds={"type": "expiry", "at": document["expires_at"]},
        people=[],
        based_on=queries.newest_seq(row.item),
        payload={"reason": _("It was to be shown until this date.")},
    )
    spend([permit], by=None)


def _try(deed: Any) -> bool:
    try:
        deed()
    except Refused as refused:
        log.warning("Refused by date: %s", refused.refusal.sentence)
        return False
    except Exception:
        log.exception("Something that is due failed; it holds up no other, and is tried again.")
        return False
    return True


@transaction.atomic
def empty_document(document: Document) -> None:
    """Empty a body for a legal reason; the chain holds its hash and stays whole."""
    Document.objects.filter(pk=document.pk).update(body="")
