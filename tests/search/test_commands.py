"""Building the indexes anew, and finding and mending what differs from the log."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.publications.models import Current
from search.engines import Clue, Way, engine
from search.models import PublicDocument, PublicKey, PublicWord, StaffDocument, StaffWord
from search.projector import clear
from search.queries import find

from .publishing import article, service

pytestmark = pytest.mark.usefixtures("the_log")


def run(name: str, *args: Any) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_a_rebuild_gives_what_publishing_gave() -> None:
    service("Parking permit", "For residents")
    article("May I park here?")
    before = find("parking", audience="staff"), find("parking", audience="public")
    clear()
    assert find("parking", audience="staff").total == 0
    assert "2 of 2 read" in run("search_rebuild")
    assert (find("parking", audience="staff"), find("parking", audience="public")) == before
    assert "say what the log says" in run("search_verify")


def test_what_differs_is_named_and_mended() -> None:
    missing, stale, surplus = service("Missing"), service("Stale"), service("Surplus")
    PublicDocument.objects.filter(item=missing.pk).delete()
    PublicKey.objects.filter(document__item=stale.pk).update(key="other")
    StaffDocument.objects.filter(item=stale.pk).update(shelf="service|housing||")
    Current.objects.filter(pk=surplus.pk).update(status="withdrawn")

    with pytest.raises(CommandError, match="7 differences"):
        run("search_verify")
    told = run("search_verify", "--repair")
    assert "The public dictionary counts words otherwise" in told
    assert f"{missing.pk} is published and missing from the public index." in told
    assert f"{stale.pk} stands in the staff index with other words than it is published with." in told
    assert f"{surplus.pk} stands in the public index and isn't published." in told
    assert "say what the log says" in run("search_verify")
    assert find("surplus", audience="public").total == 0
    assert find("missing", audience="public").total == 1


def test_the_full_text_of_a_deleted_row_goes_with_it() -> None:
    service("Parking permit")
    PublicDocument.objects.all().delete()
    assert engine().count("public", [Clue((Way(("park",)),))]).total == 0
    service("Parking permit")
    assert find("parking", audience="public").total == 1


def test_a_dictionary_that_counts_wrongly_is_named_and_mended() -> None:
    service("Parking permit")
    PublicWord.objects.filter(form="permit").update(documents=7)
    StaffWord.objects.filter(form="permit").delete()
    with pytest.raises(CommandError, match="2 differences"):
        run("search_verify")
    run("search_verify", "--repair")
    assert (
        PublicWord.objects.get(form="permit").documents == StaffWord.objects.get(form="permit").documents == 1
    )
    assert "say what the log says" in run("search_verify")
