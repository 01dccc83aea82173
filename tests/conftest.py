"""What every test stands on: a database that can be emptied, and groups that say when they are left out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from xdist.scheduler import LoadGroupScheduling

from tests import groups, log

_skipped: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-python", action="store_true", help="leave out the groups that need more than Python"
    )
    parser.addoption(
        "--no-left-out", action="store_true", help="fail when a group or a test would be left out"
    )


class OneServerOneWorker(LoadGroupScheduling):
    """`--dist loadgroup`, read from where the tests are: xdist 3.8 writes the mark's name where pytest 9.2 no
    longer reads it, and every worker would start servers of its own."""

    def _split_scope(self, nodeid: str) -> str:
        group = groups.server(nodeid)
        return group or super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadGroupScheduling | None:
    return OneServerOneWorker(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--no-left-out"):
        os.environ["ONEANSWER_ALL_GROUPS"] = "1"
    if groups.all_groups() and (missing := groups.missing()):
        raise pytest.UsageError("A group would be left out. " + "; ".join(missing))


def pytest_unconfigure(config: pytest.Config) -> None:
    if getattr(settings, "RUN_DIR_IS_TEMPORARY", False) and not _is_worker(config):
        shutil.rmtree(settings.RUN_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    out = {group.marker for group in groups.left_out(config.getoption("--only-python"))}
    if groups.on_postgres():
        out.discard("postgres")
        out.add("sqlite")
    if config.option.markexpr != "soak":
        out.add("soak")
    left = [item for item in items if any(item.get_closest_marker(name) for name in out)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if groups.all_groups() and _skipped and not session.exitstatus and not _is_worker(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if groups.all_groups() and _skipped:
        terminalreporter.line(f"Skipped, though nothing may be left out: {', '.join(_skipped)}", red=True)
    if config.option.markexpr == "soak":
        return
    terminalreporter.section("left out")
    out = groups.left_out(config.getoption("--only-python"))
    for group in out:
        terminalreporter.line(f"{group.marker}: {group.how}")
    if not out:
        terminalreporter.line("nothing")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After a test that really commits, the tables are as migrations left them: Django's own way would
    be refused by the log's triggers, and would leave no root page for the next test."""
    with django_db_blocker.unblock():
        rows = log.rows_of_migrations()

    def _fixture_teardown(self: TransactionTestCase) -> None:
        log.start_afresh(rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _fixture_teardown)
        yield


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")
