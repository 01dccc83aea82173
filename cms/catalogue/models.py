"""Service lists (LGSL, UPL, …) and their standard services. Both come from files; no screen changes them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from .vocabulary import ServiceStatus


class ServiceList(models.Model):
    """A published list of the services that municipalities provide."""

    name = models.SlugField(_("name"), max_length=40, unique=True, help_text=_("For example: lgsl"))
    title = models.CharField(_("title"), max_length=200)
    uri = models.CharField(_("address"), max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("service list")
        verbose_name_plural = _("service lists")

    def __str__(self) -> str:
        return self.title


def _words(typed: str) -> list[str]:
    return typed.replace("\x00", " ").split()[:20]


class StandardServiceQuerySet(models.QuerySet["StandardService"]):
    def in_list(self, name: str) -> Self:
        return self.filter(list__name=name)

    def offered(self) -> Self:
        """What an author can start a page from: the discontinued are kept, and not offered."""
        return self.filter(status=ServiceStatus.LIVE)

    def matching(self, words: str) -> Self:
        """Each word stands somewhere in the code, the name or the description."""
        found = self
        for word in _words(words):
            found = found.filter(
                Q(code__iexact=word) | Q(name__icontains=word) | Q(description__icontains=word)
            )
        return found

    def best_first(self, words: str) -> Self:
        """The code that was typed, then names in which words begin so, then names that hold them, then
        the rest: who types “tree” looks for trees before streets."""
        if not _words(words):
            return self
        begins, holds = Q(), Q()
        for word in _words(words):
            begins &= (
                Q(name__istartswith=word) | Q(name__icontains=f" {word}") | Q(name__icontains=f"({word}")
            )
            holds &= Q(name__icontains=word)
        rank = Case(
            When(code__iexact=words.strip(), then=0), When(begins, then=1), When(holds, then=2), default=3
        )
        return self.order_by(rank, "name", "code")


class StandardService(models.Model):
    """A row of a service list, from which an author can start a page."""

    list = models.ForeignKey(
        ServiceList, verbose_name=_("list"), on_delete=models.PROTECT, related_name="services"
    )
    code = models.CharField(_("code"), max_length=200)
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=ServiceStatus, default=ServiceStatus.LIVE)
    uri = models.CharField(_("address"), max_length=500, blank=True)
    extra = models.JSONField(
        _("further columns"), default=dict, blank=True, help_text=_("As the mapping of the list names them.")
    )
    created = models.DateField(_("created"), null=True, blank=True)
    modified = models.DateField(_("modified"), null=True, blank=True)
    imported_at = models.DateTimeField(_("imported"), help_text=_("When a file last changed this row."))
    source_line = models.PositiveIntegerField(_("line"), help_text=_("Where in that file it began."))

    objects = StandardServiceQuerySet.as_manager()

    class Meta:
        ordering = ["list", "name", "code"]
        verbose_name = _("standard service")
        verbose_name_plural = _("standard services")
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="a_code_stands_once_in_a_list"),
        ]
        indexes = [models.Index(fields=["status", "name"], name="services_by_status_and_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def is_offered(self) -> bool:
        return self.status == ServiceStatus.LIVE
