"""Rule 8: every public answer has the same status, headers and bytes with and without staff content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from unittest import mock
from uuid import UUID, uuid5

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from cms.core.canonical import sha256
from cms.organisation.models import Department
from cms.publications import commands
from cms.publications.models import Entry, Item
from cms.publications.vocabulary import Audience, EntryKind
from search.learning.commands import count_search, count_use
from search.learning.tokens import tell
from tests.themes import publishing as town

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEVER = UUID(int=0)
MAP = b"%PDF-1.4 a map that the public and the staff hold"
SECRET = b"%PDF-1.4 for the staff alone"
QUESTIONS = ("permit", "parking permit", "secret", "secret extension 204", "scheme", "v888", "")
# Errors in words of both, of the public's alone and of the staff's alone; nothing is near the last.
MISTYPED = ("permti", "prking", "colection", "secrt", "whoevr", "extesion", "secret prmit", "xylophone")
TYPING = ("p", "per", "sec", "wh", "whoever", "prk", "secrt", "whoevr")
Answer = tuple[int, tuple[tuple[str, str], ...], bytes]
Deed = Callable[[], Any]


def _id(name: str) -> UUID:
    return uuid5(NEVER, name)


def _ref(name: str, fact: str = "") -> dict[str, str]:
    return {"item": str(_id(name)), **({"key": str(_id(fact))} if fact else {})}


def _publish(name: str, kind: str, title: str, **fields: Any) -> None:
    code = fields.pop("code", "parks")
    audience = "staff" if kind in town.STAFF_KINDS else "public"
    department = town.department(code, code.capitalize())
    item = Item.objects.get_or_create(
        pk=_id(name), defaults={"kind": kind, "audience": audience, "department": department}
    )[0]
    town.publish(kind, title, item=item, **fields)


def _enter(name: str, kind: str, **payload: Any) -> None:
    item = Item.objects.get(pk=_id(name))
    town.enter(item, kind, **payload)


def _fee(amount: str, **dates: str) -> dict[str, Any]:
    return town.fee("Resident permit", amount, key=str(_id("fee")), **dates)


def _file(data: bytes, name: str, content_type: str | None = None) -> dict[str, Any]:
    return commands.pin(name, data, content_type)


def _permit(text: str = "You may park.") -> None:
    """The service that staff speak of most; it refers to a place and links to a topic."""
    body = {
        "purpose": f'<p>{text} See <a href="item:{_id("streets")}">streets</a>.</p>',
        "channels": [town.channel("desk", place=_ref("hall"))],
        "related": [_ref("bins")],
        "downloads": [{"title": "Map", **_file(MAP, "map.pdf")}],
    }
    _publish(
        "permit",
        "service",
        "Parking permit",
        parent=str(_id("streets")),
        body=body,
        tags=["v888", "scheme"],
        handling_class="A",
        life_events=[_ref("moving")],
        facts=[_fee("25.00", valid_to="2026-12-31"), _fee("27.50", valid_from="2027-01-01")],
        files=[_file(MAP, "map.pdf")],
    )


def _article(name: str, title: str, about: str = "permit", **fields: Any) -> None:
    body = {
        "short_answer": "Secret: extension 204.",
        "answer": f'<p>Whoever asks for a permit. <a href="item:{_id("hall")}">Hall</a></p>',
        "service": _ref(about),
        "quotes": [_ref(about, "fee")] if about == "permit" and name not in ("first", "m") else [],
    }
    _publish(name, "article", title, body=body, **{"tags": ["permit", "secret"], **fields})


def _used_by_staff(question: str, name: str) -> None:
    """Agents ask it all day, and find that this answers it."""
    told = tell(question, audience=Audience.STAFF, total=1, hits=[_id(name)])
    assert told is not None
    count_search(told, times=50)
    for agent in range(3):
        assert count_use(told, _id(name), how="answered") is (agent < 2)


def _staff_notice(name: str, about: str) -> None:
    body = {"text": "Secret permit scheme", "target": _ref(about), "signed": "Rosa"}
    _publish(name, "staff_notice", "Secret permit", body=body, expires_at=NOON + timedelta(days=1))


PUBLIC: list[tuple[str, Deed]] = [
    ("welcome", lambda: _publish("home", "home", "Welcome")),
    ("streets", lambda: _publish("streets", "topic", "Streets", parent=str(_id("home")), position=1)),
    ("bins", lambda: _publish("bins", "service", "Bin collection", parent=str(_id("streets")))),
    ("moving", lambda: _publish("moving", "life_event", "Moving house")),
    (
        "hall",
        lambda: _publish(
            "hall", "place", "Town Hall", facts=[town.hours((2, "09:00", "17:00"), key=str(_id("h")))]
        ),
    ),
    ("permit", _permit),
    ("line", lambda: _publish("line", "contact_point", "Permit line")),
    ("parks", lambda: _publish("parks", "department", "Parks and Streets")),
    (
        "home",
        lambda: _publish(
            "home", "home", "Marhaven", body={"welcome": "Hello", "top_tasks": [_ref("permit")]}
        ),
    ),
    (
        "flood",
        lambda: _publish("flood", "notice", "Flood", body={"text": "<p>Stay in.</p>", "level": "warning"}),
    ),
    ("old", lambda: _publish("old", "service", "Old permit", parent=str(_id("streets")))),
    ("old gone", lambda: _enter("old", EntryKind.WITHDRAWN, reason="It ended.", instead=str(_id("permit")))),
    ("bins moved", lambda: _enter("bins", EntryKind.MOVED, slug="bins", parent=str(_id("streets")))),
    ("permit again", lambda: _permit("You may park again.")),
    ("hall transferred", lambda: _enter("hall", EntryKind.TRANSFERRED, department="finance")),
]
# After which public deed staff did what: in every gap something, often more than one thing.
STAFF: dict[str, list[Deed]] = {
    "": [
        lambda: _article("first", "Secret before all others", about="permit"),
        lambda: _file(MAP, "map.txt", "text/plain"),
    ],
    "streets": [lambda: _staff_notice("s1", "streets"), lambda: _staff_notice("s2", "streets")],
    "bins": [lambda: _article("b", "Bin collection", about="bins")],
    "moving": [
        lambda: _article("m", "Whoever moves", life_events=[_ref("moving")], topics=[_ref("streets")])
    ],
    "hall": [lambda: _staff_notice("h1", "hall")],
    "permit": [
        lambda: _article("p", "Parking permit", files=[_file(SECRET, "secret.pdf"), _file(MAP, "map.pdf")]),
        lambda: _staff_notice("p1", "permit"),
        lambda: _article("p", "Parking permit, secret"),
    ],
    "line": [lambda: _enter("first", EntryKind.WITHDRAWN, reason="Secret", instead=str(_id("permit")))],
    "parks": [lambda: _article("d", "Who works in parks?", code="finance")],
    "home": [lambda: _staff_notice("n1", "home")],
    "flood": [lambda: _staff_notice("n2", "flood")],
    "old": [lambda: _article("o", "Old permit", about="old", files=[_file(SECRET, "secret.pdf")])],
    "old gone": [lambda: _enter("d", EntryKind.TRANSFERRED, department="parks")],
    "bins moved": [lambda: _staff_notice("b1", "bins"), lambda: _article("b", "Bin days", about="bins")],
    "permit again": [lambda: _enter("s1", EntryKind.WITHDRAWN, reason="Over")],
    "hall transferred": [
        lambda: _staff_notice("h2", "hall"),
        lambda: _used_by_staff("permit", "bins"),
        lambda: _used_by_staff("parking permit", "line"),
    ],
}
STAFF_NAMES = ("first", "s1", "b", "p", "p1", "d", "n1", "o")
PUBLIC_NAMES = ("home", "streets", "bins", "moving", "hall", "permit", "line", "parks", "flood", "old")


def _addresses() -> list[str]:
    pages = ["/", "/streets/", "/streets/bin-collection/", "/streets/bins/", "/streets/parking-permit/"]
    pages += ["/streets/old-permit/", "/life-events/moving-house/", "/places/town-hall/", "/places/town-hall"]
    pages += ["/departments/parks-and-streets/", "/a-to-z/", "/life-events/", "/places/", "/departments/"]
    pages += ["/sitemap.xml", "/robots.txt", "/feed.xml", "/theme.css", "/healthz", "/readyz"]
    pages += ["/article/", "/articles/parking-permit-secret/", "/bin-days/", "/streets/bin-days/"]
    pages += [
        f"/search/?q={q}{more}"
        for q in QUESTIONS
        for more in ("", "&page=2", "&type=service", "&type=article")
    ]
    pages += [f"/search/?q={q}{more}" for q in MISTYPED for more in ("", "&as_typed=1", f"&topic={_id('m')}")]
    api = [
        f"search?q={q}{more}" for q in QUESTIONS for more in ("", "&offset=1&limit=1", "&department=finance")
    ]
    api += [f"search?q={q}{more}" for q in MISTYPED for more in ("", "&as_typed=true", "&audience=staff")]
    api += [f"search?q=permit&type={kind}" for kind in ("article", "staff_notice", "service")]
    api += [f"search?q=permit&topic={_id(name)}" for name in ("streets", "m")]
    api += [f"suggest?q={q}" for q in (*QUESTIONS, *MISTYPED, *TYPING)]
    api += ["items", "items?page=2", "notices", *(f"items?type={kind}" for kind in town.PREFIXES)]
    api += ["items?department=finance", "items?handling_class=A", f"items?life_event={_id('moving')}"]
    api += [f"items?life_event={_id('m')}", f"search?q=permit&life_event={_id('m')}"]
    api += [f"items/{_id(name)}" for name in (*PUBLIC_NAMES, *STAFF_NAMES)]
    api += [f"items/by-path?path={path}" for path in pages[:14]] + ["items/by-path?path=/articles/p/"]
    files = [f"/files/{sha256(data)}/{name}" for data in (MAP, SECRET) for name in ("map.pdf", "secret.pdf")]
    return [*pages, *(f"/api/v1/public/{path}" for path in api), *files]


@contextmanager
def _at_noon() -> Iterator[Callable[[int], None]]:
    """A clock that stands still; what is yielded sets it, in minutes from noon."""
    with mock.patch("django.utils.timezone.now", return_value=NOON) as now:
        yield lambda minutes: setattr(now, "return_value", NOON + timedelta(minutes=minutes))


def _live(*, staff: bool) -> int:
    """Do every public deed at its minute, and between them what staff do; returns the entries of staff."""
    with _at_noon() as set_to:
        for code in ("parks", "finance"):
            town.department(code, code.capitalize())
        gaps = ["", *(name for name, _deed in PUBLIC)]
        deeds: dict[str, Deed] = {"": lambda: None, **dict(PUBLIC)}
        assert set(STAFF) <= set(deeds)
        for minute, name in enumerate(gaps):
            set_to(10 * minute)
            deeds[name]()
            for later, deed in zip(count(1), STAFF.get(name, []) if staff else [], strict=False):
                set_to(10 * minute + later)
                deed()
    return Entry.objects.filter(audience=Audience.STAFF).count()


def _asked(client: Client, address: str, **headers: str) -> Answer:
    response = client.get(address, headers=headers)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, tuple(sorted(response.items())), body


def _world(*, staff: bool) -> dict[str, Answer]:
    """What the public gets at each address, after all has happened."""
    with transaction.atomic(), town.a_log_with_updates():
        entries = _live(staff=staff)
        assert bool(entries) is staff
        cache.clear()
        with _at_noon() as set_to:
            set_to(300)
            answers = {address: _asked(Client(), address) for address in _addresses()}
        transaction.set_rollback(True)
    return answers


def test_every_public_answer_is_the_same_with_and_without_staff_content(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("search.api.time.perf_counter", lambda: 0.0)
    with_staff, without = _world(staff=True), _world(staff=False)
    different = [address for address, answer in with_staff.items() if answer != without[address]]
    assert different == []
    _says_what_it_should(without)


def _says_what_it_should(answers: dict[str, Answer]) -> None:
    """An empty site would be silent too: what is compared has to say something."""
    assert b"Parking permit" in answers["/streets/parking-permit/"][2]
    assert answers["/streets/bin-collection/"][0] == 301
    assert answers["/streets/old-permit/"][0] == 410
    assert b"Parking permit" in answers["/search/?q=parking permit"][2]
    assert b"Parking permit" in answers["/api/v1/public/suggest?q=per"][2] + answers["/feed.xml"][2]
    assert answers[f"/api/v1/public/items/{_id('permit')}"][0] == 200
    assert answers[f"/files/{sha256(MAP)}/map.pdf"][2] == MAP
    assert dict(answers[f"/files/{sha256(MAP)}/map.pdf"][1])["Content-Type"] == "application/pdf"
    for name in ("home", "streets", "bins", "moving", "hall", "permit"):
        assert "ETag" in dict(answers[f"/api/v1/public/items/{_id(name)}"][1])
    everything = b"".join(body for _status, _headers, body in answers.values())
    for word in (b"extension 204.", b"Rosa", b"Whoever asks", b"secret.pdf"):
        assert word not in everything


def test_what_is_for_staff_is_answered_as_what_never_was() -> None:
    with town.a_log_with_updates():
        _live(staff=True)
        client = Client()
        for address in ("/api/v1/public/items/{}", "/api/v1/public/items?life_event={}", "/{}/"):
            never = _asked(client, address.format(NEVER))
            for name in STAFF_NAMES:
                assert _asked(client, address.format(_id(name))) == never
        never = _asked(client, f"/files/{'0' * 64}/secret.pdf")
        assert never[0] == 404
        assert _asked(client, f"/files/{sha256(SECRET)}/secret.pdf") == never
        never = _asked(client, "/api/v1/public/items/by-path?path=/never/")
        for name in STAFF_NAMES:
            assert _asked(client, f"/api/v1/public/items/by-path?path=/{_id(name)}/") == never


def test_etags_of_the_public_stand_on_what_the_public_reads() -> None:
    """A staff entry changes none of them; each thing that the answer says changes it."""
    address = f"/api/v1/public/items/{_id('permit')}"

    changes: list[Deed] = [
        lambda: _publish("hall", "place", "City Hall"),
        lambda: _enter("permit", EntryKind.TRANSFERRED, department="finance"),
        lambda: Department.objects.filter(code="finance").update(name="Money"),
        lambda: _enter("permit", EntryKind.TOOK_EFFECT, date="2027-01-01", keys=[str(_id("fee"))]),
    ]

    def etag() -> str:
        return str(Client().get(address)["ETag"])

    with town.a_log_with_updates():
        _live(staff=False)
        with _at_noon() as set_to:
            seen = [etag()]
            for minute, change in enumerate(changes):
                set_to(300 + minute)
                _article(f"late {minute}", "Late secret")
                _staff_notice(f"late notice {minute}", "hall")
                assert etag() == seen[-1]
                assert (
                    Client().get(address, headers={"If-None-Match": f'"x", W/{seen[-1]}'}).status_code == 304
                )
                change()
                assert etag() not in seen
                seen.append(etag())
