"""The forms in which drafts are written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from cms.publications.models import Current
from cms.publications.vocabulary import Status
from workflows.drafts import DraftForm


class FixedAddress:
    """The address of something published is changed by a webmaster, with a reason: not here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.instance.item_id  # type: ignore[attr-defined]
        fields = self.fields  # type: ignore[attr-defined]
        published = item and Current.objects.filter(pk=item, status=Status.PUBLISHED).exists()
        if published and "slug" in fields:
            fields["slug"].disabled = True
            fields["slug"].help_text = _(
                "It is published at this address. A webmaster can change it, with a reason."
            )


class DraftPageForm(FixedAddress, DraftForm, WagtailAdminPageForm):
    """For pages."""


class DraftSnippetForm(FixedAddress, DraftForm, WagtailAdminModelForm):
    """For places, contact points and notices."""
