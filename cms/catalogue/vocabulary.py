"""What a standard service may be to its list."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ServiceStatus(TextChoices):
    LIVE = "live", _("live")
    DISCONTINUED = "discontinued", _("discontinued")
