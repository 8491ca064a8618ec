"""The counting process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.auditing.mandated import Mandated, mandated
from schakel.figures.closing.kept import open_closing
from schakel.figures.closing.making import NotYetError, close_year
from schakel.figures.closing.opening import Closed
from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import Extract, open_extract
from schakel.figures.editions import Edition
from schakel.figures.extracting import data_position, renew_extract
from schakel.figures.gate import Gate
from schakel.figures.serving import CountingServer, Keeper
from schakel.figures.vintages import editions
from schakel.sharing.roles import COUNTER, database_role


def _position() -> str:
    with _counting_rights():
        return data_position()


def _renew() -> Extract:
    with _counting_rights():
        renew_extract(settings.EXTRACT_DIRECTORY)
    return open_extract(settings.EXTRACT_DIRECTORY)


def _editions() -> list[Edition]:
    with _counting_rights():
        return editions()


def _mandated(auditor: int) -> Mandated:
    with _counting_rights():
        return mandated(auditor)


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
    """The counter's rights; each question has a thread of its own, whose connection ends with it."""
    try:
        with database_role(COUNTER):
            yield
    finally:
        connection.close()


def _warm_up(keeper: Keeper) -> None:
    """Count what the pages show once, so that the first reader need not wait for queries to be written."""
    extract = keeper.extract()
    years = answer(Question("years"), extract)["years"]
    for by in ((), ("agency",), ("province",), ("theme",)):
        everything = Question("figures", by=by, filters={"year": years[:1]}, audience=Audience(all_agencies=True))
        answer(everything, extract)


class Command(BaseCommand):
    """``schakel counter``: runs beside web and worker, with a database account of its own."""

    help = "Answer counting questions over a socket, until stopped."
    group = "processes"
    database_role = "counter"

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        keeper = Keeper(_position, _renew)
        gate, shelf, kept = Gate(_editions, mandated=_mandated), Shelf(_open, _make), settings.COUNTING_KEEPS
        server = CountingServer(settings.COUNTING_SOCKET, keeper.extract, gate, shelf, kept=kept)
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: threading.Thread(target=server.shutdown).start())
        threading.Thread(target=_warm_up, args=(keeper,), daemon=True).start()
        with server:
            self.stderr.write(f"counting at {settings.COUNTING_SOCKET}")
            server.serve_forever(poll_interval=0.2)
        settings.COUNTING_SOCKET.unlink(missing_ok=True)
