"""The day's head: it leaves the database once a day, so that a cut or rewritten log is found out."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit, clock, post
from cms.core.models import AuditRow

from . import chain
from .models import Head

log = logging.getLogger("oneanswer.head")
DEED = "head announced"
_ANCHOR = re.compile(r"\b(\d+)-(\d+)-([0-9a-f]{64})\b")


@dataclass(frozen=True)
class Anchor:
    """Where the log ended on some day, as it was kept outside the database."""

    epoch: int
    seq: int
    hash: str
    line: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.seq}-{self.hash}"


def anchor(head: Head) -> str:
    """A head as it leaves the database: `epoch-seq-hash`."""
    return f"{head.epoch}-{head.seq}-{head.hash}"


def read_anchors(text: str) -> tuple[list[Anchor], list[int]]:
    """The anchors in a file (lines of a log or a mail will do), and the numbers of the lines that hold
    none. Empty lines and those that begin with `#` are passed over."""
    anchors, unreadable = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _ANCHOR.search(line)
        if found:
            anchors.append(Anchor(int(found[1]), int(found[2]), found[3], number))
        else:
            unreadable.append(number)
    return anchors, unreadable


def announce(now: datetime | None = None) -> str | None:
    """Write the head to the log and to `HEAD_MAIL_TO`, unless that was done on this day already.

    Returns it when it was written. The head is locked, so that two workers don't both write it.
    """
    moment = now or clock.now()
    if _announced(moment):
        return None
    with transaction.atomic():
        head = chain.lock_head()
        if head.seq == 0 or _announced(moment):
            return None
        text = anchor(head)
        audit.record(DEED, text, by=None)
        post.write(
            settings.HEAD_MAIL_TO,
            _("The publication log ends at %(epoch)s-%(seq)s") % {"epoch": head.epoch, "seq": head.seq},
            _("Keep this line outside the system. `manage.py verify --anchor FILE` finds it again.")
            + f"\n\n{text}\n",
        )
    log.info("The publication log ends at %s", text)
    return text


def _announced(moment: datetime) -> bool:
    midnight = timezone.localtime(moment, timezone.get_default_timezone()).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return AuditRow.objects.filter(deed=DEED, at__gte=midnight).exists()
