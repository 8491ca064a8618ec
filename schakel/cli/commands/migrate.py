"""`schakel migrate`: bring the tables up to date."""

from __future__ import annotations

from argparse import Namespace

from schakel.cli.command import Command, Exit, Installation
from schakel.cli.database import migrate, reachable_database


def run(words: Namespace, installation: Installation) -> int:
    """Migrate as the owner; the embedded server's tables follow by themselves at every start."""
    with reachable_database(
        var=installation.var, environ=installation.environ, settings=installation.server_settings
    ) as server:
        if server is None:
            migrate(var=installation.var, environ=installation.environ)
    return Exit.DONE


COMMAND = Command("migrate", "administration", "Bring the tables up to date with this version", run)
