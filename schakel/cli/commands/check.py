"""`schakel check`: whether the installation is as it should be; `schakel check FILE`: whether files are.

`schakel check --audit` reads the whole trail too, and names the first line whose seal does not follow from it.
`schakel check --leaks` does the leak test on a copy (see schakel/cli/leaks.py).
"""

from __future__ import annotations

import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import psycopg

from schakel.cli.binaries import OLDEST_MAJOR
from schakel.cli.command import Command, Exit, Installation
from schakel.cli.connections import connect
from schakel.cli.database import Behind, reachable_database
from schakel.cli.django_command import run_django_command
from schakel.cli.erasing_again import not_erased, told
from schakel.cli.leaks import configure as configure_leaks
from schakel.cli.leaks import look_for_leaks
from schakel.cli.postgres import Server
from schakel.cli.refusals import Refused
from schakel.cli.upgrading import said_of_tables
from schakel.databases import ROLES, role_name

Connection = psycopg.Connection[tuple[object, ...]]
Look = Callable[[Connection], Iterator[str]]

_OVERPOWERED = """
    SELECT rolname FROM pg_roles
    WHERE rolname = ANY (%s) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication) ORDER BY 1
"""
_MEMBERS = """
    SELECT member.rolname, what.rolname FROM pg_auth_members
    JOIN pg_roles member ON member.oid = pg_auth_members.member JOIN pg_roles what ON what.oid = roleid
    WHERE member.rolname = ANY (%s) AND member.rolname <> %s ORDER BY 1, 2
"""
_UNFORCED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT relforcerowsecurity ORDER BY 1
"""
# Whose a row is stands in `owner_id`, in every room; a wall without a policy lets nobody through.
_OPEN = """
    SELECT relname FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'owner_id' AND NOT attisdropped)
        AND NOT (relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)) ORDER BY 1
"""
# Both as the owner reads them, whose rights pass the walls.
_BROKEN = """
    SELECT s.id, s.entry_id, e.at FROM trail_seal s LEFT JOIN trail_entry e ON e.id = s.entry_id
    WHERE s.id = trail_first_broken_seal()
"""
_UNSEALED = """
    SELECT count(*) FROM trail_entry e
    WHERE e.at < now() - interval '1 minute' AND NOT EXISTS (SELECT FROM trail_seal s WHERE s.entry_id = e.id)
"""
# An address stands apart from its line, so that it can be forgotten; while it is there the line must prove it.
_MOVED = """
    SELECT e.id FROM trail_origin o LEFT JOIN trail_entry e ON e.origin = o.mark
    WHERE e.id IS NULL OR o.mark <> encode(sha256(o.salt || convert_to(o.address, 'UTF8')), 'hex') ORDER BY 1 LIMIT 1
"""
_FAILED_JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"


def run(words: Namespace, installation: Installation) -> int:
    """Check the files that are named, without a server; where none is, the installation."""
    if words.leaks:
        return look_for_leaks(words, installation)
    if words.words:
        return run_django_command("check_files", words.words, role="web", installation=installation)
    return _look_at_installation(installation, (*_LOOKS, sealed) if words.audit else _LOOKS)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--audit", action="store_true", help="read the whole trail too: is each line as it was sealed?")
    parser.add_argument("--leaks", action="store_true", help="every page as everybody, on a copy: is anything seen?")
    configure_leaks(parser)
    parser.add_argument(
        "words",
        nargs=REMAINDER,
        metavar="FILE ...",
        help="files or a folder to check; `schakel check x --help` says more",
    )


def _look_at_installation(installation: Installation, looks: Sequence[Look]) -> int:
    """Look at everything in one pass and say each finding in a line; exit code 1 where there are any."""
    with reachable_database(installation, behind=Behind.LEAVE) as server:
        findings = [*_doors(installation)] or [*_tables(installation, server)]
        if not findings:
            with connect("owner", installation) as connection:
                findings = [finding for look in looks for finding in look(connection)]
                findings += _back_again(installation, connection)
    for finding in findings:
        sys.stdout.write(f"- {finding}\n")
    sys.stdout.write(f"{len(findings)} findings\n" if findings else "All is as it should be.\n")
    return Exit.FINDINGS if findings else Exit.DONE


def _doors(installation: Installation) -> Iterator[str]:
    for role in ROLES:
        try:
            connect(role, installation).close()
        except Refused as refusal:
            yield str(refusal)


def _tables(installation: Installation, server: Server | None) -> Iterator[str]:
    """Tables of another version: what else is looked at presumes those of this one."""
    if said := said_of_tables(installation, server):
        yield said


def _back_again(installation: Installation, connection: Connection) -> Iterator[str]:
    if count := not_erased(installation, connection):
        yield f"{told(count)} Run `schakel erase-again` before anybody looks"


def _version(connection: Connection) -> Iterator[str]:
    major = connection.info.server_version // 10_000
    if major < OLDEST_MAJOR:
        yield f"the server is PostgreSQL {major}; Schakel needs {OLDEST_MAJOR} or newer"


def _powers(connection: Connection) -> Iterator[str]:
    names = [role_name(role) for role in ROLES]
    for (name,) in connection.execute(_OVERPOWERED, [names]).fetchall():
        yield f"the role {name} may pass the walls or make roles; run `schakel accounts` to set it right"
    for member, role in connection.execute(_MEMBERS, [names, role_name("owner")]).fetchall():
        yield f"the role {member} is a member of {role}; revoke that"


def _walls(connection: Connection) -> Iterator[str]:
    for (table,) in connection.execute(_OPEN).fetchall():
        yield f"{table} says whose its rows are, and has no policies"
    for (table,) in connection.execute(_UNFORCED).fetchall():
        yield f"row security on {table} is not forced"


def _jobs(connection: Connection) -> Iterator[str]:
    row = connection.execute(_FAILED_JOBS).fetchone()
    if row and row[0]:
        yield f"{row[0]} jobs failed; see `schakel jobs`"


def sealed(connection: Connection) -> Iterator[str]:
    """What is wrong with the trail: a broken seal, an address that is another, lines that wait for a seal."""
    for seal, line, at in connection.execute(_BROKEN).fetchall():
        when = f" of {at:%Y-%m-%d %H:%M:%S %Z}" if isinstance(at, datetime) else ", which is gone"
        yield f"the trail is broken: seal {seal} does not follow from line {line}{when}; nothing after it is proven"
    for (line,) in connection.execute(_MOVED).fetchall():
        which = f"line {line}" if line else "a line that is not there"
        yield f"the trail is broken: the address of {which} is not the one that was sealed"
    row = connection.execute(_UNSEALED).fetchone()
    if row and row[0]:
        yield f"{row[0]} lines of the trail wait longer than a minute for a seal; does the sealer run?"


_LOOKS: tuple[Look, ...] = (_version, _powers, _walls, _jobs)

COMMAND = Command(
    "check",
    "delivering",
    "Check files before they are sent, without a server or account; without FILE: the installation itself",
    run,
    _configure,
)
