"""The demo municipality's texts, written for it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Row = dict[str, Any]
DEPARTMENTS = ("parks", "waste", "finance", "housing", "registry", "planning")


def shared() -> dict[str, Any]:
    """Home, topics, life events, places, contact points, departments and notices."""
    return _read("shared")


def of_department(code: str) -> dict[str, Any]:
    """A department's services and articles."""
    return _read(code)


def questions() -> list[Row]:
    """What was asked in a week."""
    rows: list[Row] = _read("questions")["question"]
    return rows


def _read(name: str) -> dict[str, Any]:
    with (HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
