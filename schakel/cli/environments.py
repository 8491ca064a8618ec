"""The environment each process gets: its own database role and password, and no other's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from schakel.databases import ROLES, password_variable

_MAIL_PASSWORD = "SCHAKEL_SMTP_PASSWORD"  # noqa: S105 - the variable's name; the worker alone sends mail
_FACTOR_KEY = "SCHAKEL_FACTOR_KEY"  # opens the secrets of second factors; only signing in needs it
_STATEMENTS = "SCHAKEL_STATEMENTS"  # who writes there can alter figures


def process_environment(role: str, *, environ: Mapping[str, str], var: Path) -> dict[str, str]:
    """Return ``environ`` for a process of this role.

    Passwords of other roles are taken out, the owner's in ``DATABASE_URL`` too: a process that is broken into
    holds no key but its own.
    """
    secrets = {password_variable(other) for other in ROLES if other != role}
    secrets |= set() if role in {"counter", "owner"} else {_STATEMENTS}
    secrets |= set() if role in {"worker", "owner"} else {_MAIL_PASSWORD}
    secrets |= set() if role == "web" else {_FACTOR_KEY}
    strangers = {f"{secret}{end}" for secret in secrets for end in ("", "_FILE")}
    kept = {name: value for name, value in environ.items() if name not in strangers}
    if role != "owner" and (url := kept.get("DATABASE_URL")):
        kept["DATABASE_URL"] = _without_account(url)
    return kept | {
        "DJANGO_SETTINGS_MODULE": kept.get("DJANGO_SETTINGS_MODULE", "schakel.settings"),
        "PYTHONUNBUFFERED": "1",
        "SCHAKEL_DATABASE_ROLE": role,
        "SCHAKEL_VAR": str(var),
    }


def _without_account(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
