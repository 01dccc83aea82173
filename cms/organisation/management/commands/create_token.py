"""`manage.py create_token PERSON`: an access token for a program that acts as this person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.core.errors import Refused
from cms.organisation.commands import create_token
from cms.organisation.queries import person


class Command(BaseCommand):
    help = "Makes an access token for a person and prints its secret: once, and alone on standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="the user name")
        parser.add_argument("--name", default="command line", help="what the token is for")
        parser.add_argument("--days", type=int, default=90, help="how long it lives, 1 to 366 (default: 90)")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["person"]
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(_("There is no person with the user name “%(name)s”.") % {"name": name})
        try:
            token, secret = create_token(user, options["name"], days=options["days"], by=None)
        except Refused as error:
            raise CommandError(error.refusal.sentence) from error
        if not person(user).is_staff_reader:
            self.stderr.write(
                _("“%(name)s” has no role yet: the staff API refuses this token until they do.")
                % {"name": name}
            )
        self.stderr.write(
            _("The token is shown this once. It ends on %(day)s.") % {"day": f"{token.expires_at:%Y-%m-%d}"}
        )
        self.stdout.write(secret)
