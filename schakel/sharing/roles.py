"""The database roles of the walls, and what each may touch.

Invariants: web and worker never pass a policy; only owner (migrates), counter, linker and backup do.
No process but the owner can become another role. Roles belong to the whole server: made once, before
databases are, by an account that may create roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

OWNER = "schakel_owner"
WEB, WORKER, COUNTER, LINKER, BACKUP = (f"schakel_{name}" for name in ("web", "worker", "counter", "linker", "backup"))
PROCESS_ROLES = (WEB, WORKER, COUNTER, LINKER, BACKUP)
ROLES = (OWNER, *PROCESS_ROLES)
# Who reads all records whoever owns them: for counting, for joining, for a copy of everything.
ALL_SEEING = (COUNTER, LINKER, BACKUP)


def ensure_roles(server: psycopg.Connection[tuple[object, ...]], passwords: Mapping[str, str]) -> None:
    """Make the six roles where they are missing and set their passwords.

    ``server``: a connection that may create roles. ``passwords``: role name ("schakel_web") to password.
    The owner becomes a member of the process roles, so that it can do their work when migrating and in
    commands of an administrator; none of them becomes a member of anything.
    """
    known = {row[0] for row in server.execute("SELECT rolname FROM pg_roles")}
    for role in ROLES:
        name = sql.Identifier(role)
        if role not in known:
            server.execute(sql.SQL("CREATE ROLE {}").format(name))
        server.execute(
            sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD {}").format(
                name, sql.Literal(passwords[role])
            )
        )
    for role in PROCESS_ROLES:
        server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(OWNER)))


@contextmanager
def database_role(role: str) -> Iterator[None]:
    """Do what follows with the rights of ``role``: nothing to do for that account itself, else only the owner can.

    For commands that do the work of a process, and for tests of what a role may. Raises
    django.db.ProgrammingError (permission denied) for any other account.
    """
    if role not in PROCESS_ROLES:
        raise ValueError(f"{role} is not the role of a process")
    if connection.settings_dict["USER"] == role:
        yield
        return
    with _working_as(role):
        yield


@contextmanager
def as_owner() -> Iterator[None]:
    """Do what follows with the rights of the account that signed in, whatever role the connection works in by now.

    Where that is the owner of the tables it passes the walls: for commands of an administrator, and for tests.
    """
    with _working_as("none"):
        yield


@contextmanager
def _working_as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('role', %s, false)", [role])
    try:
        yield
    finally:
        if not connection.needs_rollback and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, false)", [before])
