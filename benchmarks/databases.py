"""Databases of the benchmarks' own: files beneath a directory, or databases on a PostgreSQL server, made for one run
and dropped after it.

`BENCH_POSTGRES_URL` (else `TEST_DATABASE_URL`) leads to a server whose user may create databases. Elasticsearch is the
server of the tests, beside a database that is a file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.servers import Side
from tests.search.elastic.server import home, reachable_folder, running_node

KINDS = ("sqlite", "postgres")
ELASTICSEARCH = "elasticsearch"
HEAP = 1024  # MB


@contextmanager
def apart(kind: str, *sides: Side) -> Iterator[list[Side]]:
    """The sides, each with a database of its own."""
    if kind == "sqlite":
        yield list(sides)
        return
    if kind == ELASTICSEARCH:
        with _elasticsearch() as url:
            yield [replace(side, elasticsearch=url) for side in sides]
        return
    named = {f"oneanswer_bench_{os.getpid()}_{number}": side for number, side in enumerate(sides)}
    _on_server(*(f'CREATE DATABASE "{name}"' for name in named))
    try:
        yield [replace(side, database=_url(name)) for name, side in named.items()]
    finally:
        _on_server(*(f'DROP DATABASE "{name}" WITH (FORCE)' for name in named))


def copy(source: Side, target: Side) -> None:
    """Make the target's database what the source's is."""
    if not source.database:
        shutil.copytree(source.run_dir, target.run_dir, dirs_exist_ok=True)
        return
    here, there = (urlsplit(side.database).path.strip("/") for side in (source, target))
    _on_server(f'DROP DATABASE "{there}"', f'CREATE DATABASE "{there}" TEMPLATE "{here}"')


def beside(side: Side, name: str) -> Side:
    """The same software with another directory."""
    directory = side.run_dir.parent / name
    directory.mkdir()
    return replace(side, run_dir=Path(directory))


@contextmanager
def _elasticsearch() -> Iterator[str]:
    if home() is None:
        raise SystemExit("Say in ONEANSWER_ELASTICSEARCH_HOME where tests/search/elastic/install.sh put it.")
    with reachable_folder() as folder, running_node(folder, heap=HEAP) as node:
        yield node.url


def _server() -> str:
    url = os.environ.get("BENCH_POSTGRES_URL") or os.environ.get("TEST_DATABASE_URL", "")
    if not url.startswith("postgres"):
        raise SystemExit("Say in BENCH_POSTGRES_URL where a PostgreSQL is whose user may create databases.")
    return url


def _url(name: str) -> str:
    return urlsplit(_server())._replace(path=f"/{name}").geturl()


def _on_server(*statements: str) -> None:
    import psycopg  # PostgreSQL is an extra

    with psycopg.connect(_url("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
