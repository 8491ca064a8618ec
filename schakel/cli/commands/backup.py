"""`schakel backup`: everything that cannot be made again, in one file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from schakel.cli.backing_up import back_up, stamp
from schakel.cli.binaries import binaries
from schakel.cli.command import Command, Exit, Installation
from schakel.cli.commands.base import make_base
from schakel.cli.database import Behind, reachable_database


def configure(parser: ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("file", nargs="?", type=Path, help="where to write it (var/backups/schakel-DATE.tar)")
    parser.add_argument(
        "--base", action="store_true", help="copy the embedded server's files beside its archive (SCHAKEL_ARCHIVE)"
    )
    parser.add_argument("--keep", type=int, default=2, help="with --base: how many bases to keep (2)")


def run(words: Namespace, installation: Installation) -> int:
    """Make a backup while the site runs on; what it holds is of one moment."""
    if words.base:
        return make_base(installation, keep=max(1, words.keep))
    target = words.file or installation.var / "backups" / f"schakel-{stamp()}.tar"
    # A backup of tables of another version is one of that version.
    with reachable_database(installation, behind=Behind.LEAVE) as server:
        programs = server.programs if server else binaries()
        rows = back_up(target, installation, programs)
    size = target.stat().st_size / 1_000_000
    sys.stdout.write(f"{target}: {rows} rows, {size:.1f} MB. Keep var/secrets apart from it.\n")
    return Exit.DONE


COMMAND = Command("backup", "administration", "Write everything that cannot be made again to one file", run, configure)
