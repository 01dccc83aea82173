"""The files that say which column is what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cms.catalogue.mapping import built_in, built_in_names, load, parse
from cms.core.errors import Refused

GOOD: dict[str, Any] = {"columns": {"code": "Nr", "name": "Name"}}


def test_those_that_come_with_us_can_be_read() -> None:
    assert built_in_names() == ["lgsl", "upl"]
    assert built_in("lgsl").headers[:3] == ["Identifier", "Label", "Status"]
    assert built_in("upl").group is not None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.toml", '[columns]\ncode = "Nr"\nname = "Name"\n'),
        ("own.json", '{"columns": {"code": "Nr", "name": "Name"}}'),
        ("marked.json", '\ufeff{"columns": {"code": "Nr", "name": "Name"}}'),
    ],
)
def test_toml_and_json_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert load(tmp_path / name) == parse(GOOD)


@pytest.mark.parametrize(
    ("name", "content"),
    [("bad.toml", b"[columns"), ("bad.json", b"{"), ("bad.toml", b"\xff"), ("missing.toml", None)],
)
def test_a_file_that_cant_be_read(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refused:
        load(tmp_path / name)
    assert refused.value.refusal.code == "mapping-unusable"


@pytest.mark.parametrize(
    ("raw", "mistake"),
    [
        ([], "It must have the sections"),
        ({"columns": 3}, "It must have the sections"),
        ({}, "must name the column of “code”"),
        ({"columns": {"code": "Nr"}}, "must name the column of “name”"),
        ({**GOOD, "colour": {}}, "“colour” is no section"),
        ({"columns": {**GOOD["columns"], "smell": "S"}}, "“smell” means nothing in the section “columns”"),
        (
            {"columns": {"code": 3, "name": "Name"}},
            "“code” in the section “columns” has a value of the wrong",
        ),
        (
            {**GOOD, "values": {"live": "Live"}},
            "“live” in the section “values” has a value of the wrong kind",
        ),
        ({**GOOD, "values": {"delimiter": ", "}}, "“delimiter”"),
        ({**GOOD, "group": {"into": "rows"}}, "must say by which column"),
        ({**GOOD, "group": {"by": "Nr", "columns": ["a"]}}, "“columns” in the section “group”"),
    ],
)
def test_each_mistake_is_named(raw: Any, mistake: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(raw)
    assert any(mistake in detail for detail in refused.value.refusal.details)
