"""How each process signs in to the database: one role for each, never another's password.

Two sources. With ``DATABASE_URL`` the administrator says where the server is, and each role's password comes
from ``SCHAKEL_<ROLE>_PASSWORD`` or the file named by ``SCHAKEL_<ROLE>_PASSWORD_FILE``. Without it the embedded
server's file ``var/database.json`` has both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROLES = ("owner", "web", "worker", "counter", "linker", "backup")
SETTINGS_FILE = "database.json"
DATABASE_NAME = "schakel"


class DatabaseSettingsError(ValueError):
    """The environment or ``var/database.json`` does not say how to reach the database."""


@dataclass(frozen=True)
class DatabaseAddress:
    """Where a database is, and as whom to sign in there."""

    host: str
    port: str
    name: str
    user: str
    password: str
    options: Mapping[str, str]


def connection_settings(role: str, *, environ: Mapping[str, str], var: Path) -> dict[str, Any]:
    """Return the entry of Django's ``DATABASES`` for a process of this role.

    ``role`` is one of ``ROLES``; ``var`` the directory of ``database.json``. Where no server is known yet (a command
    that needs no database), the entry names the role and no host, so that connecting fails and nothing else does.
    Raises DatabaseSettingsError for an unknown role, a URL that is none, or a file that cannot be read.
    """
    if role not in ROLES:
        raise DatabaseSettingsError(f"{role!r} is no database role; choose one of {', '.join(ROLES)}")
    address = address_of(role, environ=environ, var=var)
    return {
        "ENGINE": "schakel.postgresql",
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.host,
        "PORT": address.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": f"schakel {role}", "connect_timeout": 10, **address.options},
    }


def address_of(role: str, *, environ: Mapping[str, str], var: Path) -> DatabaseAddress:
    """Return where and as whom a process of this role signs in; see connection_settings."""
    if url := environ.get("DATABASE_URL"):
        return _from_url(url, role, environ)
    return _from_file(var / SETTINGS_FILE, role)


def role_name(role: str) -> str:
    """Return the name of a role on the server ("web" is "schakel_web")."""
    return f"schakel_{role}"


def password_variable(role: str) -> str:
    """Return the environment variable that holds a role's password; with ``_FILE`` behind it, the file's path."""
    return f"SCHAKEL_{role.upper()}_PASSWORD"


def _from_url(url: str, role: str, environ: Mapping[str, str]) -> DatabaseAddress:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise DatabaseSettingsError("DATABASE_URL must begin with postgresql://; no other database is supported")
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/")) or DATABASE_NAME
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port = options.pop("port", None) or str(_port(url) or "")
    password = _given_password(role, environ)
    if role == "owner":
        user = unquote(parts.username or "") or role_name(role)
        password = password or unquote(parts.password or "")
    else:
        user = role_name(role)
    return DatabaseAddress(host, port, name, user, password, options)


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError as error:
        raise DatabaseSettingsError(f"DATABASE_URL: {error}") from error


def _given_password(role: str, environ: Mapping[str, str]) -> str:
    """Read a role's password from the environment or its file; "" leaves it to libpq (peer, ~/.pgpass)."""
    variable = password_variable(role)
    if path := environ.get(f"{variable}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise DatabaseSettingsError(f"{variable}_FILE: {path} cannot be read ({error.strerror})") from error
    return environ.get(variable, "")


def _from_file(path: Path, role: str) -> DatabaseAddress:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return DatabaseAddress(str(path.parent / "socket"), "5432", DATABASE_NAME, role_name(role), "", {})
    except (OSError, ValueError) as error:
        raise DatabaseSettingsError(f"{path} cannot be read ({error}); `schakel up` writes it anew") from error
    account = known["roles"][role]
    return DatabaseAddress(known["host"], str(known["port"]), known["name"], account["user"], account["password"], {})
