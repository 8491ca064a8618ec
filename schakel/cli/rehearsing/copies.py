"""A copy of an installation in a folder of its own (see apart), worked on by one version's code."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from schakel.cli.command import Exit, Installation
from schakel.cli.refusals import Refused

_LINES = 12  # of what a step that failed said last


class StepFailedError(RuntimeError):
    """A step of the rehearsal failed; the message is what it said."""


@dataclass(frozen=True)
class Version:
    """The code of a version: a working copy, with the environment that `make install` made in it if there is one."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Version:
        """The version whose working copy this is. Raises Refused where it is none."""
        if not (root / "schakel" / "cli" / "__main__.py").exists():
            raise Refused(f"{root} is no working copy of Schakel: name the folder in which the version of now stands.")
        return cls(root.resolve())

    @property
    def python(self) -> str:
        """Its interpreter."""
        own = self.root / ".venv" / "bin" / "python"
        return str(own) if own.exists() else sys.executable


@dataclass(frozen=True)
class Copy:
    """An installation of ``version`` in the folder ``of.var``."""

    version: Version
    of: Installation

    def schakel(self, *words: str | Path, codes: Collection[int] = (Exit.DONE,)) -> str:
        """Run a command in a process of its own; return what it printed. Raises StepFailedError."""
        return self._run("schakel.cli", *words, codes=codes)

    def django(self, *words: str | Path, more: Mapping[str, str] | None = None) -> str:
        """Run a command of Django as the owner of the database, while its server runs."""
        owner = {"SCHAKEL_DATABASE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "schakel.settings"}
        return self._run("django", *words, codes=(Exit.DONE,), more={**owner, **(more or {})})

    def _run(
        self, module: str, *words: str | Path, codes: Collection[int], more: Mapping[str, str] | None = None
    ) -> str:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [self.version.python, "-m", module, *map(str, words)],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.version.root,
            env={**self.of.environ, "PYTHONPATH": str(self.version.root), **(more or {})},
        )
        if done.returncode not in codes:
            said = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-_LINES:])
            raise StepFailedError(f"`{words[0]}` of {self.version.root} failed:\n{said}")
        return done.stdout


class Watch:
    """Seconds since it was made, or since it was last asked."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def lap(self) -> float:
        """Return the seconds, and begin anew."""
        before, self._since = self._since, time.monotonic()
        return self._since - before


def room_for(folder: Path, size: int) -> None:
    """Raise Refused where the folder's disk has no room for copies of a database of ``size`` bytes."""
    needed = 4 * size + 500_000_000  # the backup, a copy, what it was before migrating, and the log of changes
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused(
            f"{folder} has {free / 1e9:.1f} GB left, and a rehearsal takes up to {needed / 1e9:.1f} GB for a while; "
            "name another with --folder."
        )
