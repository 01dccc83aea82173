"""The groups of tests that need more than Python, and whether what they need is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.search.elastic.server import home

ROOT = Path(__file__).resolve().parents[1]


def chromium() -> str | None:
    """The browser of the journeys: ONEANSWER_BROWSER, else Debian's Chromium."""
    return os.environ.get("ONEANSWER_BROWSER") or shutil.which("chromium")


def shared_data() -> Path:
    """Where the public data sets lie: ONEANSWER_DATA, else beside the working copy."""
    return Path(os.environ.get("ONEANSWER_DATA") or ROOT.parent / "shared" / "data")


def elasticsearch() -> bool:
    """A server to start, and the client to ask it."""
    return home() is not None and find_spec("elasticsearch") is not None


def on_postgres() -> bool:
    return os.environ.get("TEST_DATABASE_URL", "").startswith("postgres")


def all_groups() -> bool:
    """Nothing may be left out: said by `.ci/run`."""
    return os.environ.get("ONEANSWER_ALL_GROUPS") == "1"


@dataclass(frozen=True)
class Group:
    """`marker` names its tests; `there()` says whether they can run; `how` what would make them."""

    marker: str
    there: Callable[[], bool]
    how: str
    only_python: bool = False


GROUPS = (
    Group("postgres", on_postgres, "set TEST_POSTGRES_URL to run everything on PostgreSQL as well"),
    Group("browser", lambda: chromium() is not None, "needs Chromium; run `python -m pytest -m browser`"),
    Group(
        "elasticsearch",
        elasticsearch,
        "run tests/search/elastic/install.sh DEST, set ONEANSWER_ELASTICSEARCH_HOME=DEST; "
        "then `python -m pytest -m elasticsearch`",
    ),
    Group(
        "shared_data",
        lambda: shared_data().is_dir(),
        "set ONEANSWER_DATA to where the public data sets lie",
        only_python=True,
    ),
)


# Tests that share a server, by what their ids have: on one worker, which starts it once.
SERVERS = {"tests/journeys/": "town", "elastic": "elasticsearch"}


def server(nodeid: str) -> str | None:
    return next((name for part, name in SERVERS.items() if part in nodeid), None)


def left_out(only_python: bool) -> list[Group]:
    """The groups that this run does without."""
    return [g for g in GROUPS if not g.there() or (only_python and not g.only_python)]


def missing() -> list[str]:
    """What has to be there when nothing may be left out, and isn't."""
    return [
        f"{group.marker}: {group.how}" for group in GROUPS if group.marker != "postgres" and not group.there()
    ] + ([] if on_postgres() or os.environ.get("TEST_POSTGRES_URL") else ["postgres: set TEST_POSTGRES_URL"])
