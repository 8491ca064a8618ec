"""Connections of the command line itself, as one of the database roles."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import make_conninfo

from schakel.cli.command import Installation
from schakel.cli.refusals import Refused
from schakel.databases import DatabaseAddress, address_of


def address(role: str, installation: Installation) -> DatabaseAddress:
    """Return where and as whom ``role`` signs in on this installation."""
    return address_of(role, environ=installation.environ, var=installation.var)


def connect(role: str, installation: Installation) -> psycopg.Connection[tuple[object, ...]]:
    """Open a connection as ``role``. Raises Refused with what the server says."""
    return open_connection(address(role, installation))


def open_connection(place: DatabaseAddress) -> psycopg.Connection[tuple[object, ...]]:
    """Open a connection to a place. Raises Refused with what the server says."""
    try:
        return psycopg.connect(_conninfo(place))
    except psycopg.OperationalError as error:
        raise Refused(f"the database does not let {place.user} in: {str(error).strip()}") from error


def _conninfo(place: DatabaseAddress) -> str:
    known = {
        "host": place.host,
        "port": place.port,
        "dbname": place.name,
        "user": place.user,
        "password": place.password,
        "connect_timeout": "10",
        **place.options,
    }
    return make_conninfo("", **{name: value for name, value in known.items() if value})


def client_environment(place: DatabaseAddress) -> dict[str, str]:
    """Return what tells PostgreSQL's own programs where to sign in; no password stands on their command line."""
    known = {
        "PGHOST": place.host,
        "PGPORT": place.port,
        "PGDATABASE": place.name,
        "PGUSER": place.user,
        "PGPASSWORD": place.password,
        "PGSSLMODE": place.options.get("sslmode", ""),
        "PGSSLROOTCERT": place.options.get("sslrootcert", ""),
    }
    return {name: value for name, value in known.items() if value}
