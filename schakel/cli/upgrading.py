"""Bringing the tables of a database in use up to date: a backup first, then the migrations, then what came back.

Invariant: where no backup can be made, nothing is migrated, unless the administrator said that there is one.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from schakel.cli.backing_up import back_up, stamp
from schakel.cli.binaries import binaries
from schakel.cli.command import Installation
from schakel.cli.connections import connect
from schakel.cli.database import in_use, note_state, noted_state
from schakel.cli.erasing_again import erase_who_came_back
from schakel.cli.locks import only_one
from schakel.cli.postgres import Server
from schakel.cli.refusals import Refused
from schakel.cli.tables import MigrationError, migrate, migrations_state, standing
from schakel.databases import DATABASE_NAME

VARIABLE = "SCHAKEL_UPGRADE_BACKUP"
NONE = "none"
_PAGE = "docs/administrators/upgrading.md"


def bring_up_to_date(installation: Installation, server: Server | None) -> None:
    """Do the migrations that wait, after a backup, and say so; erase again who came back by a restore.

    ``server``: the embedded one, which runs; None with ``DATABASE_URL``. Raises Refused where the tables are of a newer
    version or no backup can be made, with nothing changed, and MigrationError, which says how to go back.
    """
    with only_one(installation.var / "database.lock"):
        if server is None or not _noted(server):
            _migrated(installation, server)
        if server is not None:
            with server.start().connect() as connection:
                note_state(connection, migrations_state())
    erase_who_came_back(installation)


def said_of_tables(installation: Installation, server: Server | None) -> str:
    """Return what is wrong with the tables where they are of another version, and what to do; "" where they are not."""
    if server is not None and _noted(server):
        return ""
    return standing(var=installation.var, environ=installation.environ).told


def _noted(server: Server) -> bool:
    with server.start().connect() as connection:
        return noted_state(connection, DATABASE_NAME) == migrations_state()


def _migrated(installation: Installation, server: Server | None) -> None:
    stands = standing(var=installation.var, environ=installation.environ)
    if stands.unknown:
        raise Refused(stands.told)
    if not stands.waiting:
        return
    kept = _kept(installation, server)
    began = time.monotonic()
    try:
        migrate(var=installation.var, environ=installation.environ)
    except MigrationError as error:
        back = f"To go back: `schakel restore {kept} --replace`, with the version of before" if kept else "To go back"
        raise MigrationError(f"{error}\n{back}: see {_PAGE}.") from error
    if kept:
        _say(f"{len(stands.waiting)} migrations done in {time.monotonic() - began:.0f} s. To go back see {_PAGE}.")


def _kept(installation: Installation, server: Server | None) -> Path | None:
    """Make the backup to go back to; None where there is nothing to lose, or it was said that there is one."""
    with connect("owner", installation) as connection:
        if not in_use(connection):
            return None
    wanted = installation.environ.get(VARIABLE, "")
    if wanted == NONE:
        _say(f"The tables are brought up to date; no backup is made, as {VARIABLE} is {NONE}.")
        return None
    target = (Path(wanted) if wanted else installation.var / "backups") / f"before-upgrade-{stamp()}.tar"
    _say("The tables are of an earlier version. A backup is made first ...")
    try:
        rows = back_up(target, installation, server.programs if server else binaries())
    except (Refused, OSError) as error:
        raise Refused(
            f"no backup could be made, so nothing was migrated: {error}\nMake one yourself and say so with "
            f"{VARIABLE}={NONE}, or name another folder in {VARIABLE}."
        ) from error
    _say(f"{target}: {rows} rows.")
    return target


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
