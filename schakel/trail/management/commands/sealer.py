"""The sealer: chains committed lines of the trail, every second, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from schakel.trail.actions import seal


class Command(BaseCommand):
    """``schakel sealer``: runs beside web and worker."""

    help = "Seal the trail, every second, until stopped."
    group = "processes"

    def add_arguments(self, parser: CommandParser) -> None:
        """``--once``: seal what is there and stop."""
        parser.add_argument("--once", action="store_true", help="seal what is there and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal until SIGTERM or Ctrl-C; a database that is away is tried again."""
        if options["once"]:
            self.stdout.write(f"sealed {seal()} lines")
            return
        stop = threading.Event()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: stop.set())
        while not stop.wait(1.0):
            try:
                seal()
            except OperationalError as error:
                self.stderr.write(f"the trail waits for the database: {error}".strip())
                close_old_connections()
