"""`schakel backup`: everything that cannot be made again, in one file."""

from __future__ import annotations

import datetime
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from schakel.cli.archive import manifest_of, write_archive
from schakel.cli.binaries import binaries
from schakel.cli.command import Command, Exit, Installation
from schakel.cli.commands.base import make_base
from schakel.cli.connections import address, client_environment, connect
from schakel.cli.contents import contents_of, newest_line
from schakel.cli.database import Behind, noted_state, reachable_database
from schakel.cli.refusals import Refused
from schakel.databases import role_name

# Row security would leave out, without a word, the rows that the backup's role may not see.
_UNSEEN = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT EXISTS (
        SELECT FROM pg_policies
        WHERE tablename = relname AND schemaname = 'public' AND %s = ANY (roles)
        AND cmd IN ('SELECT', 'ALL') AND qual = 'true'
    ) ORDER BY 1
"""


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
    with reachable_database(
        var=installation.var,
        environ=installation.environ,
        settings=installation.server_settings,
        behind=Behind.LEAVE,  # a backup of tables of another version is one of that version
    ) as server:
        programs = server.programs if server else binaries()
        rows = back_up(target, installation, programs)
    size = target.stat().st_size / 1_000_000
    sys.stdout.write(f"{target}: {rows} rows, {size:.1f} MB. Keep var/secrets apart from it.\n")
    return Exit.DONE


def stamp() -> str:
    """Return this moment as it stands in names of files."""
    return datetime.datetime.now(tz=datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def back_up(target: Path, installation: Installation, programs: Path) -> int:
    """Dump and count in one snapshot of the database, which is only read; return how many rows there are.

    Raises Refused where the file is there already, or what it should hold cannot be read.
    """
    if target.exists():
        raise Refused(f"{target} exists already; name another file.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with connect("backup", installation) as connection, TemporaryDirectory(dir=target.parent) as directory:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        _see_all(connection)
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        held = contents_of(connection)
        dump = Path(directory) / "database.dump"
        _dump(installation, programs, dump, snapshot=str(snapshot[0]) if snapshot else "")
        manifest = manifest_of(
            installation.var,
            postgres=connection.info.server_version // 10_000,
            migrations=noted_state(connection, connection.info.dbname),
            tables=held.rows,
            digests=held.digests,
            trail=newest_line(connection),
        )
        write_archive(target, manifest=manifest, dump=dump, var=installation.var)
    return sum(held.rows.values())


def _see_all(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    unseen = [str(table) for (table,) in connection.execute(_UNSEEN, [role_name("backup")]).fetchall()]
    if unseen:
        raise Refused(f"the role for backups may not see all rows of {', '.join(unseen)}; it needs a policy there.")


def _dump(installation: Installation, programs: Path, target: Path, *, snapshot: str) -> None:
    command = [str(programs / "pg_dump"), "--format", "custom", "--enable-row-security", "--snapshot", snapshot]
    done = subprocess.run(  # noqa: S603 - our own arguments
        [*command, "--file", str(target)],
        check=False,
        capture_output=True,
        text=True,
        env=dict(installation.environ) | client_environment(address("backup", installation)),
    )
    if done.returncode != 0:
        raise Refused(f"pg_dump failed:\n{done.stderr.strip()}")


COMMAND = Command("backup", "administration", "Write everything that cannot be made again to one file", run, configure)
