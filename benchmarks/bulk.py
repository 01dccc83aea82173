"""Fills OneAnswer with texts to search: the rows that publishing each would have left (items, documents, permits,
a log with its chain of hashes, what is current) are written in bulk, then search builds its indexes from them by
`search_rebuild`, which is timed. Prints JSON.

    python -m benchmarks.bulk FILE

Left out: the three people, the audit, the feed of updates and the editors' tables. Every text is a public service
page without facts, so it stands in both indexes, the public's and the staff's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import django
from django.core.management import call_command

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils.html import escape  # noqa: E402
from django.utils.text import slugify  # noqa: E402

from benchmarks.filling import described, service_body  # noqa: E402
from cms.core import clock  # noqa: E402
from cms.core.canonical import canonical_json, sha256  # noqa: E402
from cms.organisation.commands import create_token  # noqa: E402
from cms.organisation.models import Department, Membership  # noqa: E402
from cms.publications import chain  # noqa: E402
from cms.publications.models import Address, Current, Document, Entry, Head, Item, Permit  # noqa: E402
from search import elastic  # noqa: E402
from search.commands import rebuild  # noqa: E402

AT_ONCE = 1_000
TABLES = "oneanswer_search_"


def main() -> None:
    call_command("migrate", verbosity=0)
    rows = json.loads(Path(sys.argv[1]).read_text())
    department = Department.objects.create(code="parks", name="Parks and Streets")
    for start in range(0, len(rows), AT_ONCE):
        _publish(list(_composed(rows[start : start + AT_ONCE], start, department)))
        print(f"{min(start + AT_ONCE, len(rows)):,} of {len(rows):,} written", file=sys.stderr, end="\r")
    _note_statistics()
    before, start_time = _size(), perf_counter()
    rebuild()
    built = perf_counter() - start_time
    size = _size() - before
    if elastic.configured():
        built, size = _on_elasticsearch()
    _note_statistics()
    answer = {"documents": Current.objects.count(), "build_s": built, "bytes": size, "token": _token()}
    print(json.dumps(answer))


def _composed(rows: Sequence[list[str]], start: int, department: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    for number, (title, text) in enumerate(rows, start=start):
        item = Item(kind="service", audience="public", department=department)
        slug = f"{slugify(title)[:80]}-{number}"
        body = service_body(purpose=f"<p>{escape(text)}</p>")
        yield item, described(item, title=title[:255], slug=slug, body=body)


@transaction.atomic
def _publish(pairs: Sequence[tuple[Any, dict[str, Any]]]) -> None:
    Item.objects.bulk_create(item for item, _document in pairs)
    head = chain.lock_head()
    documents, permits, entries, current, addresses = [], [], [], [], []
    for item, said in pairs:
        text = canonical_json(said)
        document = Document(sha256=sha256(text), schema=said["schema"], body=text)
        permit = Permit(
            item=item, kind="published", lane="reviewed", document=document, grounds={"type": "benchmark"}
        )
        entry = _entry(head, permit, document)
        path = f"/services/{said['slug']}/"
        documents.append(document)
        permits.append(permit)
        entries.append(entry)
        addresses.append(Address(path=path, item=item))
        current.append(_current(item, entry, document, said, path))
    for rows in (documents, permits, entries, current, addresses):
        type(rows[0]).objects.bulk_create(rows)
    head.save()


def _entry(head: Head, permit: Permit, document: Document) -> Entry:
    entry = Entry(
        seq=head.seq + 1,
        public_seq=head.public_seq + 1,
        epoch=head.epoch,
        kind=permit.kind,
        item_id=permit.item_id,
        audience="public",
        document_id=document.sha256,
        permit=permit,
        lane=permit.lane,
        at=clock.now(),
        previous_hash=head.hash,
    )
    entry.hash = chain.entry_hash(entry, permit)
    head.seq, head.public_seq, head.hash, head.at = entry.seq, entry.public_seq or 0, entry.hash, entry.at
    return entry


def _current(item: Any, entry: Entry, document: Document, said: dict[str, Any], path: str) -> Current:
    return Current(
        item=item,
        entry=entry,
        text_entry=entry,
        document=document,
        status="published",
        kind=item.kind,
        audience=item.audience,
        department=item.department,
        title=said["title"],
        slug=said["slug"],
        path=path,
        language=said["language"],
        first_published_at=entry.at,
        updated_at=entry.at,
    )


def _note_statistics() -> None:
    """What PostgreSQL's autovacuum does by itself within a minute or two."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _size() -> int:
    """Bytes on disk: of search's tables on PostgreSQL, of all that is in use of the file on SQLite."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
                " WHERE relkind = 'r' AND starts_with(relname, %s)",
                [TABLES],
            )
            return int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT (page_count - freelist_count) * page_size"
            " FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
        )
        return int(cursor.fetchone()[0])


def _on_elasticsearch() -> tuple[float, int]:
    """Seconds that its own generation took, and the bytes that the server says it holds."""
    from search.elastic import client, generations  # the client is an extra

    start_time = perf_counter()
    elastic.rebuild(lambda done, total: None)
    built = perf_counter() - start_time
    if why := elastic.why_not_well():
        raise SystemExit(why)  # else the embedded engine would be measured
    said = client.for_writing().indices.stats(index=generations.answers("*"), metric="store")
    return built, int(said["_all"]["primaries"]["store"]["size_in_bytes"])


def _token() -> str:
    """The access token of an agent, for what is asked over HTTP."""
    agent = get_user_model().objects.create_user("agent", "agent@example.com")
    Membership.objects.create(person=agent, role="agent")
    _row, secret = create_token(agent, "benchmark", by=None)
    return secret


if __name__ == "__main__":
    main()
