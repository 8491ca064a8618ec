"""`schakel accounts`: the roles, their passwords and the database on a PostgreSQL server of your own."""

from __future__ import annotations

import getpass
import secrets
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import psycopg

from schakel.cli.command import Command, Exit, Installation
from schakel.cli.database import create_database
from schakel.cli.postgres import keep_secret
from schakel.cli.refusals import Refused
from schakel.databases import DATABASE_NAME, ROLES, password_variable, role_name
from schakel.sharing.roles import ensure_roles

# The key of sessions, which all processes share, and that of the list of who was erased.
_KEYS = {"SCHAKEL_SECRET_KEY": "django", "SCHAKEL_ERASURE_KEY": "erasures"}


def configure(parser: ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("--server", required=True, metavar="URL", help="an account that may create roles, as a URL")
    parser.add_argument("--ask", action="store_true", help="ask for that account's password")
    parser.add_argument("--secrets", required=True, type=Path, metavar="FOLDER", help="where the password files stand")
    parser.add_argument("--database", default=DATABASE_NAME, help=f"name of the database ({DATABASE_NAME})")


def run(words: Namespace, installation: Installation) -> int:
    """Make what is missing, set the passwords to those in the folder, and say what the environment must hold."""
    password = getpass.getpass("Password: ") if words.ask else None
    passwords = {role: _secret(words.secrets / role_name(role)) for role in ROLES}
    for key in _KEYS.values():
        _secret(words.secrets / key)
    try:
        with psycopg.connect(words.server, password=password, autocommit=True, connect_timeout=10) as connection:
            ensure_roles(connection, {role_name(role): value for role, value in passwords.items()})
            create_database(connection, words.database)
            host, port = connection.info.host, connection.info.port
    except psycopg.Error as error:
        raise Refused(f"the server refuses: {str(error).strip()}") from error
    lines = [f"{password_variable(role)}_FILE={words.secrets.absolute() / role_name(role)}" for role in ROLES]
    lines += [f"{name}_FILE={words.secrets.absolute() / key}" for name, key in _KEYS.items()]
    place = f"DATABASE_URL=postgresql://{role_name('owner')}@{host}:{port}/{words.database}"
    sys.stdout.write("\n".join([place, *lines, ""]))
    return Exit.DONE


def _secret(path: Path) -> str:
    if not path.exists():
        keep_secret(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8").strip()


COMMAND = Command(
    "accounts", "administration", "Make roles, passwords and database on a server of your own", run, configure
)
