"""Where a corpus is indexed apart from the site: a database of its own on SQLite, a schema of its own on
PostgreSQL, and an engine beside it. All of it is gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from search import triggers
from search.dictionary import Dictionary
from search.engines import embedded
from search.finding import Index

from .corpus import Unusable

APART = "search_evaluation"
_INDEX = "public"

Place = Callable[[], AbstractContextManager[Index]]


@contextmanager
def on_sqlite() -> Iterator[Index]:
    with TemporaryDirectory(prefix="oneanswer-search-") as directory:
        config = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(directory) / "index.sqlite3")}
        with _connected(config):
            _migrate()
            yield _embedded()


@contextmanager
def on_postgres() -> Iterator[Index]:
    site = connections[DEFAULT_DB_ALIAS]
    if site.vendor != "postgresql":
        raise Unusable(_("The engine postgres needs the site's database to be PostgreSQL (DATABASE_URL)."))
    schema = f"{APART}_{uuid4().hex}"
    options = {**site.settings_dict["OPTIONS"], "options": f"-c search_path={schema}"}
    options.pop("pool", None)
    with _connected({**site.settings_dict, "OPTIONS": options}):
        with connections[APART].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {schema}")
        try:
            _migrate()
            yield _embedded()
        finally:
            with connections[APART].cursor() as cursor:
                cursor.execute(f"DROP SCHEMA {schema} CASCADE")


@contextmanager
def on_elasticsearch() -> Iterator[Index]:
    """Its dictionary is in a database of its own; `search.elastic.evaluation.apart()` gives the engine."""
    try:
        apart = import_module("search.elastic.evaluation").apart
    except ModuleNotFoundError:
        raise Unusable(_("Elasticsearch isn't installed here: it needs the extra “elasticsearch”.")) from None
    with on_sqlite() as beside, apart() as engine:
        yield Index(_INDEX, engine, beside.dictionary)


ENGINES: dict[str, Place] = {
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "elasticsearch": on_elasticsearch,
}


def _embedded() -> Index:
    return Index(_INDEX, embedded(APART), Dictionary(_INDEX, APART))


@contextmanager
def _connected(config: dict[str, Any]) -> Iterator[None]:
    complete = connections.configure_settings({DEFAULT_DB_ALIAS: {}, APART: config})
    connections.databases[APART] = complete[APART]
    try:
        yield
    finally:
        connections[APART].close()
        del connections[APART]
        del connections.databases[APART]


def _migrate() -> None:
    """The tables of search alone, without what other apps do after migrations."""
    executor = MigrationExecutor(connections[APART])
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == "oneanswer_search"])
    triggers.install(connections[APART])
