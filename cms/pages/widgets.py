"""How a week of opening hours is typed: one row for each day, with a break where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cms.publications.facts import weekday_names

Span = dict[str, Any]
PARTS = ("opens", "closes", "opens_again", "closes_again")


class WeekInput(forms.Widget):
    """Seven rows of up to two spans. Its value is the list of rows as typed, `{weekday, opens, …}`."""

    template_name = "pages/widgets/week.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = self._rows(value)
        described_by = (attrs or {}).get("aria-describedby", "")
        labels = {
            "opens": _("opens"),
            "closes": _("closes"),
            "opens_again": _("opens again"),
            "closes_again": _("closes again"),
        }
        context["widget"]["labels"] = list(labels.values())
        context["widget"]["described_by"] = described_by
        context["widget"]["days"] = [
            {
                "name": day,
                "cells": [
                    {
                        "name": f"{name}-{number}-{part}",
                        "value": rows.get(number, {}).get(part, ""),
                        "label": f"{day}, {labels[part]}",
                    }
                    for part in PARTS
                ],
            }
            for number, day in enumerate(weekday_names(), start=1)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, Any]]:
        return [
            {"weekday": number}
            | {part: (data.get(f"{name}-{number}-{part}") or "").strip() for part in PARTS}
            for number in range(1, 8)
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-1-opens" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def _rows(self, value: Any) -> dict[int, dict[str, str]]:
        """Typed rows as they are; stored spans as rows."""
        rows: dict[int, dict[str, str]] = {}
        for span in value or []:
            if "opens_again" in span:
                rows[span["weekday"]] = span
                continue
            row = rows.setdefault(span["weekday"], {})
            again = "_again" if "opens" in row else ""
            row[f"opens{again}"], row[f"closes{again}"] = span["opens"], span["closes"]
        return rows
