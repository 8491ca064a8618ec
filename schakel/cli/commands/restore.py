"""`schakel restore`: an installation as it was when a backup was made.

Nothing is overwritten. On the embedded server a database that is there already is renamed, and can be put back.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql

from schakel.cli.archive import Manifest, extract_dump, extract_files, read_manifest
from schakel.cli.binaries import binaries, major_of
from schakel.cli.command import Command, Exit, Installation
from schakel.cli.commands.replaying import replay
from schakel.cli.connections import address, client_environment, open_connection
from schakel.cli.contents import contents_of, first_broken_seal, see_all
from schakel.cli.database import create_database, embedded, note_state, prepare_accounts
from schakel.cli.erasing_again import erase_again
from schakel.cli.locks import only_one
from schakel.cli.postgres import Server, ServerInfo
from schakel.cli.refusals import Refused
from schakel.databases import DATABASE_NAME, DatabaseAddress

_FRESH = "schakel_restored"


def configure(parser: ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("file", nargs="?", type=Path, help="the backup")
    parser.add_argument(
        "--replace", action="store_true", help="put it in the place of a database that is not empty; that one is kept"
    )
    parser.add_argument("--archive", type=Path, help="make the embedded server anew from a base and its archive there")
    parser.add_argument(
        "--until", help="with --archive: up to this moment, as 2026-11-23T20:15:00Z (to the last there is)"
    )


def run(words: Namespace, installation: Installation) -> int:
    """Restore the backup, and check that every table and file is what it was."""
    if words.archive is not None:
        return replay(installation, words.archive, until=words.until)
    if words.file is None:
        raise Refused("name a backup, or with --archive the folder of an archive.")
    manifest = read_manifest(words.file)
    if installation.environ.get("DATABASE_URL"):
        broken = _into_given(words.file, manifest, installation)
    else:
        broken = _into_embedded(words.file, manifest, installation, replacing=words.replace)
    files = extract_files(words.file, manifest, installation.var)
    erase_again(installation)
    rows = sum(manifest.tables.values())
    sys.stdout.write(
        f"Restored {rows} rows in {len(manifest.tables)} tables and {files} files of {manifest.made_at}.\n"
    )
    sys.stdout.write(f"The last line of the trail is of {manifest.trail}.\n" if manifest.trail else "")
    if broken is not None:
        sys.stdout.write(f"- the trail is broken from seal {broken} on; see `schakel check --audit`\n")
    return Exit.DONE if broken is None else Exit.FINDINGS


def _into_given(archive: Path, manifest: Manifest, installation: Installation) -> int | None:
    place = address("owner", installation)
    if _tables(place):
        raise Refused(f"the database {place.name} is not empty. Make an empty one, and name it in DATABASE_URL.")
    return _load(archive, manifest, place, binaries(), installation)


def _into_embedded(archive: Path, manifest: Manifest, installation: Installation, *, replacing: bool) -> int | None:
    server = embedded(installation)
    info = server.start()
    try:
        with only_one(installation.var / "database.lock"):
            prepare_accounts(info, var=installation.var)
            return _restore_beside(archive, manifest, installation, server, info, replacing=replacing)
    finally:
        server.stop()


def _restore_beside(
    archive: Path, manifest: Manifest, installation: Installation, server: Server, info: ServerInfo, *, replacing: bool
) -> int | None:
    """Load into a database beside the one in use, and change their names once the new one is whole."""
    place = replace(address("owner", installation), name=_FRESH)
    with info.connect() as connection:
        create_database(connection, DATABASE_NAME)
        filled = bool(_tables(address("owner", installation)))
        if filled and not replacing:
            raise Refused("there is a database already. With --replace it makes way, and is kept under another name.")
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(_FRESH)))
        create_database(connection, _FRESH)
        broken = _load(archive, manifest, place, server.programs, installation)
        _exchange(connection, keep=filled)
        note_state(connection, manifest.migrations)
        return broken


def _exchange(connection: psycopg.Connection[tuple[object, ...]], *, keep: bool) -> None:
    now = datetime.datetime.now(tz=datetime.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    aside = f"{DATABASE_NAME}_before_{now}"
    try:
        _rename(connection, DATABASE_NAME, aside)
    except psycopg.errors.ObjectInUse as error:
        raise Refused("the database is in use. Stop Schakel first; nothing was changed.") from error
    _rename(connection, _FRESH, DATABASE_NAME)
    if keep:
        sys.stdout.write(f"The database that was there is kept as {aside}.\n")
    else:
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(aside)))


def _rename(connection: psycopg.Connection[tuple[object, ...]], old: str, new: str) -> None:
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


def _load(
    archive: Path, manifest: Manifest, place: DatabaseAddress, programs: Path, installation: Installation
) -> int | None:
    """Restore into the empty database at ``place``, all or nothing, and check it. Raises Refused.

    Returns the first broken seal of the trail, if there is one: of what was broken before, a restore cures nothing.
    """
    if major_of(programs) < manifest.postgres:
        raise Refused(f"the backup is of PostgreSQL {manifest.postgres}, and {programs} is older; use a newer one.")
    with TemporaryDirectory() as directory:
        dump = extract_dump(archive, Path(directory))
        command = [str(programs / "pg_restore"), "--no-owner", "--single-transaction", "--exit-on-error"]
        done = subprocess.run(  # noqa: S603 - our own arguments
            [*command, "--dbname", place.name, str(dump)],
            check=False,
            capture_output=True,
            text=True,
            env=dict(installation.environ) | client_environment(place),
        )
    if done.returncode != 0:
        raise Refused(f"pg_restore failed; nothing was restored:\n{done.stderr.strip()}")
    return _checked(manifest, place)


def _checked(manifest: Manifest, place: DatabaseAddress) -> int | None:
    with open_connection(place) as connection:
        broken = first_broken_seal(connection)
        see_all(connection)
        found = contents_of(connection)
    other = _differing(found.rows, manifest.tables)
    if other:
        raise Refused(f"these tables have not the rows they had: {', '.join(other)}. Do not use {place.name}.")
    other = _differing(found.digests, manifest.digests) if manifest.digests else []
    if other:
        raise Refused(f"in these tables stands something else than did: {', '.join(other)}. Do not use {place.name}.")
    return broken


def _differing(found: Mapping[str, object], known: Mapping[str, object]) -> list[str]:
    return sorted(name for name in found.keys() | known.keys() if found.get(name) != known.get(name))


def _tables(place: DatabaseAddress) -> int:
    with open_connection(place) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return int(str(row[0])) if row else 0


COMMAND = Command("restore", "administration", "Restore a backup, and check it", run, configure)
