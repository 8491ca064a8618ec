"""`schakel migrate`: bring the tables up to date."""

from __future__ import annotations

from argparse import Namespace

from schakel.cli.command import Command, Exit, Installation
from schakel.cli.database import Behind, reachable_database
from schakel.cli.upgrading import bring_up_to_date


def run(words: Namespace, installation: Installation) -> int:
    """Migrate as the owner, after a backup where the tables hold a network."""
    with reachable_database(installation, behind=Behind.LEAVE) as server:
        bring_up_to_date(installation, server)
    return Exit.DONE


COMMAND = Command("migrate", "administration", "Bring the tables up to date with this version, after a backup", run)
