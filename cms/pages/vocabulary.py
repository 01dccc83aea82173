"""The words of service pages and places."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChannelKind(TextChoices):
    ONLINE = "online", _("online")
    PHONE = "phone", _("by phone")
    DESK = "desk", _("in person, at a desk")
    POST = "post", _("by post")
    EMAIL = "email", _("by e-mail")


class CanDo(TextChoices):
    INFORMATION = "information", _("ask about it")
    TRANSACTION = "transaction", _("get it done")


class TaskKind(TextChoices):
    APPLY = "apply", _("apply")
    PAY = "pay", _("pay")
    REPORT = "report", _("report")
    BOOK = "book", _("book")
    FIND_OUT = "find_out", _("find out")


class TaskState(TextChoices):
    WORKING = "working", _("works")
    PLANNED = "planned", _("planned")
    UNAVAILABLE = "unavailable", _("not available at the moment")


class TimeUnit(TextChoices):
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class TargetGroup(TextChoices):
    RESIDENTS = "residents", _("residents")
    BUSINESSES = "businesses", _("businesses")
    VISITORS = "visitors", _("visitors")
    LANDLORDS = "landlords", _("landlords")
    FAMILIES = "families", _("families")
    OLDER_PEOPLE = "older-people", _("older people")
    DISABLED_PEOPLE = "disabled-people", _("disabled people")
    STUDENTS = "students", _("students")
    NEWCOMERS = "newcomers", _("newcomers")


class NoticeLevel(TextChoices):
    INFO = "info", _("information")
    WARNING = "warning", _("warning")


class Currency(TextChoices):
    GBP = "GBP", _("pounds (GBP)")
    EUR = "EUR", _("euros (EUR)")
    USD = "USD", _("dollars (USD)")
    CHF = "CHF", _("francs (CHF)")
    SEK = "SEK", _("Swedish kronor (SEK)")
    NOK = "NOK", _("Norwegian kroner (NOK)")
    DKK = "DKK", _("Danish kroner (DKK)")
    PLN = "PLN", _("zloty (PLN)")
    CZK = "CZK", _("koruna (CZK)")
