"""The forms of images and files: what was uploaded once stays as it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class KeptBytes:
    """A draft names its images and files, and its writers are noted (rule 3). Whoever could put other bytes
    behind the name would write in every draft that holds it, and be noted in none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:  # type: ignore[attr-defined]
            field = self.fields["file"]  # type: ignore[attr-defined]
            field.disabled = True
            field.help_text = _(
                "It stays as it was uploaded. Upload another one, and choose that in the draft."
            )


class KeptImageForm(KeptBytes, BaseImageForm):
    """For images."""


class KeptDocumentForm(KeptBytes, BaseDocumentForm):
    """For files."""
