from __future__ import annotations

import os
import signal
import socket
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.core.processes import KeptRunning, django_command

# How long open streams may go on after a stop was asked for.
GRACE = 2


class Command(BaseCommand):
    help = "Serves the whole of OneAnswer: the ASGI server in this process, the worker in a child process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        listening = _listen(host, port)
        worker = KeptRunning("worker", django_command("work", "--parent", str(os.getpid())))
        server = uvicorn.Server(
            uvicorn.Config(
                "cms.asgi:application",
                log_level="warning",
                access_log=False,
                lifespan="off",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
            )
        )
        # uvicorn raises the signal again that stopped it; the worker has to be stopped first.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: None)
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(
            _(
                "OneAnswer is at http://%(host)s:%(port)s/ – the desk at /desk/, writing at /admin/. "
                "Ctrl-C stops it."
            )
            % {"host": shown, "port": listening.getsockname()[1]}
        )
        self.stdout.flush()
        worker.start()
        try:
            server.run(sockets=[listening])
        finally:
            worker.stop()
            listening.close()
        self.stdout.write(_("Stopped."))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends without delay only where a socket is said to be TCP's; else each answer on a kept connection
    # waits 40 ms for its reader's acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Bound is not yet taken: a second server would only fail when it listens.
        listening.listen(2048)
    except (OSError, OverflowError) as error:
        listening.close()
        raise CommandError(
            _(
                "Port %(port)s on %(host)s can't be used: %(error)s. Something else may be running there; "
                "choose another port, for example `make run PORT=8001`."
            )
            % {"port": port, "host": host, "error": getattr(error, "strerror", None) or error}
        ) from error
    return listening
