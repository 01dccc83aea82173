"""`import_synonyms`: by the command line, of small files and of the real one."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.core.errors import Refused
from cms.core.models import AuditRow
from search.wordbook.commands import import_synonyms
from search.wordbook.models import Edition, Synonyms
from search.wordbook.queries import wordbook
from tests.groups import shared_data
from tests.people import person

from .teaching import in_days, taught

SMALL = """---
# Old names
- search: dustbin => bin, waste container
- search: bins => bin
- index: tariff codes => commodity codes
- find: a => b
"""


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run(*arguments: str | Path, out: StringIO | None = None) -> str:
    out = out or StringIO()
    call_command("import_synonyms", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "synonyms.yml"
    path.write_text(SMALL)
    return path


def test_it_shows_its_steps_and_reports(source: Path) -> None:
    assert run(source, "--language", "en").splitlines() == [
        "Reading the file …",
        "Comparing with what is taught …",
        "Writing the rules …",
        "Imported 4 lines:",
        "  2 rules made, 0 taught already, 2 lines refused",
        "Refused:",
        "  Line 4: To the search, “bins” and “bin” are the same word already.",
        "  Line 6: “find” is no kind of rule; there are both, index, search.",
    ]
    assert [str(row) for row in Synonyms.objects.order_by("pk")] == [
        "dustbin → bin, waste container",
        "commodity codes → tariff codes",
    ]
    row = Synonyms.objects.first()
    assert row and (row.note, row.taught_by, row.review_on) == ("Old names", None, in_days(365))
    audit = AuditRow.objects.get()
    assert (audit.deed, audit.subject, audit.by) == ("synonyms imported", "synonyms.yml", None)
    assert audit.details["rules"] == ["dustbin → bin, waste container", "commodity codes → tariff codes"]


def test_again_changes_nothing(source: Path) -> None:
    run(source)
    stamp = Edition.objects.get().stamp
    assert "0 rules made, 2 taught already, 2 lines refused" in run(source)
    assert (Synonyms.objects.count(), AuditRow.objects.count()) == (2, 1)
    assert Edition.objects.get().stamp == stamp


def test_what_a_person_taught_stays(source: Path) -> None:
    taught("dustbins → bin, waste container", note="mine")
    assert "1 rules made, 1 taught already" in run(source)
    assert Synonyms.objects.get(note="mine").taught_by == person("webmaster")


def test_a_dry_run(source: Path) -> None:
    assert "Would import 4 lines:\n  2 rules made" in run(source, "--dry-run")
    assert not Synonyms.objects.exists() and not AuditRow.objects.exists() and not Edition.objects.exists()


def test_it_counts_on_a_terminal(source: Path) -> None:
    assert "Writing the rules … 2/2\r" in run(source, out=Terminal())


@pytest.mark.parametrize("language", ["de", "nb", "no"])
def test_another_language(source: Path, language: str) -> None:
    run(source, "--language", language)
    assert wordbook(language, audience="public").instead
    assert not wordbook("en", audience="public").instead


@pytest.mark.parametrize(
    ("data", "language", "sentence"),
    [
        (None, "en", "can't be read: No such file or directory."),
        (b"- search: caf\xe9 => bar", "en", "Line 1 isn't written in UTF-8."),
        (b"", "en", "There is no rule in the file."),
        (b"# nothing\n", "en", "There is no rule in the file."),
        (b"a,b\nc,d\n", "en", "None of the 2 rules can be used.\xa0"),
        (b"- search: a1 => b2", "xx", "“xx” is no language of this search. It knows: en,"),
    ],
)
def test_what_it_refuses_as_a_whole(tmp_path: Path, data: bytes | None, language: str, sentence: str) -> None:
    path = tmp_path / "file.yml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(CommandError) as error:
        run(path, "--language", language)
    assert sentence.strip("\xa0") in str(error.value)
    assert error.value.returncode == 1
    assert not Synonyms.objects.exists() and not Edition.objects.exists()


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    assert import_synonyms(b"\xef\xbb\xbf- search: a1 => b2\r\n", language="en", by=None).made == 1


def test_by_a_person() -> None:
    import_synonyms(b"- search: a1 => b2", language="en", by=person("champion"))
    assert Synonyms.objects.get().taught_by == person("champion")
    with pytest.raises(Refused):
        import_synonyms(b"- search: c3 => d4", language="en", by=person("author.parks"))


@pytest.mark.shared_data
def test_the_real_file() -> None:
    path = shared_data() / "search" / "synonyms.yml"
    if not path.is_file():
        pytest.fail(f"There are no synonyms at {path}. Set ONEANSWER_DATA to where the data sets lie.")
    report = import_synonyms(path, language="en", by=None)
    assert report.lines == 1103
    assert report.made + report.known >= report.lines - len(report.refused)
    # Whatever is refused says nothing that the stemmer doesn't know already.
    assert 0 < len(report.refused) < 40
    assert all("the same word already" in line.reason for line in report.refused)
    instead = wordbook("en", audience="public").instead
    assert instead["bin", "collect"] == (("rubbish", "collect"),)
    assert ("car",) in instead["vehicl",] and ("vehicl",) in instead["car",]
    assert instead["practic", "test"] == (("practic", "drive", "test"),)
    assert ("coronavirus",) in instead["covid-19",]
    again = import_synonyms(path, language="en", by=None)
    assert (again.made, again.known) == (0, report.made + report.known)
