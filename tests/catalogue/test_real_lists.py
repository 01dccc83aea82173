"""The real lists, as they are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from cms.catalogue.commands import import_services
from cms.catalogue.mapping import parse
from cms.catalogue.models import StandardService
from cms.catalogue.queries import offered
from cms.core.errors import Refused
from tests.groups import shared_data

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data]


@pytest.fixture(scope="module")
def lists() -> Path:
    folder = shared_data() / "service-lists"
    if not folder.is_dir():
        pytest.fail(f"There are no service lists at {folder}. Set ONEANSWER_DATA to where the data sets lie.")
    return folder


def test_lgsl(lists: Path) -> None:
    report = import_services(lists / "lgsl.csv", "lgsl", by=None)
    assert (report.made, report.discontinued, report.refused) == (1002, 24, ())
    assert offered("lgsl").count() == 978
    trolleys = StandardService.objects.get(list__name="lgsl", code="1152")
    assert (trolleys.name, trolleys.is_offered) == ("Abandoned shopping trolleys", True)
    again = import_services(lists / "lgsl.csv", "lgsl", by=None)
    assert (again.made, again.changed, again.unchanged, again.gone) == (0, 0, 1002, ())


def test_upl(lists: Path) -> None:
    report = import_services(lists / "upl.csv", "upl", by=None)
    assert (report.rows, report.made, report.refused) == (1121, 1017, ())
    order = StandardService.objects.get(list__name="upl", code="aanschrijving")
    assert len(order.extra["grondslagen"]) == 3
    assert import_services(lists / "upl.csv", "upl", by=None).unchanged == 1017


def test_rows_wider_than_their_header_are_each_refused(lists: Path) -> None:
    mapping = parse({"columns": {"code": "lgsl", "name": "link"}})
    with pytest.raises(Refused) as refused:
        import_services(lists / "council-links-sample.csv", "links", mapping, by=None)
    details = refused.value.refusal.details
    assert len(details) == 2074
    assert details[0].startswith("Line 2: The row has 6 columns, the header 4.")
    assert details[-1].startswith("Line 2075:")
    assert not StandardService.objects.exists()
