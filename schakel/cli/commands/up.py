"""`schakel up`: the whole of Schakel under one command, until Ctrl-C."""

from __future__ import annotations

import http.client
import math
import socket
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from schakel.cli.command import Command, Exit, Installation
from schakel.cli.database import Behind, reachable_database
from schakel.cli.django_process import run_in_process
from schakel.cli.erasing_again import erase_who_came_back
from schakel.cli.journal import Journal
from schakel.cli.postgres import PostgresError, Server
from schakel.cli.processes import WEB_WORKERS, processes
from schakel.cli.refusals import Refused
from schakel.cli.supervisor import Supervisor
from schakel.cli.upgrading import bring_up_to_date, said_of_tables

_SECONDS_APART = 0.8
_SECONDS_A_TRY = 0.5
_SECONDS_FOR_PORT = 8.0  # what a site that was just killed needs to let go of it


def configure(parser: ArgumentParser) -> None:
    """Declare the command's words; `demo` has the same."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=int, default=WEB_WORKERS, help=f"processes that serve pages ({WEB_WORKERS})")


def run(words: Namespace, installation: Installation) -> int:
    """Start everything and keep it running until a SIGINT or SIGTERM."""
    with reachable_database(installation, behind=Behind.LEAVE) as server:
        if server is None:
            if told := said_of_tables(installation, server):
                raise Refused(told)
            erase_who_came_back(installation)
        else:
            bring_up_to_date(installation, server)
        keep_running(words, installation, server)
    return Exit.DONE


def keep_running(
    words: Namespace, installation: Installation, server: Server | None, *, greeting: Callable[[], str] = lambda: ""
) -> None:
    """Run the processes; when the site answers, say where it is and what ``greeting`` adds."""
    _wait_for_port(words.host, words.port)
    collect_static_files(installation)
    journal = Journal()
    care = _Care(words.host, words.port, server, journal, greeting)
    wanted = processes(host=words.host, port=words.port, web_workers=words.workers)
    supervisor = Supervisor(
        wanted,
        var=installation.var,
        environ=installation.environ,
        say=journal.say,
        look_after=care.look,
        apart=_SECONDS_APART,
    )
    supervisor.run()
    journal.say("schakel", "stopped")


class _Care:
    """What is looked after beside the processes: the embedded server, and telling when the site answers."""

    def __init__(
        self, host: str, port: int, server: Server | None, journal: Journal, greeting: Callable[[], str]
    ) -> None:
        self._place = ("127.0.0.1" if host in {"0.0.0.0", ""} else host, port)  # noqa: S104 - compared, not listened on
        self._server = server
        self._journal = journal
        self._greeting = greeting
        self._next_try = 0.0

    def look(self) -> None:
        """Revive the server where it died; greet once, when the site answers."""
        if self._server is not None:
            self._revive(self._server)
        if self._next_try < time.monotonic():
            self._next_try = time.monotonic() + _SECONDS_A_TRY
            if _site_answers(self._place):
                self._next_try = math.inf
                self._greet()

    def _greet(self) -> None:
        host, port = self._place
        self._journal.say("schakel", f"the site is at http://{host}:{port}/ (Ctrl-C stops it)")
        sys.stdout.write(self._greeting())
        sys.stdout.flush()

    def _revive(self, server: Server) -> None:
        try:
            if server.revive():
                self._journal.say("postgres", "had died, and was started again; what was committed is there")
        except PostgresError as error:
            self._journal.say("postgres", f"{error} (tried again)")


def collect_static_files(installation: Installation) -> None:
    """Put the static files together where that was not done yet. Raises Refused where it fails."""
    if not (installation.var / "static" / "staticfiles.json").exists():
        words = ("collectstatic", "--no-input", "--verbosity", "0")
        done = run_in_process(*words, role="web", var=installation.var, environ=installation.environ)
        if done.returncode != 0:
            raise Refused(f"{' '.join(words)} failed:\n{done.stderr.strip() or done.stdout.strip()}")


def _wait_for_port(host: str, port: int) -> None:
    patience = time.monotonic() + _SECONDS_FOR_PORT
    while (fault := _port_fault(host, port)) is not None:
        if time.monotonic() > patience:
            raise Refused(f"port {port} of {host} cannot be used ({fault}). Choose another with --port.")
        time.sleep(0.2)


def _port_fault(host: str, port: int) -> str | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or str(error)
    return None


def _site_answers(place: tuple[str, int]) -> bool:
    """Say whether the site gives an answer, any answer; a port that only listens does not load pages yet."""
    connection = http.client.HTTPConnection(*place, timeout=0.2)
    try:
        connection.request("GET", "/status/live/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


COMMAND = Command("up", "starting", "Start the site and all that works behind it, until Ctrl-C", run, configure)
