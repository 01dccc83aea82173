"""What commands that import a file have in common: they count on a terminal, and a refusal is an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.core.errors import Refused

Progress = Callable[[str, int, int], None]  # the step, how far it is, and of how much; 0: nobody knows


class ImportCommand(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="the file, in UTF-8")
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would be done, and do nothing"
        )

    @contextmanager
    def counting(self) -> Iterator[Progress]:
        """Gives what shows a line for each step; on a terminal, it counts."""
        self._step = ""
        try:
            yield self._show
        except Refused as error:
            raise CommandError("\n  ".join([error.refusal.sentence, *error.refusal.details])) from error
        finally:
            self._end()

    def _show(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self._end()
            self.stdout.write(f"{step} …", ending="\r" if self.stdout.isatty() else "\n")
            self._step = step
        elif self.stdout.isatty():
            self.stdout.write(f"{step} … {done}" + (f"/{total}" if total else ""), ending="\r")
            self.stdout.flush()

    def _end(self) -> None:
        if self._step and self.stdout.isatty():
            self.stdout.write("")
