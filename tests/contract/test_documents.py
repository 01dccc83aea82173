"""Documents that were published once are read for ever: one of each kind in schema 1, as it was composed.

These files are never changed. Who changes what documents look like raises `documents.SCHEMA`, writes the
upcast from the old one, and adds files of the new schema beside these.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from cms.core.canonical import canonical_json, sha256
from cms.publications import documents, queries, registry
from cms.publications.models import Document, Item
from tests.people import department

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "documents"
FROZEN = {
    "article": "5a752bfb2264ff8c5a36cd7184fc3997ee2abebbc55e456609f6646134748785",
    "contact_point": "6f32feb2257f7f886ee392678568570277441a2e4346dfcca8239dab615e4667",
    "department": "8fbba73fdb57b06d345c87ff91751d21f4d9188af379b27e5f9d1b2553324f19",
    "home": "912610deb16365d415a0b4447f389acfa3f7c357ece7b8b1cb83cf5a8a4c9e10",
    "life_event": "1df055328d31753be97f1ac5add41e132618ba55f5068213bbad370dd1c64ffc",
    "notice": "43b02ab9bf516a580a04ead25ba52618fdbab79ad6e8f1baef44d4f38417435c",
    "place": "5158fb3d35edd75f368fb71a8bf1e670e730d5c4ecd0eeed6758d42c428c37e2",
    "service": "5dd8e4c66da934d4b28338ab55826d16579d051eef1c728941db05c4bd6d7790",
    "staff_notice": "98e71710c6b8c74c936859f181abd640460c83d088dfd637bdd7fa1c06cae96c",
    "topic": "e9cf34d8525f91e8b176de2382f0dd98a58112328d8c0137b03174adf864a5e7",
}
# Words of each document that whoever reads it has to find, from as deep inside as there are any.
SAID = {
    "article": ["What does a camping permit cost?", "Read out the price", "Permits team, extension 204"],
    "contact_point": ["Parks line", "01632 960 123"],
    "department": ["Parks", "We plant."],
    "home": ["Welcome to Marhaven."],
    "life_event": ["Moving", "Hello.", "Tell us"],
    "notice": ["Fire ban", "No fires."],
    "place": ["Town Hall", "1 Market Square", "Bus 7.", "A ramp.", "The entrance"],
    "service": ["Barbecue permit", "27.50", "A bucket of water.", "No fire in August", "Proof of address"],
    "staff_notice": ["Online payment is down until noon."],
    "topic": ["Parks and play", "Choose."],
}


def _frozen(kind: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    return document


def _row(kind: str) -> Document:
    """The row as it would stand in the database of whoever published it."""
    return Document(sha256=FROZEN[kind], schema=1, body=canonical_json(_frozen(kind)))


def test_every_kind_has_its_document() -> None:
    ours = {kind.name for kind in registry.kinds()} - {"leaflet", "paper"}  # those that only tests have
    assert ours == set(FROZEN) == set(SAID) == {path.stem for path in FOLDER.glob("*.json")}


@pytest.mark.parametrize("kind", FROZEN)
def test_its_hash_is_the_one_it_was_published_under(kind: str) -> None:
    document = _frozen(kind)
    assert document["schema"] == 1
    assert document["kind"] == kind
    assert sha256(canonical_json(document)) == FROZEN[kind]
    assert documents.digest(document) == FROZEN[kind]


@pytest.mark.parametrize("kind", FROZEN)
def test_it_is_read_in_todays_schema(kind: str) -> None:
    document = documents.read(_row(kind))
    assert document is not None
    assert document["schema"] == documents.SCHEMA
    item = Item(pk=document["id"], kind=kind, audience=document["audience"], department=department("parks"))
    assert set(document) == set(documents.envelope(item, title="", body={}))


@pytest.mark.parametrize("kind", FROZEN)
def test_it_is_rendered(kind: str) -> None:
    department("parks")
    document = documents.read(_row(kind))
    assert document is not None
    html = registry.renderer(kind)(queries.preview(document), RequestFactory().get("/"))
    for words in SAID[kind]:
        assert words in html
