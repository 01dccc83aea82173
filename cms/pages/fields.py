"""Fields that Django has not: a fact's key, a week of opening hours, several choices, a web address."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.publications.facts import weekday_names

from .widgets import WeekInput

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class KeyFormField(forms.UUIDField):
    """Hidden. A row that is new has no key yet, and gets one of its own."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> uuid.UUID:
        return super().clean(value) or uuid.uuid4()


class KeyField(models.UUIDField):
    """The key by which a fact is known from one revision to the next.

    It goes through the form, since rows of a draft have no primary key that lasts. The empty row that
    the form multiplies carries none, or all new rows would be one fact.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", uuid.uuid4)
        super().__init__(**kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return KeyFormField(required=False)


class WeekFormField(forms.Field):
    """A week as typed → spans: `[{"weekday": 1…7, "opens": "09:00", "closes": "17:00"}]`."""

    widget = WeekInput

    def clean(self, value: Any) -> list[dict[str, Any]]:
        errors: list[str] = []
        spans = [span for row in value or [] for span in _spans_of(row, errors)]
        if errors:
            raise ValidationError(errors)
        if self.required and not spans:
            raise ValidationError(_("Fill in the hours of at least one day."))
        return spans

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or []) != self.clean(data)
        except ValidationError:
            return True


class WeekField(models.JSONField):
    """Opening hours of a week, as facts of kind `hours` hold them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return WeekFormField(
            required=not self.blank, label=capfirst(self.verbose_name), help_text=self.help_text
        )


class SeveralChoicesFormField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class SeveralChoicesField(models.JSONField):
    """Any of the `options`, in their order. (Not Django's `choices`, which allow one.)"""

    def __init__(self, *args: Any, options: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.options = list(options)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return SeveralChoicesFormField(
            choices=self.options,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


class WebAddressField(models.URLField):
    """An address on the web; `https` is understood where nothing else is said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def _spans_of(row: dict[str, Any], errors: list[str]) -> list[dict[str, Any]]:
    day = weekday_names()[row["weekday"] - 1]
    spans = []
    for again in ("", "_again"):
        opens, closes = row.get(f"opens{again}", "")[:5], row.get(f"closes{again}", "")[:5]
        if not opens and not closes:
            continue
        if not (_TIME.fullmatch(opens) and _TIME.fullmatch(closes)):
            errors.append(_("%(day)s: give both times, as 09:00.") % {"day": day})
        elif closes not in ("00:00",) and closes <= opens:
            errors.append(_("%(day)s: it closes after it opens.") % {"day": day})
        else:
            spans.append({"weekday": row["weekday"], "opens": opens, "closes": closes})
    if len(spans) == 2 and spans[1]["opens"] < spans[0]["closes"]:
        errors.append(_("%(day)s: it opens again after it has closed.") % {"day": day})
    return spans
