"""The database of an installation that brings its own server: accounts, passwords, the database, its tables.

All of it is done at every start and changes nothing where nothing is missing, so that a start that was broken off
is mended by the next. Tables that hold a network are brought up to date only where that was asked for (see upgrading).
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

import psycopg
from psycopg import sql

from schakel.cli.command import Installation
from schakel.cli.continuous import archive_of
from schakel.cli.locks import only_one
from schakel.cli.postgres import Server, ServerInfo, keep_secret
from schakel.cli.tables import MigrationError, migrate, migrations_state, standing
from schakel.databases import DATABASE_NAME, ROLES, SETTINGS_FILE, role_name
from schakel.sharing.roles import ensure_roles

# What somebody would miss: a database with parties in it is in use, however far its tables were made.
_IN_USE = "SELECT to_regclass('public.network_party') IS NOT NULL"
_HAS_PARTIES = "SELECT EXISTS (SELECT FROM network_party)"


class Behind(Enum):
    """What becomes of tables that hold a network and are of another version of Schakel.

    REFUSE: nothing can be done with them; LEAVE: they are worked on as they are; MIGRATE: they are brought up to date.
    """

    REFUSE = "refuse"
    LEAVE = "leave"
    MIGRATE = "migrate"


@contextmanager
def reachable_database(installation: Installation, *, behind: Behind = Behind.REFUSE) -> Iterator[Server | None]:
    """See that the database of an installation answers, with tables of this version, while the block runs.

    With ``DATABASE_URL`` that is the administrator's care, and the block gets None. Else the embedded server under its
    ``var`` is started or joined, and left at the end. Raises MigrationError where its tables are of another version and
    ``behind`` refuses that.
    """
    if installation.environ.get("DATABASE_URL"):
        yield None
        return
    server = embedded(installation)
    try:
        prepare(server.start(), var=installation.var, environ=installation.environ, behind=behind)
        yield server
    finally:
        server.stop()


def embedded(installation: Installation) -> Server:
    """Return the embedded server of an installation, with the archive of its log where the environment names one."""
    folder, settings = installation.var / "postgres", installation.server_settings
    archive = archive_of(installation.environ)
    if archive is None:
        return Server(folder, settings=settings)
    return Server(folder, settings={**archive.server_settings, **settings}, writes=[archive.pieces])


def prepare(
    server: ServerInfo, *, var: Path, environ: Mapping[str, str] = os.environ, behind: Behind = Behind.REFUSE
) -> None:
    """Make what is missing: passwords, roles, the database, ``var/database.json``, and tables where nobody uses them.

    Raises MigrationError; see reachable_database.
    """
    with only_one(var / "database.lock"):
        prepare_accounts(server, var=var)
        with server.connect() as connection:
            create_database(connection, DATABASE_NAME)
            state = migrations_state()
            if noted_state(connection) == state:
                return
            if behind is Behind.MIGRATE or not _in_use(server):
                migrate(var=var, environ=environ)
            elif behind is Behind.LEAVE:
                return
            elif told := standing(var=var, environ=environ).told:
                raise MigrationError(told)
            note_state(connection, state)


def _in_use(server: ServerInfo) -> bool:
    with server.connect(DATABASE_NAME) as connection:
        return in_use(connection)


def in_use(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Say whether a database holds a network, as an account sees it that passes the walls."""
    if connection.execute(_IN_USE).fetchone() != (True,):
        return False
    return connection.execute(_HAS_PARTIES).fetchone() == (True,)


def prepare_accounts(server: ServerInfo, *, var: Path) -> None:
    """Make the roles with their passwords, and write ``var/database.json``, by which each process signs in."""
    passwords = {role: _password(var, role) for role in ROLES}
    with server.connect() as connection:
        ensure_roles(connection, {role_name(role): password for role, password in passwords.items()})
    accounts = {role: {"user": role_name(role), "password": password} for role, password in passwords.items()}
    known = {"host": server.host, "port": server.port, "name": DATABASE_NAME, "roles": accounts}
    keep_secret(var / SETTINGS_FILE, json.dumps(known, indent=2) + "\n")


def _password(var: Path, role: str) -> str:
    path = var / "secrets" / role_name(role)
    if not path.exists():
        keep_secret(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8").strip()


def create_database(connection: psycopg.Connection[tuple[object, ...]], name: str, *, like: str = "") -> None:
    """Make the owner's database ``name`` where there is none; only our roles may enter it.

    ``like``: a database that nobody uses, of which it becomes a copy.
    """
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if known is None:
        database, owner = sql.Identifier(name), sql.Identifier(role_name("owner"))
        template = sql.SQL(" TEMPLATE {}").format(sql.Identifier(like)) if like else sql.SQL("")
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}{}").format(database, owner, template))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        roles = sql.SQL(", ").join(sql.Identifier(role_name(role)) for role in ROLES)
        connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, roles))


# The note lives on the database itself, so that a database that is dropped or restored takes its note along.
def noted_state(connection: psycopg.Connection[tuple[object, ...]], name: str = DATABASE_NAME) -> str:
    """Return which migrations the database has, as it was noted on it; "" where nothing was."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    row = connection.execute(query, [name]).fetchone()
    return str(row[0]) if row and row[0] else ""


def note_state(connection: psycopg.Connection[tuple[object, ...]], state: str) -> None:
    """Note on the database which migrations it has (see migrations_state)."""
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(statement.format(sql.Identifier(DATABASE_NAME), sql.Literal(state)))
