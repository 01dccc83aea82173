"""The worker: its steps don't stop one another, and it stops when told."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.management import call_command

from cms.core import clock, post
from cms.core.models import AuditRow, Letter
from cms.publications import chain, clockwork, heads, registry
from cms.publications.clockwork import Worker, do_what_is_due
from tests.publications.log_alone import a_few_entries, log_alone, publish, sheet


def test_a_step_that_fails_is_logged_and_stops_no_other(db: None, caplog: Any) -> None:
    post.write("someone@marhaven.example", "News", "It changed.")
    worker = Worker(Event())
    with (
        mock.patch.object(clockwork.commands, "run_due", side_effect=RuntimeError("no")),
        mock.patch.object(clockwork, "close_old_connections"),
    ):
        worker.round()
    assert "The step “due” of the worker failed" in caplog.text
    assert [letter.subject for letter in mail.outbox] == ["News"]


def test_what_a_package_owes_by_date_is_done_with_the_rest(db: None) -> None:
    asked = []
    with mock.patch.dict(registry._due, {}, clear=True):
        registry.register_due("breaks", mock.Mock(side_effect=RuntimeError))
        registry.register_due("debts", lambda now: asked.append(now) or 3)
        now = clock.now()
        done = do_what_is_due(now)
    assert asked == [now]
    assert done["debts"] == 3


def test_it_stops_when_told_and_when_its_parent_is_gone() -> None:
    with mock.patch.object(Worker, "round"):
        stop = Event()
        thread = Thread(target=Worker(stop).run)
        thread.start()
        stop.set()
        thread.join(3)
        assert not thread.is_alive()
        Worker(Event(), alive=lambda: False).run()


@pytest.mark.django_db
class TestTheDaysHead:
    def test_it_leaves_the_database_once_a_day_by_log_and_mail(self, settings: Any, caplog: Any) -> None:
        settings.HEAD_MAIL_TO = "archive@marhaven.example"
        caplog.set_level("INFO", "oneanswer.head")
        with log_alone():
            a_few_entries()
            text = heads.announce()
            assert text == heads.anchor(chain.head())
            assert heads.announce() is None
        assert f"The publication log ends at {text}" in caplog.text
        letter = Letter.objects.get()
        assert letter.to == "archive@marhaven.example"
        assert heads.read_anchors(letter.body.splitlines()[-1])[0][0].seq == 6

    def test_the_next_day_has_its_own(self) -> None:
        with log_alone():
            publish(sheet(), "Waste", slug="waste")
            heads.announce()
            AuditRow.objects.filter(deed=heads.DEED).update(at=clock.now() - timedelta(days=1))
            assert heads.announce() is not None
        assert not Letter.objects.exists()

    def test_an_empty_log_has_none(self) -> None:
        assert heads.announce() is None


def test_the_commands_say_what_they_did(db: None, capsys: Any) -> None:
    post.write("someone@marhaven.example", "News", "It changed.")
    with log_alone():
        call_command("run_due")
        call_command("run_readers")
        call_command("log_restored")
    said = capsys.readouterr().out
    assert "spent: 0" in said
    assert "Letters sent: 1." in said
    assert "Epoch 2 begins." in said
