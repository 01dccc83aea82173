"""Departments, who does what in them, who stands in for whom, and tokens for programs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core import clock

from .vocabulary import Role


class Department(models.Model):
    """A part of the municipality that answers for its items."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("For example: parks"))
    name = models.CharField(_("name"), max_length=120, unique=True)
    deputy = models.ForeignKey(
        "self",
        verbose_name=_("deputy department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputises_for",
        help_text=_("Decides when nobody else in this department can."),
    )
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("id")),
                name="a_department_is_not_its_own_deputy",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person has a role, in a department or in the whole municipality."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        help_text=_("For authors and editors only."),
    )

    class Meta:
        ordering = ["person__username", "role"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["author", "editor"], department__isnull=False)
                | (~Q(role__in=["author", "editor"]) & Q(department__isnull=True)),
                name="authors_and_editors_belong_to_a_department_others_to_all",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "department"], name="a_person_has_a_role_in_a_department_once"
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(department__isnull=True),
                name="a_person_has_a_role_in_the_whole_municipality_once",
            ),
        ]

    def __str__(self) -> str:
        where = self.department.name if self.department else _("the whole municipality")
        return f"{self.person}: {self.get_role_display()}, {where}"


class StandIn(models.Model):
    """A person acts for another from one day to another, both included."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stand-in"),
        on_delete=models.PROTECT,
        related_name="stands_in",
    )
    stands_in_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stands in for"),
        on_delete=models.PROTECT,
        related_name="stand_ins",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        ordering = ["-last_day"]
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("stands_in_for")), name="nobody_stands_in_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_stand_in_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.stands_in_for}, {self.first_day} – {self.last_day}"


class AccessToken(models.Model):
    """Lets a program act as its person. Only the hash of it is kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens"
    )
    name = models.CharField(_("what it is for"), max_length=80)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")

    def __str__(self) -> str:
        return self.name

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > clock.now()
