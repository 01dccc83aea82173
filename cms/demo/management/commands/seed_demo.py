"""`manage.py seed_demo`: Marhaven in an empty database."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.core.errors import Refused
from cms.demo import commands


class Command(BaseCommand):
    help = "Fills an empty database with the demo municipality, through the real workflow."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are items already")
        parser.add_argument("--lgsl", type=Path, help="the LGSL list as CSV, for the whole catalogue")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not commands.is_empty():
            return
        began = time.monotonic()

        def say(line: str) -> None:
            self.stdout.write(f"  {time.monotonic() - began:5.1f} s  {line}")

        self.stdout.write("Building Marhaven, the demo municipality …")
        try:
            commands.seed(say, options["lgsl"])
        except Refused as refused:
            why = [refused.refusal.sentence, *refused.refusal.details]
            raise CommandError(" ".join(why)) from refused
        say("Done. Everybody's password is in DEMO_PASSWORD, else “demo”.")
