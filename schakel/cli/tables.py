"""How the tables of a database stand to this version of Schakel, and bringing them up to date.

Invariant: what is in use is never altered by accident: only who asks for it by name migrates a database that holds a
network, and none of a newer version is worked on.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from schakel.cli.django_process import run_in_process
from schakel.cli.places import ROOT

_FOREIGN_MIGRATIONS = ("django", "procrastinate")
_BEGUN = re.compile(r"^ *Applying (\S+?)\.\.\.", re.MULTILINE)
_DONE = re.compile(r"^ *Applying (\S+?)\.\.\.\s+OK \(([\d.]+)s\)", re.MULTILINE)


class MigrationError(RuntimeError):
    """The tables could not be brought up to date, or are of another version; the message says what to do."""


@dataclass(frozen=True)
class Waiting:
    """A migration that this version has and the tables have not; ``rewrites``: the tables it says it rewrites."""

    name: str
    rewrites: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """``waiting``: in the order in which they would be done. ``unknown``: done by a newer version of Schakel."""

    waiting: tuple[Waiting, ...]
    unknown: tuple[str, ...]

    @property
    def told(self) -> str:
        """What is wrong, and what to do; "" where the tables are this version's."""
        if self.unknown:
            return (
                f"the tables are of a newer version of Schakel (it did {_some(self.unknown)}). Start that one, or go "
                "back by restoring the backup of before: docs/administrators/upgrading.md."
            )
        if self.waiting:
            waiting = _some([one.name for one in self.waiting])
            return (
                f"the tables are of an earlier version of Schakel; {len(self.waiting)} migrations wait ({waiting}). "
                "Try them first on a copy with `schakel rehearse`; then `schakel up`, or `schakel migrate`, makes a "
                "backup and does them: docs/administrators/upgrading.md."
            )
        return ""


def standing(*, var: Path, environ: Mapping[str, str] = os.environ) -> Standing:
    """Return how the tables stand; reads only. Raises MigrationError where the database does not answer."""
    said = json.loads(_django("standing", var=var, environ=environ).stdout.splitlines()[-1])
    waiting = tuple(Waiting(one["name"], tuple(one["rewrites"])) for one in said["waiting"])
    return Standing(waiting, tuple(said["unknown"]))


def migrate(*, var: Path, environ: Mapping[str, str] = os.environ) -> dict[str, float]:
    """Bring the tables up to date as the owner, in a process of its own; return the seconds of each migration.

    Each migration is done whole or not at all. Raises MigrationError, which names the one that failed.
    """
    done = _django("migrate", "--no-input", "--verbosity", "2", var=var, environ=environ)
    return {name: float(seconds) for name, seconds in _DONE.findall(done.stdout)}


def migrations_state() -> str:
    """Return a digest of all migrations, by which a start sees in a moment that there is nothing to do."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "schakel").glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    for package in _FOREIGN_MIGRATIONS:
        digest.update(version(package).encode())
    return digest.hexdigest()


def _django(*words: str, var: Path, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    done = run_in_process(*words, role="owner", var=var, environ=environ)
    if done.returncode != 0:
        begun = _BEGUN.findall(done.stdout)
        which = f" Migration {begun[-1]} failed; those before it are done." if begun else ""
        raise MigrationError(f"The tables could not be brought up to date.{which}\n{done.stderr.strip()}")
    return done


def _some(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
