"""The counting process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from schakel.figures.ahead import Ahead
from schakel.figures.auditing.mandated import Mandated, mandated
from schakel.figures.closing.kept import open_closing
from schakel.figures.closing.making import NotYetError, close_year
from schakel.figures.closing.opening import Closed
from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import Extract, open_extract
from schakel.figures.editions import Edition
from schakel.figures.extracting import data_position, renew_extract
from schakel.figures.gate import Gate
from schakel.figures.moving import Known, looked_up
from schakel.figures.serving import CountingServer, Keeper
from schakel.figures.vintages import editions
from schakel.garbage import set_apart
from schakel.sharing.roles import COUNTER, database_role

T = TypeVar("T")
_LOOKING = ThreadPoolExecutor(1, thread_name_prefix="looking")


def _looked(ask: Callable[[], T]) -> T:
    """A short look at the database, which every question takes: by one thread that keeps its connection."""
    return _LOOKING.submit(_look, ask).result()


def _look(ask: Callable[[], T]) -> T:
    try:
        with database_role(COUNTER):
            return ask()
    except (InterfaceError, OperationalError):  # the database was away; once more with a connection of now
        connection.close()
        with database_role(COUNTER):
            return ask()


def _position() -> str:
    return _looked(data_position)


def _renew() -> Extract:
    with _counting_rights():
        renew_extract(settings.EXTRACT_DIRECTORY)
    return open_extract(settings.EXTRACT_DIRECTORY)


def _editions() -> list[Edition]:
    return _looked(editions)


def _mandated(auditor: int) -> Mandated:
    return _looked(lambda: mandated(auditor))


def _moves(sort: str, number: int) -> Known | None:
    return _looked(lambda: looked_up(sort, number))


def _open(number: int) -> Closed:
    with _counting_rights():
        return open_closing(number)


def _make(number: int) -> dict[str, Any]:
    try:
        with _counting_rights():
            made = close_year(number)
    except NotYetError as moving:
        return {"wait": str(moving)}
    return {"digest": made.digest, "manifest": made.manifest}


@contextmanager
def _counting_rights() -> Iterator[None]:
    """The counter's rights for longer work, in a thread of its own whose connection ends with it."""
    try:
        with database_role(COUNTER):
            yield
    finally:
        connection.close()


class Command(BaseCommand):
    """``schakel counter``: runs beside web and worker, with a database account of its own."""

    help = "Answer counting questions over a socket, until stopped."
    group = "processes"
    database_role = "counter"

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        set_apart()
        keeper = Keeper(_position, _renew)
        gate, shelf, kept = Gate(_editions, mandated=_mandated), Shelf(_open, _make), settings.COUNTING_KEEPS
        server = CountingServer(settings.COUNTING_SOCKET, keeper.extract, gate, shelf, kept=kept, moves=_moves)
        keeper.begun = Ahead(server.resting).begin
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: threading.Thread(target=server.shutdown).start())
        threading.Thread(target=keeper.extract, daemon=True).start()  # so that the first reader need not wait for it
        with server:
            self.stderr.write(f"counting at {settings.COUNTING_SOCKET}")
            server.serve_forever(poll_interval=0.2)
        settings.COUNTING_SOCKET.unlink(missing_ok=True)
