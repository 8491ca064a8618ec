"""Do the jobs of a queue until stopped."""

from __future__ import annotations

import os
import select
import signal
import threading
import zlib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management.base import BaseCommand, CommandError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from schakel.cli.queue import retry_left_behind

_LOCKS_OF_WORKERS = 20260101  # the first of the two numbers of an advisory lock: which kind of lock it is
_SECONDS_TO_FINISH = 20
_SECONDS_A_LOOK = 1.0

Session = psycopg.Connection[tuple[object, ...]]


class Command(BaseCommand):
    """``schakel work --queue default``: a worker process."""

    group = "processes"
    help = "Do the jobs of a queue until stopped"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's words."""
        parser.add_argument("--queue", default="default", help="which queue (default, link)")
        parser.add_argument("--alone", action="store_true", help="be its only worker; jobs left behind are done again")

    def handle(self, *args: object, **options: object) -> None:
        """Run until a SIGTERM or SIGINT, or until the database was away; the job at hand gets 20 seconds to finish."""
        queue = str(options["queue"])
        with _session() as session:
            if options["alone"]:
                _be_the_only_one(session, queue)
                if number := retry_left_behind(queue):
                    self.stderr.write(f"{number} jobs were left behind by a worker that died; they are done again.")
            with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as working:
                working.run_worker(queues=[queue], shutdown_graceful_timeout=_SECONDS_TO_FINISH)


@contextmanager
def _session() -> Iterator[Session]:
    """Hold a session of our own, and ask ourselves to stop when it is lost.

    A job that was at hand while the database was away cannot say how it ended, and would count as being done for ever.
    So we begin anew: whoever keeps us running starts us again, and the job is done again.
    """
    stopped = threading.Event()
    with psycopg.connect(**connector_params(), autocommit=True) as session:
        watch = threading.Thread(target=_watch, args=(session, stopped), daemon=True)
        watch.start()
        try:
            yield session
        finally:
            stopped.set()
            watch.join()


def _watch(session: Session, stopped: threading.Event) -> None:
    while not stopped.is_set():
        if select.select([session.fileno()], [], [], _SECONDS_A_LOOK)[0] and not _answers(session):
            os.kill(os.getpid(), signal.SIGTERM)
            return


def _answers(session: Session) -> bool:
    try:
        session.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _be_the_only_one(session: Session, queue: str) -> None:
    """Take the lock of the queue's only worker; PostgreSQL takes it back when we die, however we die."""
    number = zlib.crc32(queue.encode()) - 2**31
    got = session.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS_OF_WORKERS, number]).fetchone()
    if got != (True,):
        raise CommandError(f"Another worker of the queue {queue!r} is at work already.")
