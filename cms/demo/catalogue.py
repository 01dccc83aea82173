"""The demo's service list: the whole LGSL where its file is at hand, else a short list of our own."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from cms.catalogue.commands import import_services

from . import texts

HEADER = ["Identifier", "Label", "Status", "Description", "Created", "Modified", "History notes", "Type"]
# Services that nobody in Marhaven has written a page about yet.
UNWRITTEN = (
    (
        "372",
        "Cars that nobody wants",
        "A car stands without plates, wheels or owner; the town has it removed.",
    ),
    (
        "1152",
        "Shopping trolleys left behind",
        "Trolleys in streets, parks and water are collected and returned.",
    ),
    ("1799", "Places to lock a bike", "Stands for bikes and motorbikes in streets and at stops."),
)


def stock_catalogue(say: Callable[[str], None], source: Path | None = None) -> None:
    """Import the list that authors start pages from."""
    file = source or _whole_list()
    report = import_services(file or _short_list(), "lgsl", by=None)
    say(_("Service list: %(count)d standard services") % {"count": report.made})


def _whole_list() -> Path | None:
    data = Path(os.environ.get("ONEANSWER_DATA") or settings.ROOT.parent / "shared" / "data")
    file = data / "service-lists" / "lgsl.csv"
    return file if file.is_file() else None


def _short_list() -> bytes:
    """The codes that the demo's own texts use, with their own titles and summaries."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    rows = [
        (row["standard_code"], row["title"], row["summary"])
        for code in texts.DEPARTMENTS
        for row in texts.of_department(code)["service"]
    ]
    for code, name, description in [*rows, *UNWRITTEN]:
        writer.writerow([code, name, "Live", description, "", "", "", "Service"])
    return out.getvalue().encode()
