"""`manage.py plant_home PERSON`: the first draft of an empty site, in the name of one of its authors."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.core.errors import Refused
from cms.pages.commands import plant
from cms.pages.models import HomePage


class Command(BaseCommand):
    help = (
        "Makes the draft of the home page, under which every other page is written. The person has to be an "
        "author or editor: the page belongs to their department, and is sent for approval like any other."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="the user name")
        parser.add_argument("--title", default="", help="the municipality's name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["person"]
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(_("There is no person with the user name “%(name)s”.") % {"name": name})
        if HomePage.objects.exists():
            self.stdout.write(_("There is a home page already. Nothing was changed."))
            return
        try:
            home = plant(user, title=options["title"])
        except Refused as error:
            raise CommandError(error.refusal.sentence) from error
        self.stdout.write(
            _("The draft of the home page belongs to %(department)s. Its authors find it under “Pages”.")
            % {"department": home.item.department.name}
        )
