"""Importing a service list: what is taken, what is refused and why, and that nothing is half-written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cms.catalogue.commands import Report, import_services
from cms.catalogue.mapping import Mapping, parse
from cms.catalogue.models import ServiceList, StandardService
from cms.catalogue.queries import offered, search
from cms.core.errors import Refused
from cms.core.models import AuditRow

from .lists import LGSL_HEADER, UPL_TERMS, lgsl, row, upl, upl_row

pytestmark = pytest.mark.django_db


def run(data: bytes | Path, name: str = "lgsl", mapping: Mapping | None = None, **options: bool) -> Report:
    return import_services(data, name, mapping, by=None, **options)


def refusals(report: Report) -> dict[int, str]:
    return {refused.line: refused.reason for refused in report.refused}


def test_a_row_becomes_a_standard_service() -> None:
    report = run(lgsl(row("1152", "Abandoned shopping  trolleys"), row("7", "Old thing", "Discontinued")))
    assert (report.made, report.changed, report.unchanged, report.discontinued) == (2, 0, 0, 1)
    assert (report.refused, report.gone, report.unused_columns) == ((), (), ())
    service = StandardService.objects.get(code="1152")
    assert service.list.title == "Local Government Service List"
    assert service.name == "Abandoned shopping trolleys"
    assert service.uri == "http://id.esd.org.uk/service/1152"
    assert (service.created, service.modified) == (date(2013, 4, 3), date(2019, 1, 25))
    assert service.extra == {"history": "Added.", "type": "Service"}
    assert service.source_line == 2
    assert [s.code for s in offered("lgsl")] == ["1152"]
    assert AuditRow.objects.get().details == {"made": 2, "changed": 0, "refused": 0, "gone": 0}


def test_importing_again_changes_nothing() -> None:
    run(lgsl(row("1"), row("2", "Ponds")))
    before = list(StandardService.objects.values())
    report = run(lgsl(row("2", "Ponds"), row("1")))  # another order is no change
    assert (report.made, report.changed, report.unchanged) == (0, 0, 2)
    assert list(StandardService.objects.values()) == before


def test_a_later_file() -> None:
    run(lgsl(row("1"), row("2", "Ponds"), row("3", "Paths")))
    report = run(lgsl(row("1"), row("2", "Ponds and lakes", "Discontinued"), row("4", "Trees")))
    assert (report.made, report.changed, report.unchanged) == (1, 1, 1)
    assert report.gone == ("3",)
    assert {s.code: (s.name, s.status) for s in StandardService.objects.all()} == {
        "1": ("Park benches", "live"),
        "2": ("Ponds and lakes", "discontinued"),
        "3": ("Paths", "live"),
        "4": ("Trees", "live"),
    }


def test_a_refused_row_is_not_gone() -> None:
    run(lgsl(row("1"), row("2")))
    report = run(lgsl(row("1"), row("2", status="Perhaps")))
    assert (report.gone, list(refusals(report))) == ((), [3])


def test_a_dry_run_reports_and_writes_nothing() -> None:
    report = run(lgsl(row("1"), row("2", "")), dry_run=True)
    assert (report.dry_run, report.made, list(refusals(report))) == (True, 1, [3])
    assert not ServiceList.objects.exists()
    assert not AuditRow.objects.exists()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(""), "The code (column “Identifier”) is empty."),
        (row("  "), "The code (column “Identifier”) is empty."),
        (row("9", ""), "The name (column “Label”) is empty."),
        (row("9", status="Sleeping"), "The status “Sleeping” is unknown; known are: Live, Discontinued."),
        (row("9", status=""), "The status “” is unknown; known are: Live, Discontinued."),
        (row("1", "Twice"), "The code “1” stands on line 2 already, and that row counts."),
        (row("9") + ",more", "The row has 9 columns, the header 8. A cell with a comma in it stands in "
                             "quotation marks."),
        ("9,Short,Live", "The row has 3 columns, the header 8. It seems to be cut off."),
        (row("9").replace("03/04/2013", "31/02/2013"), "“31/02/2013” (column “Created”) is no date as the "
                                                       "mapping has them, for example 31/12/2026."),
        (row("9", "a\x00b"), "Line 3 holds a NUL character."),
        (row("9", "Café").encode("cp1252"), "Line 3 is not valid UTF-8 (byte 6 of the line)."),
        (row("9", '"Open'), "The quotation marks don't match, or a cell is far too long."),
        (row("9", '"Odd"ly'), "The quotation marks don't match, or a cell is far too long."),
        (row("9", "x" * 301), "“name” has more than 300 characters."),
        (row("9" * 201), "“code” has more than 200 characters."),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_and_the_others_are_taken(bad: str | bytes, reason: str) -> None:
    report = run(lgsl(row("1"), bad, row("3", "Paths")))
    assert refusals(report) == {3: reason}
    assert report.made == 2
    assert list(StandardService.objects.values_list("code", flat=True).order_by("code")) == ["1", "3"]
    assert StandardService.objects.get(code="1").name == "Park benches"


def test_lines_are_those_of_the_file() -> None:
    over_lines = '2,"Ponds\nand ""lakes""",Live,"One\n\nTwo",,,,'
    report = run(lgsl(row("1"), over_lines, "", row("1"), row("3", status="?"), end=b"\r\n"))
    assert StandardService.objects.get(code="2").source_line == 3
    assert StandardService.objects.get(code="2").name == 'Ponds and "lakes"'
    assert StandardService.objects.get(code="2").description == "One\n\nTwo"
    assert list(refusals(report)) == [8, 9]


def test_a_bad_byte_in_a_cell_over_lines_is_found_on_its_line() -> None:
    report = run(lgsl(row("1"), b'2,"Ponds\nand caf\xe9s",Live,,,,,'))
    assert refusals(report) == {3: "Line 4 is not valid UTF-8 (byte 8 of the line)."}


