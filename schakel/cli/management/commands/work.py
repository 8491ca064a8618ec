"""Do the jobs of a queue until stopped."""

from __future__ import annotations

import zlib
from argparse import ArgumentParser
from contextlib import AbstractContextManager, ExitStack

import psycopg
from django.core.management.base import BaseCommand, CommandError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from schakel.cli.queue import retry_left_behind

_LOCKS_OF_WORKERS = 20260101  # the first of the two numbers of an advisory lock: which kind of lock it is
_SECONDS_TO_FINISH = 20


class Command(BaseCommand):
    """``schakel work --queue default``: a worker process."""

    group = "processes"
    help = "Do the jobs of a queue until stopped"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's words."""
        parser.add_argument("--queue", default="default", help="which queue (default, link)")
        parser.add_argument("--alone", action="store_true", help="be its only worker; jobs left behind are done again")

    def handle(self, *args: object, **options: object) -> None:
        """Run until a SIGTERM or SIGINT; the job at hand gets 20 seconds to finish."""
        queue = str(options["queue"])
        with ExitStack() as stack:
            if options["alone"]:
                stack.enter_context(_only_worker(queue))
                if number := retry_left_behind(queue):
                    self.stderr.write(f"{number} jobs were left behind by a worker that died; they are done again.")
            with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as working:
                working.run_worker(queues=[queue], shutdown_graceful_timeout=_SECONDS_TO_FINISH)


def _only_worker(queue: str) -> AbstractContextManager[object]:
    """Hold the lock of the queue's only worker; PostgreSQL takes it back when we die, however we die."""
    session = psycopg.connect(**connector_params(), autocommit=True)
    number = zlib.crc32(queue.encode()) - 2**31
    got = session.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS_OF_WORKERS, number]).fetchone()
    if got != (True,):
        session.close()
        raise CommandError(f"Another worker of the queue {queue!r} is at work already.")
    return session
