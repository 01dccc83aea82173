from __future__ import annotations

import os
import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.publications.clockwork import Worker


class Command(BaseCommand):
    help = "The background worker: sends letters, does what the date asks for. Runs until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--parent", type=int, help="stop when this process is no longer the parent")

    def handle(self, *args: Any, parent: int | None = None, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stop.set())
        Worker(stop, alive=lambda: parent is None or os.getppid() == parent).run()
