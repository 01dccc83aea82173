"""`manage.py import_services`, as an operator sees it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.catalogue.models import StandardService

from .lists import lgsl, row

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run(*arguments: str | Path, out: StringIO | None = None) -> str:
    out = out or StringIO()
    call_command("import_services", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(lgsl(row("1"), row("2", "Ponds", "Discontinued"), row("3", "")))
    return path


def test_it_shows_its_steps_and_reports(source: Path) -> None:
    assert run(source, "--list", "lgsl").splitlines() == [
        "Reading the file …",
        "Comparing with the catalogue …",
        "Writing the catalogue …",
        "Imported into lgsl:",
        "  2 made, 0 changed, 0 unchanged, 1 rows refused",
        "  1 of them discontinued: kept, not offered",
        "Refused:",
        "  Line 4: The name (column “Label”) is empty.",
    ]


def test_it_counts_on_a_terminal(source: Path) -> None:
    shown = run(source, "--list", "lgsl", out=Terminal())
    assert "Reading the file … 3\r" in shown
    assert "Writing the catalogue … 2/2\r" in shown


def test_a_dry_run(source: Path) -> None:
    assert "Would import into lgsl:\n  2 made" in run(source, "--list", "lgsl", "--dry-run")
    assert not StandardService.objects.exists()


def test_what_is_gone_is_named(source: Path) -> None:
    run(source, "--list", "lgsl")
    source.write_bytes(lgsl(row("1")))
    assert "1 in the catalogue is no longer in the file, and is kept: 2" in run(source, "--list", "lgsl")


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("Nr,Name\n7,Benches\n")
    (tmp_path / "own.toml").write_text('[columns]\ncode = "Nr"\nname = "Name"\n')
    assert "1 made" in run(tmp_path / "own.csv", "--list", "own", "--mapping", tmp_path / "own.toml")


@pytest.mark.parametrize("missing", ["source", "mapping", "list"])
def test_what_it_refuses(source: Path, missing: str) -> None:
    arguments = {
        "source": [source.with_name("gone.csv"), "--list", "lgsl"],
        "mapping": [source, "--list", "lgsl", "--mapping", source.with_name("gone.toml")],
        "list": [source, "--list", "nobodys"],
    }[missing]
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 1
    assert not StandardService.objects.exists()


def test_every_column_that_is_missing_is_named(source: Path) -> None:
    source.write_text("la,lgsl,lgil,link\na,b,c,d\n")
    with pytest.raises(CommandError) as error:
        run(source, "--list", "lgsl")
    assert "It has: la, lgsl, lgil, link." in str(error.value)
    assert "The column “Identifier” is missing." in str(error.value)
