"""Themes are data: each is whole, legible in the light and in the dark, and unlike the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from themes import checks, design

# What is written on what, and what has to be told from what beside it (WCAG 2.2: 1.4.3, 1.4.11).
TEXT = [
    ("text", "surface"), ("text", "surface-raised"), ("text-quiet", "surface"), ("text-quiet", "surface-raised"),
    ("link", "surface"), ("link", "surface-raised"), ("on-brand", "brand"), ("on-brand-quiet", "brand"),
    ("on-action", "action"), ("info", "info-soft"), ("info", "surface-raised"), ("success", "surface-raised"),
    ("success", "surface"), ("warning", "warning-soft"), ("text", "warning-soft"), ("text", "info-soft"),
    ("link", "warning-soft"), ("link", "info-soft"), ("text-quiet", "surface"), ("danger", "danger-soft"),
]  # fmt: skip
EDGES = [
    ("edge", "surface"), ("edge", "surface-raised"), ("focus", "surface"), ("focus", "surface-raised"),
    ("focus-on-brand", "brand"), ("action", "surface"), ("warning", "surface"), ("success", "surface"),
    ("focus", "warning-soft"), ("focus", "info-soft"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", design.names())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(name: str, scheme: str) -> None:
    colours: Mapping[str, str] = getattr(design.theme(name), scheme)
    weak = [(a, b, 4.5) for a, b in TEXT if contrast(colours[a], colours[b]) < 4.5]
    weak += [(a, b, 3.0) for a, b in EDGES if contrast(colours[a], colours[b]) < 3]
    assert weak == []


def test_the_themes_differ_in_more_than_a_hue() -> None:
    themes = [design.theme(name) for name in design.names()]
    assert len(themes) >= 3
    for differing in ("header", "corner", "space", "title"):
        values = {t.header if differing == "header" else {**t.shape, **t.scale}[differing] for t in themes}
        assert len(values) == len(themes), differing


def test_a_theme_that_is_not_there_is_told_at_start_up(settings: Any) -> None:
    settings.THEME = "nowhere"
    assert "harbour" in checks.the_theme_is_whole(None)[0].msg
    with pytest.raises(ImproperlyConfigured):
        design.theme("../../etc/passwd")


def test_a_token_can_bring_no_css_of_its_own(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (design.HERE / "tokens" / "harbour.toml").read_text()
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens" / "bad.toml").write_text(text.replace('"#13222d"', '"red;}body{display:none"'))
    monkeypatch.setattr(design, "HERE", tmp_path)
    with pytest.raises(ImproperlyConfigured, match="text can't be"):
        design.theme("bad")


def test_the_stylesheet_knows_tokens_only() -> None:
    css = (design.HERE / "static" / "themes" / "site.css").read_text()
    screen = css.split("@media print")[0].split("\n", 1)[1]
    assert "#" not in screen.replace("box-shadow: 0 6px 24px rgb(0 0 0 / 22%)", "")
    assert "http" not in screen
