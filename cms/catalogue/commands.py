"""The one way into the catalogue: importing a list's file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core import audit, clock
from cms.core.errors import Refusal, Refused

from .mapping import Mapping, built_in
from .models import ServiceList, StandardService
from .rows import Reading, RefusedRow, Service, read
from .source import read_bytes
from .vocabulary import ServiceStatus

# (what is being done, how many are done, of how many or 0 when nobody knows yet)
Progress = Callable[[str, int, int], None]
COMPARED = ("name", "status", "description", "uri", "extra", "created", "modified")
BATCH = 200


@dataclass(frozen=True)
class Report:
    """What an import did, or would do. `discontinued` counts such services in the file; `gone` are
    codes that the catalogue keeps although the file doesn't name them any more."""

    list_name: str
    dry_run: bool
    rows: int
    made: int
    changed: int
    unchanged: int
    discontinued: int
    gone: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    unused_columns: tuple[str, ...]


def _quiet(step: str, done: int, total: int) -> None:
    """Nobody is watching."""


@transaction.atomic
def import_services(
    source: Path | bytes,
    list_name: str,
    mapping: Mapping | None = None,
    *,
    dry_run: bool = False,
    by: AbstractUser | None,
    progress: Progress = _quiet,
) -> Report:
    """Bring the list `list_name` to what `source` (a CSV file in UTF-8) says. All or nothing.

    Rows that can't be used are refused one by one and stand in the report; the others are imported.
    Importing the same file again changes nothing. Nothing is deleted. `by` is `None` for the command
    line. Raises `Refused` for a file, header or mapping that can't be used, and when no row can.
    """
    _refuse_name(list_name)
    mapping = mapping or built_in(list_name)
    step = _("Reading the file")
    progress(step, 0, 0)
    reading = read(read_bytes(source), mapping, lambda rows: progress(step, rows, 0))
    _refuse_unusable(reading)
    service_list = _list(list_name, mapping, dry_run)
    progress(_("Comparing with the catalogue"), 0, 0)
    there = {s.code: s for s in StandardService.objects.in_list(list_name)}
    made = [service for code, service in reading.services.items() if code not in there]
    changed = [s for code, s in reading.services.items() if code in there and _differs(s, there[code])]
    report = _report(list_name, dry_run, reading, there, len(made), len(changed))
    if service_list is not None:
        _write(service_list, made, [(service, there[service.code]) for service in changed], progress)
        audit.record(
            "services imported", service_list, by=by,
            made=report.made, changed=report.changed, refused=len(report.refused), gone=len(report.gone),
        )  # fmt: skip
    return report


def _refuse_name(list_name: str) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", list_name):
        raise Refused(
            Refusal(
                "list-name",
                _("A list's name has up to 40 small letters, digits and hyphens: “%(name)s” hasn't.")
                % {"name": list_name},
                422,
            )
        )


def _refuse_unusable(reading: Reading) -> None:
    if reading.services:
        return
    if not reading.refused:
        raise Refused(Refusal("no-rows", _("The file has a header and no rows. Nothing was changed."), 422))
    raise Refused(
        Refusal(
            "no-row-usable",
            _("None of the %(rows)d rows can be used. Nothing was changed.") % {"rows": reading.rows},
            422,
            tuple(
                _("Line %(line)d: %(reason)s") % {"line": row.line, "reason": row.reason}
                for row in reading.refused
            ),
        )
    )


def _list(name: str, mapping: Mapping, dry_run: bool) -> ServiceList | None:
    """The list, locked so that two imports of it wait for each other; none on a dry run."""
    if dry_run:
        return None
    told = {"title": mapping.title or name, "uri": mapping.uri}
    ServiceList.objects.get_or_create(name=name, defaults=told)
    service_list = ServiceList.objects.select_for_update().get(name=name)
    if (service_list.title, service_list.uri) != (told["title"], told["uri"]):
        service_list.title, service_list.uri = told["title"], told["uri"]
        service_list.save()
    return service_list


def _differs(service: Service, row: StandardService) -> bool:
    return any(getattr(service, name) != getattr(row, name) for name in COMPARED)


def _report(
    name: str, dry_run: bool, reading: Reading, there: dict[str, StandardService], made: int, changed: int
) -> Report:
    services = reading.services.values()
    return Report(
        list_name=name,
        dry_run=dry_run,
        rows=reading.rows,
        made=made,
        changed=changed,
        unchanged=len(services) - made - changed,
        discontinued=sum(service.status == ServiceStatus.DISCONTINUED for service in services),
        gone=tuple(sorted(there.keys() - reading.named)),
        refused=tuple(reading.refused),
        unused_columns=tuple(reading.unused_columns),
    )


def _write(
    service_list: ServiceList,
    made: list[Service],
    changed: list[tuple[Service, StandardService]],
    progress: Progress,
) -> None:
    step, total = _("Writing the catalogue"), len(made) + len(changed)
    progress(step, 0, total)
    now = clock.now()
    rows = [_filled(StandardService(list=service_list, code=s.code), s) for s in made]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row in batch:
            row.imported_at = now
        StandardService.objects.bulk_create(batch)
        progress(step, start + len(batch), total)
    for start in range(0, len(changed), BATCH):
        batch = [_filled(row, service) for service, row in changed[start : start + BATCH]]
        for row in batch:
            row.imported_at = now
        StandardService.objects.bulk_update(batch, [*COMPARED, "source_line", "imported_at"])
        progress(step, len(rows) + start + len(batch), total)


def _filled(row: StandardService, service: Service) -> StandardService:
    for name in COMPARED:
        setattr(row, name, getattr(service, name))
    row.source_line = service.line
    return row
