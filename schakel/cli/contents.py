"""What a database holds, told so that two can be compared: rows and a digest of each table, and the trail's chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from schakel.databases import role_name

Connection = psycopg.Connection[tuple[object, ...]]

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# A row's own text is the same wherever it was restored, once these are.
_ALIKE = "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex'"
# The sum does not ask for an order, which would sort each table; equal sums of 64 bits of SHA-256 are no accident.
_HELD = """
    SELECT count(*), coalesce(sum(('x' || encode(substr(sha256(convert_to(t::text, 'UTF8')), 1, 8), 'hex'))
        ::bit(64)::bigint::numeric), 0)
    FROM {rows}
"""
_COLUMNS = """
    SELECT relname, attname, format_type(atttypid, atttypmod) FROM pg_class c JOIN pg_attribute ON attrelid = c.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped ORDER BY 1, 2
"""
_NEWEST = "SELECT max(at) FROM trail_entry"
_FIRST_BROKEN = "SELECT trail_first_broken_seal()"
_HAS_TRAIL = "SELECT to_regproc('public.trail_first_broken_seal') IS NOT NULL"


@dataclass(frozen=True)
class Contents:
    """Rows of each table, and a digest of all that stands in them."""

    rows: dict[str, int]
    digests: dict[str, str]


def see_all(connection: Connection) -> None:
    """Let a connection of the owner read as the role for backups from now on.

    What holds back rows from the site's role holds them back from the owner too, who is a member of it; from the role
    for backups nothing is held back.
    """
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role_name("backup"))))


def contents_of(connection: Connection) -> Contents:
    """Return what every table holds, as the connection's role sees it. Reads all of it."""
    connection.execute(_ALIKE)
    rows, digests = {}, {}
    for (table,) in connection.execute(_TABLES).fetchall():
        rows_of = sql.SQL("{} t").format(sql.Identifier("public", str(table)))
        statement = sql.SQL(_HELD).format(rows=rows_of)
        row = connection.execute(statement).fetchone()
        rows[str(table)], digests[str(table)] = (int(str(row[0])), str(row[1])) if row else (0, "")
    return Contents(rows, digests)


def columns_of(connection: Connection) -> dict[str, dict[str, str]]:
    """Return the type of each column of each table."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(_COLUMNS).fetchall():
        found.setdefault(str(table), {})[str(column)] = str(kind)
    return found


def held_in(connection: Connection, table: str, columns: Sequence[str]) -> tuple[int, str]:
    """Return the rows of a table and a digest of what stands in these columns of it."""
    connection.execute(_ALIKE)
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    rows = sql.SQL("(SELECT ROW({}) AS t FROM {}) AS of_table").format(names, sql.Identifier("public", table))
    row = connection.execute(sql.SQL(_HELD).format(rows=rows)).fetchone()
    return (int(str(row[0])), str(row[1])) if row else (0, "")


def newest_line(connection: Connection) -> str:
    """Return the moment of the trail's newest line, as text; "" where there is none."""
    if not _has_trail(connection):
        return ""
    row = connection.execute(_NEWEST).fetchone()
    return str(row[0]) if row and row[0] is not None else ""


def first_broken_seal(connection: Connection) -> int | None:
    """Return the first seal of the trail that does not follow from its line; None where the chain is whole."""
    row = connection.execute(_FIRST_BROKEN).fetchone() if _has_trail(connection) else None
    return int(str(row[0])) if row and row[0] is not None else None


def _has_trail(connection: Connection) -> bool:
    row = connection.execute(_HAS_TRAIL).fetchone()
    return bool(row and row[0])
