"""Typed readers for settings that come from the environment; secrets come from files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def flag(name: str, *, default: bool) -> bool:
    """True for "1", "true", "yes" or "on"; ``default`` where the variable is not set."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, *, default: list[str]) -> list[str]:
    """The comma-separated values of a variable, without blanks."""
    value = os.environ.get(name)
    return default if value is None else [word.strip() for word in value.split(",") if word.strip()]


def secret(name: str, path: Path) -> str:
    """A secret from ``NAME``, from the file ``NAME_FILE`` names, or from ``path`` (made once, mode 0600)."""
    if value := os.environ.get(name):
        return value
    if named := os.environ.get(f"{name}_FILE"):
        return Path(named).read_text(encoding="utf-8").strip()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.touch(mode=0o600)
        temporary.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        temporary.rename(path)
    return path.read_text(encoding="utf-8").strip()


def given_secret(name: str) -> str:
    """A secret from ``NAME`` or from the file ``NAME_FILE`` names; empty where neither is set."""
    if named := os.environ.get(f"{name}_FILE"):
        return Path(named).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "")
