"""The kinds of items that are written here, as the log knows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.publications.registry import Kind, register_kind
from cms.publications.vocabulary import Audience

from . import completeness, composers
from .mirror import mirror
from .queries import edit_url, newest_draft

# kind, what it is called, its plural, where its addresses begin (None: it has none)
KINDS = (
    ("home", _("home page"), _("home pages"), ""),
    ("topic", _("topic"), _("topics"), ""),
    ("service", _("service"), _("services"), ""),
    ("life_event", _("life event"), _("life events"), "life-events/"),
    ("department", _("department"), _("departments"), "departments/"),
    ("place", _("place"), _("places"), "places/"),
    ("contact_point", _("contact point"), _("contact points"), None),
    ("notice", _("notice"), _("notices"), None),
)


def register() -> None:
    """Tell the log how our kinds are composed, checked, addressed and mirrored."""
    for name, label, plural, prefix in KINDS:
        register_kind(
            Kind(
                name=name,
                label=label,
                label_plural=plural,
                audience=Audience.PUBLIC,
                compose=getattr(composers, name),
                draft=newest_draft,
                missing=getattr(completeness, name),
                mirror=mirror,
                edit_url=edit_url,
                prefix=prefix,
            )
        )
