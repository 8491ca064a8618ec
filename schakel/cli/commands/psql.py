"""`schakel psql`: a session with the database, as one of its roles."""

from __future__ import annotations

import signal
import subprocess
from argparse import ArgumentParser, Namespace

from schakel.cli.binaries import binaries
from schakel.cli.command import Command, Installation
from schakel.cli.connections import address, client_environment
from schakel.cli.database import Behind, reachable_database
from schakel.databases import ROLES


def configure(parser: ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument(
        "--role", choices=ROLES, default="web", help="sign in as this role (web: sees nothing by itself)"
    )
    parser.add_argument("words", nargs="*", metavar="...", help="passed on to psql, after --")


def run(words: Namespace, installation: Installation) -> int:
    """Run psql and return its exit code."""
    with reachable_database(installation, behind=Behind.LEAVE) as server:
        program = (server.programs if server else binaries()) / "psql"
        before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C breaks off the query, not us
        try:
            environment = dict(installation.environ) | client_environment(address(words.role, installation))
            return subprocess.run([program, *words.words], check=False, env=environment).returncode  # noqa: S603
        finally:
            signal.signal(signal.SIGINT, before)


COMMAND = Command("psql", "administration", "Open a session with the database", run, configure)
