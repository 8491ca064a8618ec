"""The database of an installation that brings its own server: accounts, passwords, the database, its tables.

All of it is done at every start and changes nothing where nothing is missing, so that a start that was broken off
is mended by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from schakel.cli.continuous import archive_of
from schakel.cli.environments import process_environment
from schakel.cli.locks import only_one
from schakel.cli.places import ROOT
from schakel.cli.postgres import Server, ServerInfo, keep_secret
from schakel.databases import DATABASE_NAME, ROLES, SETTINGS_FILE, role_name
from schakel.sharing.roles import ensure_roles

_FOREIGN_MIGRATIONS = ("django", "procrastinate")


class MigrationError(RuntimeError):
    """The tables could not be brought up to date; the message is what the migration said."""


@contextmanager
def reachable_database(
    *, var: Path, environ: Mapping[str, str] = os.environ, settings: Mapping[str, str] | None = None
) -> Iterator[Server | None]:
    """See that the database of this installation answers, with its tables up to date, while the block runs.

    With ``DATABASE_URL`` that is the administrator's care, and the block gets None. Else the embedded server under
    ``var`` is started or joined, and left at the end; ``settings`` overrides PostgreSQL's configuration.
    """
    if environ.get("DATABASE_URL"):
        yield None
        return
    server = embedded(var, environ, settings)
    try:
        prepare(server.start(), var=var, environ=environ)
        yield server
    finally:
        server.stop()


def embedded(var: Path, environ: Mapping[str, str], settings: Mapping[str, str] | None = None) -> Server:
    """Return the embedded server of an installation, with the archive of its log where the environment names one."""
    archive = archive_of(environ)
    if archive is None:
        return Server(var / "postgres", settings=settings)
    wanted = {**archive.server_settings, **(settings or {})}
    return Server(var / "postgres", settings=wanted, writes=[archive.pieces])


def prepare(server: ServerInfo, *, var: Path, environ: Mapping[str, str] = os.environ) -> None:
    """Make what is missing: passwords, roles, the database, ``var/database.json`` and the newest tables.

    Raises MigrationError.
    """
    with only_one(var / "database.lock"):
        prepare_accounts(server, var=var)
        with server.connect() as connection:
            create_database(connection, DATABASE_NAME)
            state = migrations_state()
            if _noted_state(connection) != state:
                migrate(var=var, environ=environ)
                note_state(connection, state)


def prepare_accounts(server: ServerInfo, *, var: Path) -> None:
    """Make the roles with their passwords, and write ``var/database.json``, by which each process signs in."""
    passwords = {role: _password(var, role) for role in ROLES}
    with server.connect() as connection:
        ensure_roles(connection, {role_name(role): password for role, password in passwords.items()})
    accounts = {role: {"user": role_name(role), "password": password} for role, password in passwords.items()}
    known = {"host": server.host, "port": server.port, "name": DATABASE_NAME, "roles": accounts}
    keep_secret(var / SETTINGS_FILE, json.dumps(known, indent=2) + "\n")


def migrate(*, var: Path, environ: Mapping[str, str] = os.environ) -> None:
    """Bring the tables up to date as the owner, in a process of its own. Raises MigrationError."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=process_environment("owner", environ=environ, var=var),
    )
    if done.returncode != 0:
        raise MigrationError(f"The tables could not be brought up to date:\n{done.stderr.strip()}")


def migrations_state() -> str:
    """Return a digest of all migrations, by which a start sees in a moment that there is nothing to do."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "schakel").glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    for package in _FOREIGN_MIGRATIONS:
        digest.update(version(package).encode())
    return digest.hexdigest()


def _password(var: Path, role: str) -> str:
    path = var / "secrets" / role_name(role)
    if not path.exists():
        keep_secret(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8").strip()


def create_database(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Make the owner's database ``name`` where there is none; only our roles may enter it."""
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if known is None:
        database, owner = sql.Identifier(name), sql.Identifier(role_name("owner"))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        roles = sql.SQL(", ").join(sql.Identifier(role_name(role)) for role in ROLES)
        connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, roles))


# The note lives on the database itself, so that a database that is dropped or restored takes its note along.
def _noted_state(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    row = connection.execute(query, [DATABASE_NAME]).fetchone()
    return str(row[0]) if row and row[0] else ""


def note_state(connection: psycopg.Connection[tuple[object, ...]], state: str) -> None:
    """Note on the database which migrations it has (see migrations_state)."""
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(statement.format(sql.Identifier(DATABASE_NAME), sql.Literal(state)))
