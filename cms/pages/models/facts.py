"""Facts: what must be right. One child model for each kind, over one base."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.pages.fields import KeyField, WebAddressField, WeekField
from cms.pages.keys import name_of
from cms.pages.panels import closure_panels, fact_panels
from cms.pages.vocabulary import Currency, TimeUnit


def municipal_currency() -> str:
    """What fees are usually paid in here."""
    return str(settings.MUNICIPALITY["currency"])


class Fact(Orderable):
    """A structured value with a key that lasts and dates between which it holds, both included."""

    kind: str

    key = KeyField()
    valid_from = models.DateField(gettext_lazy("holds from"), null=True, blank=True)
    valid_to = models.DateField(gettext_lazy("holds until"), null=True, blank=True)

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day comes after the first.")})

    def value(self) -> dict[str, Any]:
        """What a document says of it, beside its key and its dates."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """By which versions of one fact are told: the label, however it is spaced and capitalised."""
        return name_of(getattr(self, "label", ""))


class Fee(Fact):
    kind = "fee"

    page = ParentalKey("pages.ServicePage", on_delete=models.CASCADE, related_name="fees")
    label = models.CharField(
        gettext_lazy("for what"), max_length=160, help_text=gettext_lazy("For example: Permit for one year")
    )
    amount = models.DecimalField(
        gettext_lazy("amount"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        help_text=gettext_lazy("For example: 27.50. Write 0 for what is free."),
    )
    currency = models.CharField(
        gettext_lazy("currency"), max_length=3, choices=Currency, default=municipal_currency
    )
    condition = models.CharField(
        gettext_lazy("condition"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("Who pays this, or when. For example: for a first vehicle"),
    )

    panels = fact_panels(
        "label", FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]), FieldPanel("condition")
    )

    class Meta(Fact.Meta):
        verbose_name = gettext_lazy("fee")

    def value(self) -> dict[str, Any]:
        amount = Decimal(self.amount or 0).quantize(Decimal("0.01"))
        return {
            "label": self.label,
            "amount": str(amount),
            "currency": self.currency,
            "condition": self.condition,
        }


class Deadline(Fact):
    kind = "deadline"

    page = ParentalKey("pages.ServicePage", on_delete=models.CASCADE, related_name="deadlines")
    label = models.CharField(
        gettext_lazy("of what"), max_length=160, help_text=gettext_lazy("For example: Renewal")
    )
    when = models.CharField(
        gettext_lazy("when"),
        max_length=255,
        help_text=gettext_lazy("For example: four weeks before the old permit ends"),
    )
    condition = models.CharField(
        gettext_lazy("condition"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("For whom it holds. For example: for businesses"),
    )

    panels = fact_panels("label", "when", "condition")

    class Meta(Fact.Meta):
        verbose_name = gettext_lazy("deadline")

    def value(self) -> dict[str, Any]:
        return {"label": self.label, "when": self.when, "condition": self.condition}


class ProcessingTime(Fact):
    kind = "processing_time"

    page = ParentalKey("pages.ServicePage", on_delete=models.CASCADE, related_name="processing_times")
    label = models.CharField(
        gettext_lazy("of what"),
        max_length=160,
        default=gettext_lazy("Decision"),
        help_text=gettext_lazy("For example: Decision on your application"),
    )
    amount = models.PositiveSmallIntegerField(
        gettext_lazy("how long"), help_text=gettext_lazy("A number. For example: 10")
    )
    unit = models.CharField(
        gettext_lazy("unit"), max_length=12, choices=TimeUnit, default=TimeUnit.WORKING_DAYS
    )
    condition = models.CharField(
        gettext_lazy("condition"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("For example: once we have all documents"),
    )

    panels = fact_panels(
        "label", FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]), FieldPanel("condition")
    )

    class Meta(Fact.Meta):
        verbose_name = gettext_lazy("processing time")

    def value(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "amount": int(self.amount or 0),
            "unit": self.unit,
            "condition": self.condition,
        }


class DocumentNeeded(Fact):
    kind = "document"

    page = ParentalKey("pages.ServicePage", on_delete=models.CASCADE, related_name="documents_needed")
    label = models.CharField(
        gettext_lazy("document"), max_length=160, help_text=gettext_lazy("For example: Proof of address")
    )
    note = models.CharField(
        gettext_lazy("what counts"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("For example: a bill from the last three months"),
    )

    panels = fact_panels("label", "note")

    class Meta(Fact.Meta):
        verbose_name = gettext_lazy("document needed")

    def value(self) -> dict[str, Any]:
        return {"label": self.label, "note": self.note}


class Eligibility(Fact):
    kind = "eligibility"

    page = ParentalKey("pages.ServicePage", on_delete=models.CASCADE, related_name="eligibilities")
    label = models.CharField(
        gettext_lazy("condition"),
        max_length=255,
        help_text=gettext_lazy("One condition. For example: You live in the permit zone"),
    )

    panels = fact_panels("label")

    class Meta(Fact.Meta):
        verbose_name = gettext_lazy("condition")

    def value(self) -> dict[str, Any]:
        return {"label": self.label}


class LegalBasis(Fact):
    kind = "legal_basis"

    page = ParentalKey("pages.ServicePage", on_delete=models.CASCADE, related_name="legal_bases")
    label = models.CharField(
        gettext_lazy("law or by-law"),
        max_length=255,
        help_text=gettext_lazy("For example: Parking Places Order 2019, section 4"),
    )
    url = WebAddressField(gettext_lazy("where it can be read"), blank=True)

    panels = fact_panels("label", "url")

    class Meta(Fact.Meta):
        verbose_name = gettext_lazy("legal basis")
        verbose_name_plural = gettext_lazy("legal bases")

    def value(self) -> dict[str, Any]:
        return {"label": self.label, "url": self.url}


class Hours(Fact):
    """A week of opening hours; a second row with dates is the summer's, or next year's."""

    kind = "hours"

    label = models.CharField(
        gettext_lazy("of what"),
        max_length=160,
        default=gettext_lazy("Opening hours"),
        help_text=gettext_lazy("For example: Opening hours, or Phone hours"),
    )
    days = WeekField(
        gettext_lazy("hours"),
        help_text=gettext_lazy(
            "Leave a day empty when it is closed. The last two columns are for the "
            "afternoon after a break at noon."
        ),
    )
    note = models.CharField(
        gettext_lazy("note"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("For example: last visitors 15 minutes before closing"),
    )

    panels = fact_panels("label", "days", "note")

    class Meta(Fact.Meta):
        abstract = True
        verbose_name = gettext_lazy("opening hours")
        verbose_name_plural = gettext_lazy("opening hours")

    def value(self) -> dict[str, Any]:
        days = sorted(self.days or [], key=lambda span: (span["weekday"], span["opens"]))
        return {"label": self.label, "days": days, "note": self.note}


class Closure(Fact):
    """Days on which it is closed, whatever the hours say."""

    kind = "closure"

    label = models.CharField(
        gettext_lazy("why"), max_length=160, help_text=gettext_lazy("For example: Christmas")
    )

    panels = closure_panels("label")

    class Meta(Fact.Meta):
        abstract = True
        verbose_name = gettext_lazy("closure")

    def clean(self) -> None:
        super().clean()
        if not self.valid_from:
            raise ValidationError({"valid_from": _("Give the first day on which it is closed.")})

    def value(self) -> dict[str, Any]:
        return {"label": self.label}