def test_an_open_quotation_mark_does_not_swallow_the_file() -> None:
    many = [row(str(number), f"Service {number}") for number in range(10, 500)]
    report = run(lgsl(row("9", '"Open'), *many))
    assert list(refusals(report)) == [2]
    assert report.made == 490


def test_further_columns_are_named() -> None:
    data = lgsl(row("1") + ",x,y", header=LGSL_HEADER + ",Colour,Smell")
    assert run(data).unused_columns == ("Colour", "Smell")
    assert StandardService.objects.get().name == "Park benches"


@pytest.mark.parametrize(
    ("data", "sentence", "details"),
    [
        (b"", "The file is empty.", ()),
        (b"\xef\xbb\xbf \n\n", "The file is empty.", ()),
        (lgsl(), "The file has a header and no rows.", ()),
        (lgsl(row()).decode("utf-8-sig").encode("utf-16"), "The file is written in UTF-16.", ()),
        (
            lgsl(row(), header=LGSL_HEADER.replace("Label", "Name").replace("Status,", "")),
            "It has: Identifier, Name, Description, Created,",
            ("The column “Label” is missing.", "The column “Status” is missing."),
        ),
        (
            lgsl(row(), header=LGSL_HEADER + ",Label"),
            "The header on line 1",
            ("The column “Label” stands there twice.",),
        ),
        (lgsl(row(), header=LGSL_HEADER.replace(",", ";")), "The header on line 1", None),
        (lgsl(row(""), row("2", "")), "None of the 2 rows can be used. Nothing was changed.", None),
        (Path("nowhere/at-all.csv"), "can't be read: No such file or directory.", ()),
        (Path(__file__).parent, "can't be read: Is a directory.", ()),
    ],
)
def test_a_file_that_cant_be_used(data: bytes | Path, sentence: str, details: tuple[str, ...] | None) -> None:
    with pytest.raises(Refused) as refused:
        run(data)
    assert sentence in refused.value.refusal.sentence
    if details is not None:
        assert refused.value.refusal.details == details
    assert not ServiceList.objects.exists()
    assert not AuditRow.objects.exists()


def test_when_no_row_can_be_used_each_is_named() -> None:
    with pytest.raises(Refused) as refused:
        run(lgsl(row(""), row("2", "")))
    assert [detail.split(":")[0] for detail in refused.value.refusal.details] == ["Line 2", "Line 3"]


def test_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("cms.catalogue.commands.audit.record", break_down)
    with pytest.raises(RuntimeError):
        run(lgsl(row("1")))
    assert not ServiceList.objects.exists()


@pytest.mark.parametrize(
    ("name", "code"), [("leika", "mapping-unknown"), ("../lgsl", "list-name"), ("", "list-name")]
)
def test_a_list_that_nobody_knows(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        run(lgsl(row()), name)
    assert refused.value.refusal.code == code


def test_rows_of_one_product_are_one_service() -> None:
    report = run(
        upl(
            upl_row("adoptie", "adoptie", "BW_art_227"),
            upl_row("aanleunwoning", "aanleunwoning"),
            upl_row("adoptie", "adoptie", "BW_art_228"),
            upl_row("adoptie", "adoptie", "BW_art_228"),
        ),
        "upl",
    )
    assert (report.rows, report.made, report.refused) == (4, 2, ())
    product = StandardService.objects.get(code="adoptie")
    assert (product.uri, product.source_line) == (UPL_TERMS + "adoptie", 2)
    assert product.extra["grondslagen"] == [
        {"uri": "BW_art_227", "label": "BW_art_227"},
        {"uri": "BW_art_228", "label": "BW_art_228"},
    ]
    assert product.extra["gemeente"] == "X"
    assert StandardService.objects.get(code="aanleunwoning").extra["grondslagen"] == []


def test_rows_of_one_product_agree() -> None:
    report = run(
        upl(
            upl_row("adoptie", "adoptie", "a"),
            upl_row("adoptie", "adopties", "b"),
            upl_row("adoptie", "adoptie", "c", state="X"),
        ),
        "upl",
    )
    assert refusals(report) == {
        3: "The row belongs to the service of line 2, but differs from it in: name.",
        4: "The row belongs to the service of line 2, but differs from it in: rijk.",
    }


def test_a_list_of_ones_own() -> None:
    mapping = parse(
        {"columns": {"code": "Nr", "name": "Leistung"}, "values": {"delimiter": ";", "code_prefix": "DE-"}}
    )
    report = run("Nr;Leistung\nDE-1;Bänke, auch lange\n".encode(), "own", mapping)
    assert report.made == 1
    service = StandardService.objects.get()
    assert (service.code, service.name, service.status) == ("1", "Bänke, auch lange", "live")
    assert service.list.title == "own"


def test_the_same_code_in_two_lists() -> None:
    run(lgsl(row("1")))
    mapping = parse({"columns": {"code": "Nr", "name": "Name"}})
    assert run(b"Nr,Name\n1,Other\n", "own", mapping).made == 1
    assert run(lgsl(row("1"))).unchanged == 1
    assert StandardService.objects.filter(code="1").count() == 2


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("1152", ["1152"]),
        ("trolleys abandoned", ["1152"]),
        ("abandoned", ["1152", "372"]),
        ("abandoned submarines", []),
        ("old", []),
        ('"%_\x00', []),
    ],
)
def test_searching(words: str, codes: list[str]) -> None:
    run(
        lgsl(
            row("1152", "Abandoned shopping trolleys"),
            row("372", "Abandoned vehicles"),
            row("9", "Old thing", "Discontinued"),
        )
    )
    assert [service.code for service in search(words)] == codes
