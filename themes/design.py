"""A municipality's theme: design tokens kept as data, one file each in `tokens/`.

A theme says how large type is, how its head looks, how round and how dense things are, and its colours
in the light and in the dark. The stylesheet knows tokens only, by their meaning.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cms.core.canonical import sha256

HERE = Path(__file__).parent
HEADERS = ("band", "rule", "centred")
SIZES = ("small", "normal", "large", "heading", "title")
SHAPE = ("corner", "space", "weight", "tracking")
COLOURS = (
    "text text-quiet surface surface-raised line edge brand on-brand on-brand-quiet link action on-action "
    "focus focus-on-brand info info-soft success success-soft warning warning-soft danger danger-soft"
).split()
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,4})?(px|em)?")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Theme:
    """Everything by which one municipality's site looks unlike another's."""

    name: str
    title: str
    header: str
    scale: Mapping[str, str]
    shape: Mapping[str, str]
    light: Mapping[str, str]
    dark: Mapping[str, str]

    @property
    def css(self) -> str:
        """The tokens as custom properties."""
        measures = {f"size-{name}": f"{value}rem" for name, value in self.scale.items()}
        measures |= self.shape
        return (
            f":root{{color-scheme:light dark;{_properties(measures)}{_properties(self.light)}}}\n"
            f"@media (prefers-color-scheme:dark){{:root{{{_properties(self.dark)}}}}}\n"
            f"@media print{{:root{{color-scheme:light;{_properties(self.light)}}}}}\n"
        )


def names() -> list[str]:
    """The themes that there are."""
    return sorted(path.stem for path in (HERE / "tokens").glob("*.toml"))


@lru_cache
def theme(name: str) -> Theme:
    """The theme of a name. Raises `ImproperlyConfigured` with what is wrong with it."""
    if name not in names():
        raise ImproperlyConfigured(f"There is no theme {name!r}; there are: {', '.join(names())}.")
    data = tomllib.loads((HERE / "tokens" / f"{name}.toml").read_text())
    if data["header"] not in HEADERS:
        raise ImproperlyConfigured(f"Theme {name!r}: header is one of {', '.join(HEADERS)}.")
    _complete(name, data["scale"], SIZES, _NUMBER)
    _complete(name, data["shape"], SHAPE, _NUMBER)
    _complete(name, data["light"], COLOURS, _COLOUR)
    _complete(name, data["dark"], COLOURS, _COLOUR)
    return Theme(name=name, **data)


def chosen() -> Theme:
    """The theme of this deployment."""
    return theme(settings.THEME)


@lru_cache
def version() -> str:
    """Changes whenever pages might look or read otherwise without a document having changed."""
    files = sorted(path for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    parts = [f"{path.relative_to(HERE)}:{sha256(path.read_bytes())}" for path in files]
    configured = [
        settings.THEME,
        settings.SITE_URL,
        settings.TIME_ZONE,
        str(sorted(settings.MUNICIPALITY.items())),
    ]
    return sha256("|".join([*parts, *configured]))[:16]


def _properties(values: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())


def _complete(name: str, values: object, wanted: tuple[str, ...] | list[str], shape: re.Pattern[str]) -> None:
    if not isinstance(values, dict) or set(values) != set(wanted):
        raise ImproperlyConfigured(f"Theme {name!r}: needs exactly these tokens: {', '.join(wanted)}.")
    for token, value in values.items():
        if not shape.fullmatch(str(value)):
            raise ImproperlyConfigured(f"Theme {name!r}: {token} can't be {value!r}.")
