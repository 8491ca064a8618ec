"""Writing a backup: the database and the kept files, of one moment, while the site runs on."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from schakel.cli.archive import manifest_of, write_archive
from schakel.cli.command import Installation
from schakel.cli.connections import address, client_environment, connect
from schakel.cli.contents import contents_of, newest_line
from schakel.cli.database import noted_state
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


def stamp() -> str:
    """Return this moment for the name of a file: to the microsecond, as a retry at once needs another name."""
    return datetime.datetime.now(tz=datetime.UTC).strftime("%Y%m%dT%H%M%S.%fZ")


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
