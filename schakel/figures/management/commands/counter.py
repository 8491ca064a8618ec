"""The counting process."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from schakel.figures.counting import Extract, open_extract
from schakel.figures.extracting import data_position, renew_extract
from schakel.figures.serving import CountingServer, Keeper
from schakel.sharing.roles import COUNTER, database_role


def _position() -> str:
    close_old_connections()
    with database_role(COUNTER):
        return data_position()


def _renew() -> Extract:
    close_old_connections()
    with database_role(COUNTER):
        renew_extract(settings.EXTRACT_DIRECTORY)
    return open_extract(settings.EXTRACT_DIRECTORY)


class Command(BaseCommand):
    """``schakel counter``: runs beside web and worker, with a database account of its own."""

    help = "Answer counting questions over a socket, until stopped."
    group = "processes"
    database_role = "counter"

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        server = CountingServer(settings.COUNTING_SOCKET, Keeper(_position, _renew).extract)
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: threading.Thread(target=server.shutdown).start())
        with server:
            self.stderr.write(f"counting at {settings.COUNTING_SOCKET}")
            server.serve_forever(poll_interval=0.2)
        settings.COUNTING_SOCKET.unlink(missing_ok=True)
